package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;
import static dev.jobctl.resource.value.Settled.map;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A pod's spec, alone or in a template.
final class PodValidation {
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");

    private static final int MAX_NAMESERVERS = 3;

    private PodValidation() {}

    static void check(Pod pod, Complaints to) {
        if (pod.getSpec() == null) {
            to.required("spec.containers", "");
            return;
        }
        spec(pod.getSpec(), "spec", to);
        if (!list(pod.getSpec().getEphemeralContainers()).isEmpty()) {
            to.forbidden("spec.ephemeralContainers", "cannot be set on create");
        }
    }

    static void template(PodTemplateSpec template, String path, Complaints to) {
        @Nullable ObjectMeta meta = template.getMetadata();
        if (meta != null) {
            MetaValidation.labels(map(meta.getLabels()), path + ".labels", to);
            MetaValidation.annotations(map(meta.getAnnotations()), path + ".annotations", to);
        }
        if (template.getSpec() == null) {
            to.required(path + ".spec.containers", "");
            return;
        }
        if (to.known(template.getSpec())) {
            return;
        }
        spec(template.getSpec(), path + ".spec", to);
        if (!list(template.getSpec().getEphemeralContainers()).isEmpty()) {
            to.forbidden(path + ".spec.ephemeralContainers", "ephemeral containers not allowed in pod template");
        }
    }

    private static void spec(PodSpec spec, String path, Complaints to) {
        Set<String> volumes = VolumeValidation.check(list(spec.getVolumes()), path + ".volumes", to);
        ContainerValidation.check(spec, volumes, path, to);
        PodResourceValidation.check(spec, path + ".resources", to);
        restartPolicy(Settled.orEmpty(spec.getRestartPolicy()), path + ".restartPolicy", to);
        String dns = Settled.orEmpty(spec.getDnsPolicy());
        if (dns.isEmpty()) {
            to.required(path + ".dnsPolicy", "");
        } else if (!DNS_POLICIES.contains(dns)) {
            to.notSupported(path + ".dnsPolicy", dns, DNS_POLICIES);
        }
        MetaValidation.labels(map(spec.getNodeSelector()), path + ".nodeSelector", to);
        security(spec.getSecurityContext(), path + ".securityContext", to);
        PlacementValidation.affinity(spec.getAffinity(), path + ".affinity", to);
        dns(spec.getDnsConfig(), dns, path + ".dnsConfig", to);
        readiness(list(spec.getReadinessGates()), path + ".readinessGates", to);
        gates(spec, path + ".schedulingGates", to);
        PlacementValidation.spread(list(spec.getTopologySpreadConstraints()), path + ".topologySpreadConstraints", to);
        names(spec, path, to);
        to.between(path + ".activeDeadlineSeconds", spec.getActiveDeadlineSeconds(), 1, Integer.MAX_VALUE);
        to.nonNegative(path + ".terminationGracePeriodSeconds", spec.getTerminationGracePeriodSeconds());
        tolerations(list(spec.getTolerations()), path + ".tolerations", to);
        hostAliases(list(spec.getHostAliases()), path + ".hostAliases", to);
        if (spec.getPreemptionPolicy() != null
                && !Set.of("Never", "PreemptLowerPriority").contains(spec.getPreemptionPolicy())) {
            to.notSupported(
                    path + ".preemptionPolicy", spec.getPreemptionPolicy(), List.of("Never", "PreemptLowerPriority"));
        }
    }

    private static void restartPolicy(String policy, String path, Complaints to) {
        switch (policy) {
            case "Always", "OnFailure", "Never" -> {}
            case "" -> to.required(path, "");
            default -> to.notSupported(path, policy, List.of("Always", "OnFailure", "Never"));
        }
    }

    private static void security(@Nullable PodSecurityContext security, String path, Complaints to) {
        if (security == null) {
            return;
        }
        to.identity(path + ".fsGroup", security.getFsGroup());
        to.identity(path + ".runAsUser", security.getRunAsUser());
        to.identity(path + ".runAsGroup", security.getRunAsGroup());
        List<Long> groups = list(security.getSupplementalGroups());
        for (int i = 0; i < groups.size(); i++) {
            to.identity(path + ".supplementalGroups[" + i + "]", groups.get(i));
        }
    }

