package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// `metadata` of every kind.
final class MetaValidation {
    static final int MAX_ANNOTATION_BYTES = 256 * 1024;
    private static final Set<String> STANDARD_FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");

    private MetaValidation() {}

    static void check(Kind kind, HasMetadata object, Complaints to) {
        ObjectMeta meta = object.getMetadata();
        if (!Settled.blank(meta.getGenerateName())) {
            to.invalidEach(
                    "metadata.generateName",
                    meta.getGenerateName(),
                    name(kind, Names.maskedTrailingDash(meta.getGenerateName())));
        }
        if (Settled.blank(meta.getName())) {
            to.required("metadata.name", "name or generateName is required");
        } else {
            to.invalidEach("metadata.name", meta.getName(), name(kind, meta.getName()));
        }
        namespace(kind, meta, to);
        parts(object, to);
    }

    /// What a client may change later, too: to be called after [#change] where the new version is not checked whole.
    static void parts(HasMetadata object, Complaints to) {
        ObjectMeta meta = object.getMetadata();
        labels(ownLabels(object), "metadata.labels", to);
        annotations(map(meta.getAnnotations()), "metadata.annotations", to);
        owners(list(meta.getOwnerReferences()), to);
        finalizers(list(meta.getFinalizers()), to);
    }

    static void change(HasMetadata old, HasMetadata changed, Complaints to) {
        ObjectMeta before = old.getMetadata();
        ObjectMeta after = changed.getMetadata();
        if (before.getDeletionTimestamp() != null) {
            Set<String> added = new TreeSet<>(list(after.getFinalizers()));
            list(before.getFinalizers()).forEach(added::remove);
            if (!added.isEmpty()) {
                to.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers "
                                + GoText.of(List.copyOf(added)));
            }
        }
        to.immutable("metadata.name", "", before.getName(), after.getName());
        to.immutable("metadata.namespace", "", before.getNamespace(), after.getNamespace());
        to.immutable("metadata.uid", "", before.getUid(), after.getUid());
    }

    /// Names of roles stand in paths only, so that `system:node` may be one.
    private static List<String> name(Kind kind, String name) {
        if (kind.group().equals(Kinds.RBAC)) {
            return Names.pathSegment(name);
        }
        if (kind.equals(Kinds.SERVICE)) {
            return Names.oldDnsLabel(name);
        }
        return kind.equals(Kinds.NAMESPACE) ? Names.dnsLabel(name) : Names.dnsSubdomain(name);
    }

    private static void namespace(Kind kind, ObjectMeta meta, Complaints to) {
        if (!kind.namespaced()) {
            if (!Settled.blank(meta.getNamespace())) {
                to.forbidden("metadata.namespace", "not allowed on this type");
            }
        } else if (Settled.blank(meta.getNamespace())) {
            to.required("metadata.namespace", "");
        } else {
            to.invalidEach("metadata.namespace", meta.getNamespace(), Names.dnsLabel(meta.getNamespace()));
        }
    }

    /// A Job's labels that merely repeat its template's are complained about there.
    private static Map<String, String> ownLabels(HasMetadata object) {
        Map<String, String> labels = map(object.getMetadata().getLabels());
        if (!(object instanceof Job job)
                || job.getSpec() == null
                || job.getSpec().getTemplate() == null) {
            return labels;
        }
        ObjectMeta template = job.getSpec().getTemplate().getMetadata();
        return template != null && labels.equals(map(template.getLabels())) ? Map.of() : labels;
    }

    /// The API names the map, not the key.
    static void labels(Map<String, String> labels, String path, Complaints to) {
        new TreeMap<>(labels).forEach((key, value) -> {
            to.invalidEach(path, key, Names.qualifiedName(key));
            String text = value == null ? "" : value;
            to.invalidEach(path, text, Names.labelValue(text));
        });
    }

    static void annotations(Map<String, String> annotations, String path, Complaints to) {
        long size = 0;
        for (Map.Entry<String, String> each : new TreeMap<>(annotations).entrySet()) {
            String key = each.getKey();
            to.invalidEach(path, key, Names.qualifiedName(key.toLowerCase(Locale.ROOT)));
            size += bytes(key) + bytes(each.getValue() == null ? "" : each.getValue());
        }
        if (size > MAX_ANNOTATION_BYTES) {
            to.tooLong(path, MAX_ANNOTATION_BYTES);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void owners(List<OwnerReference> owners, Complaints to) {
        String path = "metadata.ownerReferences";
        String controller = "";
        for (OwnerReference owner : owners) {
            Map<String, String> parts = new LinkedHashMap<>();
            parts.put("kind", Settled.orEmpty(owner.getKind()));
            parts.put("name", Settled.orEmpty(owner.getName()));
            parts.put("uid", Settled.orEmpty(owner.getUid()));
            String apiVersion = Settled.orEmpty(owner.getApiVersion());
            if (apiVersion.isEmpty() || apiVersion.endsWith("/")) {
                to.invalid(path + ".apiVersion", apiVersion, "version must not be empty");
            }
            parts.forEach((field, value) -> {
                if (value.isEmpty()) {
                    to.invalid(path + "." + field, value, "must not be empty");
                }
            });
            if (apiVersion.equals("v1") && "Event".equals(owner.getKind())) {
                to.invalidStruct(
                        path,
                        GoText.struct("v1.OwnerReference", owner),
                        "/v1, Kind=Event is disallowed from being an owner");
            }
            if (Settled.isTrue(owner.getController())) {
                String current = owner.getKind() + "/" + owner.getName();
                if (!controller.isEmpty()) {
                    to.invalidStruct(
                            path,
                            GoText.struct("[]v1.OwnerReference", owners),
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + current);
                }
                controller = current;
            }
        }
    }

    private static void finalizers(List<String> finalizers, Complaints to) {
        String path = "metadata.finalizers";
        for (String finalizer : finalizers) {
            to.invalidEach(path, finalizer, Names.qualifiedName(finalizer));
            if (finalizer.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(finalizer)) {
                to.invalid(path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
        if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
            to.invalid(path, finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }
}
