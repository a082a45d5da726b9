package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The fields that field selectors may name, and their values, as the real server has them for each kind.
final class SelectableFields {
    private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");
    private static final Map<String, Set<String>> BY_KIND = Map.of(
            "Job",
            Set.of("status.successful"),
            "Pod",
            Set.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "spec.hostNetwork",
                    "status.phase",
                    "status.podIP",
                    "status.nominatedNodeName"),
            "Event",
            Set.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "involvedObject.resourceVersion",
                    "involvedObject.fieldPath",
                    "reason",
                    "reportingComponent",
                    "source",
                    "type"),
            "Secret",
            Set.of("type"),
            "Service",
            Set.of("spec.clusterIP", "spec.type"),
            "Namespace",
            Set.of("status.phase"),
            "Node",
            Set.of("spec.unschedulable"));

    private SelectableFields() {}

    static Set<String> names(Kind kind) {
        Set<String> all = new TreeSet<>(EVERYWHERE);
        all.addAll(BY_KIND.getOrDefault(kind.kind(), Set.of()));
        return all;
    }

    /// Each kind has words of its own for a field that it does not offer.
    static String complaint(Kind kind, String field) {
        if (kind.equals(Kinds.JOB)) {
            return "field label \"" + field + "\" not supported for batchv1.Job";
        }
        return BY_KIND.containsKey(kind.kind())
                ? "field label not supported: " + field
                : "\"" + field + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"";
    }

    /// What is not set is the empty text, as in Go.
    static Map<String, String> of(Kind kind, HasMetadata object) {
        Fields fields = new Fields(new LinkedHashMap<>());
        fields.put("metadata.name", object.getMetadata().getName());
        fields.put(
                "metadata.namespace", kind.namespaced() ? object.getMetadata().getNamespace() : "");
        switch (object) {
            case Job job -> {
                @Nullable
                Integer succeeded =
                        job.getStatus() == null ? null : job.getStatus().getSucceeded();
                fields.put("status.successful", succeeded == null ? 0 : succeeded);
            }
            case Pod pod -> pod(fields, pod);
            case Event event -> event(fields, event);
            case Service service -> {
                @Nullable ServiceSpec spec = service.getSpec();
                fields.put("spec.clusterIP", spec == null ? null : spec.getClusterIP());
                fields.put("spec.type", spec == null ? null : spec.getType());
            }
            case Secret secret -> fields.put("type", secret.getType());
            case Namespace namespace ->
                fields.put(
                        "status.phase",
                        namespace.getStatus() == null
                                ? null
                                : namespace.getStatus().getPhase());
            case Node node ->
                fields.put(
                        "spec.unschedulable",
                        node.getSpec() != null
                                && Boolean.TRUE.equals(node.getSpec().getUnschedulable()));
            default -> {}
        }
        return fields.values();
    }

    private record Fields(Map<String, String> values) {
        void put(String name, @Nullable Object value) {
            values.put(name, value == null ? "" : value.toString());
        }
    }

    private static void pod(Fields fields, Pod pod) {
        @Nullable PodSpec spec = pod.getSpec();
        if (spec != null) {
            fields.put("spec.nodeName", spec.getNodeName());
            fields.put("spec.restartPolicy", spec.getRestartPolicy());
            fields.put("spec.schedulerName", spec.getSchedulerName());
            fields.put("spec.serviceAccountName", spec.getServiceAccountName());
            fields.put("spec.hostNetwork", Boolean.TRUE.equals(spec.getHostNetwork()));
        }
        @Nullable PodStatus status = pod.getStatus();
        if (status != null) {
            fields.put("status.phase", status.getPhase());
            fields.put("status.podIP", status.getPodIP());
            fields.put("status.nominatedNodeName", status.getNominatedNodeName());
        }
    }

    private static void event(Fields fields, Event event) {
        @Nullable ObjectReference regarding = event.getInvolvedObject();
        if (regarding != null) {
            fields.put("involvedObject.kind", regarding.getKind());
            fields.put("involvedObject.namespace", regarding.getNamespace());
            fields.put("involvedObject.name", regarding.getName());
            fields.put("involvedObject.uid", regarding.getUid());
            fields.put("involvedObject.apiVersion", regarding.getApiVersion());
            fields.put("involvedObject.resourceVersion", regarding.getResourceVersion());
            fields.put("involvedObject.fieldPath", regarding.getFieldPath());
        }
        @Nullable
        String source = event.getSource() == null ? null : event.getSource().getComponent();
        fields.put("reason", event.getReason());
        fields.put("reportingComponent", event.getReportingComponent());
        fields.put("source", source == null || source.isEmpty() ? event.getReportingComponent() : source);
        fields.put("type", event.getType());
    }
}