    private static void dns(@Nullable PodDNSConfig config, String policy, String path, Complaints to) {
        if (config == null) {
            if (policy.equals("None")) {
                to.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
            }
            return;
        }
        List<String> servers = list(config.getNameservers());
        if (policy.equals("None") && servers.isEmpty()) {
            to.required(path + ".nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
        if (servers.size() > MAX_NAMESERVERS) {
            to.invalid(path + ".nameservers", servers, "must not have more than " + MAX_NAMESERVERS + " nameservers");
        }
        for (int i = 0; i < servers.size(); i++) {
            address(path + ".nameservers[" + i + "]", servers.get(i), to);
        }
    }

    private static void readiness(List<PodReadinessGate> gates, String path, Complaints to) {
        for (int i = 0; i < gates.size(); i++) {
            String type = Settled.orEmpty(gates.get(i).getConditionType());
            to.invalidEach(path + "[" + i + "].conditionType", type, Names.qualifiedName(type));
        }
    }

    private static void gates(PodSpec spec, String path, Complaints to) {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < list(spec.getSchedulingGates()).size(); i++) {
            String name = Settled.orEmpty(spec.getSchedulingGates().get(i).getName());
            to.invalidEach(path + "[" + i + "]", name, Names.qualifiedName(name));
            if (!seen.add(name)) {
                to.duplicate(path + "[" + i + "]", name);
            }
        }
    }

    private static void names(PodSpec spec, String path, Complaints to) {
        subdomain(path + ".serviceAccountName", spec.getServiceAccountName(), to);
        subdomain(path + ".nodeName", spec.getNodeName(), to);
        label(path + ".hostname", spec.getHostname(), to);
        label(path + ".subdomain", spec.getSubdomain(), to);
        subdomain(path + ".priorityClassName", spec.getPriorityClassName(), to);
        subdomain(path + ".runtimeClassName", spec.getRuntimeClassName(), to);
    }

    private static void subdomain(String path, @Nullable String name, Complaints to) {
        String text = Settled.orEmpty(name);
        if (!text.isEmpty()) {
            to.invalidEach(path, text, Names.dnsSubdomain(text));
        }
    }

    private static void label(String path, @Nullable String name, Complaints to) {
        String text = Settled.orEmpty(name);
        if (!text.isEmpty()) {
            to.invalidEach(path, text, Names.dnsLabel(text));
        }
    }

    private static void tolerations(List<Toleration> tolerations, String path, Complaints to) {
        for (int i = 0; i < tolerations.size(); i++) {
            toleration(tolerations.get(i), path + "[" + i + "]", to);
        }
    }

    private static void toleration(Toleration toleration, String path, Complaints to) {
        String key = Settled.orEmpty(toleration.getKey());
        String operator = Settled.orEmpty(toleration.getOperator());
        String value = Settled.orEmpty(toleration.getValue());
        String effect = Settled.orEmpty(toleration.getEffect());
        if (key.isEmpty()) {
            if (!operator.equals("Exists")) {
                to.invalid(
                        path + ".operator",
                        operator,
                        "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }
        } else {
            to.invalidEach(path + ".key", key, Names.qualifiedName(key));
        }
        if (toleration.getTolerationSeconds() != null && !effect.equals("NoExecute")) {
            to.invalid(path + ".effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        switch (operator) {
            case "Equal", "" -> {
                List<String> wrong = Names.labelValue(value);
                if (!wrong.isEmpty()) {
                    to.invalid(path + ".operator", value, String.join(";", wrong));
                }
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    to.invalidStruct(
                            path + ".operator",
                            GoText.struct("core.Toleration", toleration),
                            "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> to.notSupported(path + ".operator", operator, List.of("Equal", "Exists"));
        }
        List<String> effects = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
        if (!effect.isEmpty() && !effects.contains(effect)) {
            to.notSupported(path + ".effect", effect, effects);
        }
    }

    private static void hostAliases(List<HostAlias> aliases, String path, Complaints to) {
        for (int i = 0; i < aliases.size(); i++) {
            address(path + "[" + i + "].ip", Settled.orEmpty(aliases.get(i).getIp()), to);
            List<String> names = list(aliases.get(i).getHostnames());
            for (int j = 0; j < names.size(); j++) {
                to.invalidEach(path + "[" + i + "].hostnames", names.get(j), Names.dnsSubdomain(names.get(j)));
            }
        }
    }

    private static void address(String path, String ip, Complaints to) {
        if (!isAddress(ip)) {
            to.invalid(path, ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }

    /// By form alone: no name is ever looked up.
    private static boolean isAddress(String text) {
        if (text.matches("(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}")) {
            return true;
        }
        return text.contains(":") && text.matches("[0-9a-fA-F:.]{2,45}");
    }
}
