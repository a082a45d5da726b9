package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Beans;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which fields of a stored pod may change: images, a shorter deadline, more tolerations, fewer scheduling gates.
final class PodUpdateValidation {
    private static final String UPDATABLE = String.join(
            ",",
            "`spec.containers[*].image`",
            "`spec.initContainers[*].image`",
            "`spec.activeDeadlineSeconds`",
            "`spec.tolerations` (only additions to existing tolerations)",
            "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");

    private PodUpdateValidation() {}

    static void check(Pod old, Pod changed, Complaints to) {
        PodSpec before = old.getSpec();
        @Nullable PodSpec after = changed.getSpec();
        if (after == null) {
            to.forbidden("spec.containers", "pod updates may not add or remove containers");
            return;
        }
        if (Beans.same(before, after)) {
            return;
        }
        if (!images(list(before.getContainers()), list(after.getContainers()), "containers", to)
                || !images(list(before.getInitContainers()), list(after.getInitContainers()), "initContainers", to)
                || !deadline(before, after, to)) {
            return;
        }
        tolerations(list(before.getTolerations()), list(after.getTolerations()), to);
        gates(before, after, to);
        PodSpec allowed = Json.copy(before);
        allowed.setActiveDeadlineSeconds(after.getActiveDeadlineSeconds());
        allowed.setTolerations(after.getTolerations());
        allowed.setSchedulingGates(after.getSchedulingGates());
        takeImages(list(allowed.getContainers()), list(after.getContainers()));
        takeImages(list(allowed.getInitContainers()), list(after.getInitContainers()));
        if (!Beans.same(allowed, after)) {
            List<String> changes = new ArrayList<>();
            difference("", Json.tree(before), Json.tree(after), changes);
            to.forbidden(
                    "spec",
                    "pod updates may not change fields other than " + UPDATABLE + "\n" + String.join("\n", changes));
        }
    }

    /// Through `status`: a node once known stays, and each condition has a type.
    static void status(Pod old, Pod changed, Complaints to) {
        conditions(changed, to);
        to.immutable(
                "spec.nodeName",
                "",
                old.getSpec().getNodeName(),
                changed.getSpec().getNodeName());
    }

    /// Under a field of `metadata`, as the real API server words it.
    private static void conditions(Pod changed, Complaints to) {
        List<PodCondition> conditions = changed.getStatus() == null
                ? List.of()
                : list(changed.getStatus().getConditions());
        for (int i = 0; i < conditions.size(); i++) {
            String type = Settled.orEmpty(conditions.get(i).getType());
            to.invalidEach("metadata.conditions[" + i + "].Type", type, Names.qualifiedName(type));
        }
    }

    private static boolean images(List<Container> before, List<Container> after, String field, Complaints to) {
        if (before.size() != after.size()) {
            to.forbidden("spec." + field, "pod updates may not add or remove containers");
            return false;
        }
        for (int i = 0; i < after.size(); i++) {
            if (Settled.blank(after.get(i).getImage())) {
                to.required("spec." + field + "[" + i + "].image", "");
            }
        }
        return true;
    }

    private static void takeImages(List<Container> into, List<Container> from) {
        for (int i = 0; i < into.size(); i++) {
            into.get(i).setImage(from.get(i).getImage());
        }
    }

    private static boolean deadline(PodSpec before, PodSpec after, Complaints to) {
        String path = "spec.activeDeadlineSeconds";
        @Nullable Long old = before.getActiveDeadlineSeconds();
        @Nullable Long wanted = after.getActiveDeadlineSeconds();
        if (wanted == null) {
            if (old != null) {
                to.invalid(path, null, "must not update from a positive integer to nil value");
            }
            return true;
        }
        if (wanted < 0 || wanted > Integer.MAX_VALUE) {
            to.between(path, wanted, 0, Integer.MAX_VALUE);
            return false;
        }
        if (old != null && old < wanted) {
            to.invalid(path, wanted, "must be less than or equal to previous value");
            return false;
        }
        return true;
    }

    private static void tolerations(List<Toleration> before, List<Toleration> after, Complaints to) {
        for (Toleration old : before) {
            if (after.stream().noneMatch(each -> same(old, each))) {
                to.forbidden(
                        "spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static boolean same(Toleration first, Toleration second) {
        return Settled.orEmpty(first.getKey()).equals(Settled.orEmpty(second.getKey()))
                && Settled.orEmpty(first.getOperator()).equals(Settled.orEmpty(second.getOperator()))
                && Settled.orEmpty(first.getValue()).equals(Settled.orEmpty(second.getValue()))
                && Settled.orEmpty(first.getEffect()).equals(Settled.orEmpty(second.getEffect()));
    }

    private static void gates(PodSpec before, PodSpec after, Complaints to) {
        for (int i = 0; i < list(after.getSchedulingGates()).size(); i++) {
            var gate = after.getSchedulingGates().get(i);
            if (!list(before.getSchedulingGates()).contains(gate)) {
                to.forbidden(
                        "spec.schedulingGates[" + i + "].name",
                        "only deletion is allowed, but found new scheduling gate '" + gate.getName() + "'");
            }
        }
    }

    /// One line per changed leaf: `-spec.hostname: "a"`, `+spec.hostname: "b"`.
    private static void difference(
            String path, @Nullable JsonNode before, @Nullable JsonNode after, List<String> changes) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before != null && after != null && before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    difference(path.isEmpty() ? name : path + "." + name, before.get(name), after.get(name), changes));
            return;
        }
        if (before != null && after != null && before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                difference(path + "[" + i + "]", before.get(i), after.get(i), changes);
            }
            return;
        }
        if (before != null) {
            changes.add("- \t" + path + ": " + before);
        }
        if (after != null) {
            changes.add("+ \t" + path + ": " + after);
        }
    }
}
