package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The small kinds: ConfigMaps, Secrets, Nodes, Events.
final class OtherValidation {
    /// ConfigMaps and Secrets, so that a few of them fit into memory anywhere.
    private static final int MAX_BYTES = 1 << 20;

    private OtherValidation() {}

    static void check(ConfigMap object, Complaints to) {
        long size = 0;
        for (Map.Entry<String, String> each : new TreeMap<>(map(object.getData())).entrySet()) {
            to.invalidEach("data[" + each.getKey() + "]", each.getKey(), Names.configKey(each.getKey()));
            if (map(object.getBinaryData()).containsKey(each.getKey())) {
                to.invalid("data[" + each.getKey() + "]", each.getKey(), "duplicate of key present in binaryData");
            }
            size += bytes(each.getValue());
        }
        for (Map.Entry<String, String> each : new TreeMap<>(map(object.getBinaryData())).entrySet()) {
            to.invalidEach("binaryData[" + each.getKey() + "]", each.getKey(), Names.configKey(each.getKey()));
            size += decoded("binaryData[" + each.getKey() + "]", each.getValue(), to);
        }
        if (size > MAX_BYTES) {
            to.tooLong("", MAX_BYTES);
        }
    }

    static void change(ConfigMap old, ConfigMap changed, Complaints to) {
        if (!Settled.isTrue(old.getImmutable())) {
            return;
        }
        String detail = "field is immutable when `immutable` is set";
        if (!Settled.isTrue(changed.getImmutable())) {
            to.forbidden("immutable", detail);
        }
        if (!map(old.getData()).equals(map(changed.getData()))) {
            to.forbidden("data", detail);
        }
        if (!map(old.getBinaryData()).equals(map(changed.getBinaryData()))) {
            to.forbidden("binaryData", detail);
        }
    }

    static void check(Secret object, Complaints to) {
        long size = 0;
        for (Map.Entry<String, String> each : new TreeMap<>(map(object.getData())).entrySet()) {
            String path = "data[" + each.getKey() + "]";
            to.invalidEach(path, each.getKey(), Names.configKey(each.getKey()));
            size += decoded(path, each.getValue(), to);
        }
        if (size > MAX_BYTES) {
            to.tooLong("data", MAX_BYTES);
        }
        for (String key : requiredKeys(Settled.orEmpty(object.getType()))) {
            if (!map(object.getData()).containsKey(key)) {
                to.required("data[" + key + "]", "");
            }
        }
        String account = "kubernetes.io/service-account.name";
        if ("kubernetes.io/service-account-token".equals(object.getType())
                && Settled.blank(map(object.getMetadata().getAnnotations()).get(account))) {
            to.required("metadata.annotations[" + account + "]", "");
        }
    }

    private static List<String> requiredKeys(String type) {
        return switch (type) {
            case "kubernetes.io/dockercfg" -> List.of(".dockercfg");
            case "kubernetes.io/dockerconfigjson" -> List.of(".dockerconfigjson");
            case "kubernetes.io/ssh-auth" -> List.of("ssh-privatekey");
            case "kubernetes.io/tls" -> List.of("tls.crt", "tls.key");
            default -> List.of();
        };
    }

    static void change(Secret old, Secret changed, Complaints to) {
        to.immutable("type", "", old.getType(), changed.getType());
        if (!Settled.isTrue(old.getImmutable())) {
            return;
        }
        String detail = "field is immutable when `immutable` is set";
        if (!Settled.isTrue(changed.getImmutable())) {
            to.forbidden("immutable", detail);
        }
        if (!map(old.getData()).equals(map(changed.getData()))) {
            to.forbidden("data", detail);
        }
    }

    static void check(Node object, Complaints to) {
        if (object.getSpec() != null) {
            List<Taint> taints = list(object.getSpec().getTaints());
            for (int i = 0; i < taints.size(); i++) {
                taint(taints.get(i), "spec.taints[" + i + "]", to);
            }
        }
        if (object.getStatus() != null) {
            new TreeMap<>(map(object.getStatus().getCapacity())).forEach((name, amount) -> {
                if (Quantities.amount(amount).signum() < 0) {
                    to.invalid(
                            "status.capacity[" + name + "]",
                            Quantities.text(amount),
                            "must be greater than or equal to 0");
                }
            });
        }
    }

    private static void taint(Taint taint, String path, Complaints to) {
        String key = Settled.orEmpty(taint.getKey());
        to.invalidEach(path + ".key", key, Names.qualifiedName(key));
        String value = Settled.orEmpty(taint.getValue());
        List<String> wrong = Names.labelValue(value);
        if (!wrong.isEmpty()) {
            to.invalid(path + ".value", value, String.join(";", wrong));
        }
        List<String> effects = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
        String effect = Settled.orEmpty(taint.getEffect());
        if (effect.isEmpty()) {
            to.required(path + ".effect", "");
        } else if (!effects.contains(effect)) {
            to.notSupported(path + ".effect", effect, effects);
        }
    }

    static void change(Node old, Node changed, Complaints to) {
        String before =
                old.getSpec() == null ? "" : Settled.orEmpty(old.getSpec().getProviderID());
        String after = changed.getSpec() == null
                ? ""
                : Settled.orEmpty(changed.getSpec().getProviderID());
        if (!before.isEmpty() && !Objects.equals(before, after)) {
            to.forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid");
        }
    }

    /// An event lives in the namespace of the object that it is about; in `default` where that has none.
    static void check(Event object, Complaints to) {
        String namespace = Settled.orEmpty(object.getMetadata().getNamespace());
        String about = object.getInvolvedObject() == null
                ? ""
                : Settled.orEmpty(object.getInvolvedObject().getNamespace());
        boolean fits = about.isEmpty()
                ? namespace.equals("default") || namespace.equals("kube-system")
                : about.equals(namespace);
        if (!fits) {
            to.invalid("involvedObject.namespace", about, "does not match event.namespace");
        }
        to.invalidEach("metadata.namespace", namespace, Names.dnsSubdomain(namespace));
    }

    private static int bytes(String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int decoded(String path, String base64, Complaints to) {
        try {
            return Base64.getMimeDecoder().decode(base64 == null ? "" : base64).length;
        } catch (IllegalArgumentException e) {
            to.invalidStruct(path, "<base64>", "illegal base64 data");
            return 0;
        }
    }

    static void check(Lease object, Complaints to) {
        @Nullable LeaseSpec spec = object.getSpec();
        if (spec == null) {
            return;
        }
        @Nullable Integer seconds = spec.getLeaseDurationSeconds();
        if (seconds != null && seconds <= 0) {
            to.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
        }
        to.nonNegative("spec.leaseTransitions", spec.getLeaseTransitions());
    }
}
