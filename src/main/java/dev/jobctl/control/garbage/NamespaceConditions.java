package dev.jobctl.control.garbage;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.MetaView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `status.conditions` says of a namespace that is being deleted.
///
/// Rule GC-011, namespace deletion, "status conditions": five of them, in this order, each True only where its part of
/// the work does not get on. Two of the five parts, discovery and parsing of groups, cannot fail here.
final class NamespaceConditions {
    private static final String CONTENT_FAILURE = "NamespaceDeletionContentFailure";

    private static final List<ConditionView> FINE = List.of(
            fine("NamespaceDeletionDiscoveryFailure", "ResourcesDiscovered", "All resources successfully discovered"),
            fine(
                    "NamespaceDeletionGroupVersionParsingFailure",
                    "ParsedGroupVersions",
                    "All legacy kube types successfully parsed"),
            fine(CONTENT_FAILURE, "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
            fine("NamespaceContentRemaining", "ContentRemoved", "All content successfully removed"),
            fine(
                    "NamespaceFinalizersRemaining",
                    "ContentHasNoFinalizers",
                    "All content-preserving finalizers finished"));

    private NamespaceConditions() {}

    private static ConditionView fine(String type, String reason, String message) {
        return new ConditionView(type, "False", reason, message, null);
    }

    /// While pods are left. What remains is not told yet: so it is in 1.34, where only what comes after the pods is
    /// counted.
    ///
    /// @param stuck they should have gone by now, and no finalizer holds them
    static List<ConditionView> podsFirst(NamespaceInput input, boolean stuck, Instant now) {
        String namespace = input.namespace().name();
        return merged(
                input.conditions(),
                stuck
                        ? List.of(bad(
                                CONTENT_FAILURE,
                                "ContentDeletionFailed",
                                "Failed to delete all resource types, 1 remaining: unexpected items still remain in"
                                        + " namespace: " + namespace + " for gvr: /v1, Resource=pods"))
                        : List.of(),
                now);
    }

    /// Whether its pods were said to be stuck.
    static boolean toldStuck(NamespaceInput input) {
        return input.conditions().stream().anyMatch(each -> each.type().equals(CONTENT_FAILURE) && each.isTrue());
    }

    /// After the pods: what is left is held by finalizers, all else goes at once.
    static List<ConditionView> waiting(NamespaceInput input, Instant now) {
        Map<String, Integer> resources = new TreeMap<>();
        Map<String, Integer> finalizers = new TreeMap<>();
        for (MetaView object : input.contents()) {
            List<String> holding = holding(object);
            if (!holding.isEmpty()) {
                Kind kind = object.ref().key().kind();
                resources.merge(kind.plural() + "." + kind.group() + " has ", 1, Integer::sum);
                holding.forEach(finalizer -> finalizers.merge(finalizer + " in ", 1, Integer::sum));
            }
        }
        List<ConditionView> bad = resources.isEmpty()
                ? List.of()
                : List.of(
                        bad(
                                "NamespaceContentRemaining",
                                "SomeResourcesRemain",
                                "Some resources are remaining: " + instances(resources)),
                        bad(
                                "NamespaceFinalizersRemaining",
                                "SomeFinalizersRemain",
                                "Some content in the namespace has finalizers remaining: " + instances(finalizers)));
        return merged(input.conditions(), bad, now);
    }

    /// What it will have after it was deleted in the background.
    private static List<String> holding(MetaView object) {
        return object.deleting()
                ? object.finalizers()
                : object.finalizers().stream()
                        .filter(each ->
                                !each.equals(GarbageCollector.ORPHAN) && !each.equals(GarbageCollector.FOREGROUND))
                        .toList();
    }

    private static String instances(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + each.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    }

    private static ConditionView bad(String type, String reason, String message) {
        return new ConditionView(type, "True", reason, message, null);
    }

    /// The old ones with the new in their places; the time of the last transition moves only when the status does.
    private static List<ConditionView> merged(List<ConditionView> old, List<ConditionView> bad, Instant now) {
        Map<String, ConditionView> merged = new LinkedHashMap<>();
        old.forEach(each -> merged.put(each.type(), each));
        for (ConditionView fine : FINE) {
            ConditionView wanted = bad.stream()
                    .filter(each -> each.type().equals(fine.type()))
                    .findFirst()
                    .orElse(fine);
            @Nullable ConditionView before = merged.get(fine.type());
            @Nullable
            Instant since = before != null && before.status().equals(wanted.status()) ? before.lastTransition() : now;
            merged.put(
                    fine.type(),
                    new ConditionView(wanted.type(), wanted.status(), wanted.reason(), wanted.message(), since));
        }
        return List.copyOf(merged.values());
    }
}
