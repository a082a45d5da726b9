package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills in what the user left out, as the API server does with every object that it decodes. Done twice it changes
/// nothing more.
public final class Defaults {
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private Defaults() {}

    /// Changes and returns the object. Missing parts that have no default, such as a Job's template, stay missing:
    /// validation will say so.
    public static <T extends HasMetadata> T apply(Kind kind, T object) {
        if (object.getMetadata() == null) {
            object.setMetadata(new ObjectMeta());
        }
        object.setApiVersion(kind.apiVersion());
        switch (object) {
            case Job job -> JobDefaults.apply(job);
            case CronJob cronJob -> CronJobDefaults.apply(cronJob);
            case Pod pod -> pod(pod);
            case Secret secret -> secret(secret);
            case Namespace namespace -> namespace(namespace);
            case Node node -> node(node);
            case ResourceQuota quota -> PolicyDefaults.apply(quota);
            case LimitRange limits -> PolicyDefaults.apply(limits);
            case PriorityClass priority -> PolicyDefaults.apply(priority);
            case Service service -> ServiceDefaults.apply(service);
            case PersistentVolumeClaim claim -> ServiceDefaults.apply(claim);
            case RoleBinding binding -> AccessDefaults.apply(binding.getRoleRef(), binding.getSubjects());
            case ClusterRoleBinding binding -> AccessDefaults.apply(binding.getRoleRef(), binding.getSubjects());
            default -> {}
        }
        return object;
    }

    private static void pod(Pod pod) {
        if (pod.getSpec() != null) {
            PodDefaults.pod(pod.getSpec());
        }
    }

    /// `stringData` is for writing only: it becomes `data`, replacing what is there.
    private static void secret(Secret secret) {
        if (Settled.blank(secret.getType())) {
            secret.setType("Opaque");
        }
        Map<String, String> text = map(secret.getStringData());
        if (!text.isEmpty()) {
            Map<String, String> data = new LinkedHashMap<>(map(secret.getData()));
            text.forEach((key, value) -> data.put(key, base64(value)));
            secret.setData(data);
        }
        secret.setStringData(null);
    }

    private static String base64(@Nullable String value) {
        return Base64.getEncoder().encodeToString((value == null ? "" : value).getBytes(StandardCharsets.UTF_8));
    }

    private static void namespace(Namespace namespace) {
        ObjectMeta meta = namespace.getMetadata();
        if (!Settled.blank(meta.getName())) {
            Map<String, String> labels = new LinkedHashMap<>(map(meta.getLabels()));
            labels.put(NAMESPACE_NAME, meta.getName());
            meta.setLabels(labels);
        }
    }

    private static void node(Node node) {
        if (node.getStatus() != null && map(node.getStatus().getAllocatable()).isEmpty()) {
            node.getStatus().setAllocatable(map(node.getStatus().getCapacity()));
        }
    }

    /// The API keeps no text of a quantity, only its value: `0.5` comes back as `500m`.
    static @Nullable Map<String, Quantity> canonical(@Nullable Map<String, Quantity> amounts) {
        if (amounts == null || amounts.isEmpty()) {
            return amounts;
        }
        Map<String, Quantity> printed = new LinkedHashMap<>();
        amounts.forEach((name, amount) -> printed.put(name, canonical(amount)));
        return printed;
    }

    /// Text that is no quantity stays, for validation to name.
    static Quantity canonical(@Nullable Quantity amount) {
        if (amount == null) {
            return new Quantity("0");
        }
        String text = Quantities.text(amount);
        return Quantities.canonical(text).map(Defaults::quantity).orElse(amount);
    }

    private static Quantity quantity(String text) {
        return Quantity.parse(text);
    }
}
