package dev.jobctl.apiserver.openapi;

import java.util.Set;

/// The names of definitions, as every Kubernetes client knows them.
final class Names {
    static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    static final String TIME = META + "Time";
    static final String MICRO_TIME = META + "MicroTime";
    static final String FIELDS = META + "FieldsV1";
    static final String PATCH = META + "Patch";

    private static final String MODEL = "io.fabric8.kubernetes.api.model";

    private static final Set<String> META_TYPES = Set.of(
            "Condition",
            "DeleteOptions",
            "LabelSelector",
            "LabelSelectorRequirement",
            "ListMeta",
            "ManagedFieldsEntry",
            "ObjectMeta",
            "OwnerReference",
            "Preconditions",
            "Status",
            "StatusCause",
            "StatusDetails");

    private Names() {}

    /// `io.k8s.api.batch.v1.JobSpec` of the model class `JobSpec`.
    static String of(Class<?> type) {
        String room = type.getPackageName();
        if (room.equals(MODEL)) {
            return (META_TYPES.contains(type.getSimpleName()) ? META : "io.k8s.api.core.v1.") + type.getSimpleName();
        }
        String group = room.substring(MODEL.length() + 1);
        return "io.k8s.api." + (group.contains(".") ? group : group + ".v1") + "." + type.getSimpleName();
    }
}
