package dev.jobctl.node.fields;

import static dev.jobctl.node.fields.Field.any;
import static dev.jobctl.node.fields.Field.done;
import static dev.jobctl.node.fields.Field.refusalIf;
import static dev.jobctl.node.fields.Field.refused;
import static dev.jobctl.node.fields.Field.warned;
import static dev.jobctl.node.fields.Field.warning;
import static dev.jobctl.node.fields.Field.yes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of a pod its runtime cannot do, by a table with a row for each field. What the scheduler, admission or the Job
/// controller see to counts as done.
public record PodFields(Pod pod, Way way) {
    /// The annotation that lets a pod out of its sandbox.
    static final String LEAVE = ": annotate the pod with jobctl.dev/sandbox: \"off\"";

    static final List<Field<PodSpec>> SPEC = List.of(
            done("activeDeadlineSeconds"),
            done("affinity"),
            done("automountServiceAccountToken"),
            done("containers"),
            new Field<>("dnsConfig", (spec, pod, way) -> dns(spec.getDnsConfig() != null, "dnsConfig", way)),
            new Field<>(
                    "dnsPolicy", (spec, pod, way) -> dns("None".equals(spec.getDnsPolicy()), "dnsPolicy None", way)),
            done("enableServiceLinks"),
            done("ephemeralContainers"),
            done("hostAliases"),
            new Field<>("hostIPC", (spec, pod, way) -> host(spec.getHostIPC(), "hostIPC", way)),
            done("hostNetwork"),
            new Field<>("hostPID", (spec, pod, way) -> host(spec.getHostPID(), "hostPID", way)),
            new Field<>("hostUsers", (spec, pod, way) -> users(spec.getHostUsers(), way)),
            done("hostname"),
            done("hostnameOverride"),
            new Field<>("imagePullSecrets", (spec, pod, way) -> secrets(spec, way)),
            done("initContainers"),
            done("nodeName"),
            done("nodeSelector"),
            refused(
                    "os",
                    spec -> spec.getOs() != null
                            && "windows".equals(spec.getOs().getName()),
                    "os windows: this node has none"),
            done("overhead"),
            done("preemptionPolicy"),
            done("priority"),
            done("priorityClassName"),
            done("readinessGates"),
            refused(
                    "resourceClaims",
                    spec -> any(spec.getResourceClaims()),
                    "resourceClaims: there are no devices to claim"),
            new Field<>("resources", (spec, pod, way) -> resources(spec)),
            done("restartPolicy"),
            done("runtimeClassName"),
            done("schedulerName"),
            done("schedulingGates"),
            warned(
                    "schedulingGroup",
                    spec -> spec.getSchedulingGroup() != null,
                    "schedulingGroup is not used: pods are placed one by one"),
            done("securityContext"),
            done("serviceAccount"),
            done("serviceAccountName"),
            done("setHostnameAsFQDN"),
            new Field<>("shareProcessNamespace", (spec, pod, way) -> processes(spec, way)),
            done("subdomain"),
            done("terminationGracePeriodSeconds"),
            done("tolerations"),
            done("topologySpreadConstraints"),
            done("volumes"));

    /// What one container alone may take, it has.
    private static Optional<Answer> resources(PodSpec spec) {
        boolean limited =
                spec.getResources() != null && !spec.getResources().getLimits().isEmpty();
        long together = spec.getContainers().size()
                + spec.getInitContainers().stream()
                        .filter(init -> "Always".equals(init.getRestartPolicy()))
                        .count();
        return limited && together > 1
                ? warning("limits of the whole pod count for each of its containers alone, not for all together")
                : Optional.empty();
    }

    private static Optional<Answer> dns(boolean set, String what, Way way) {
        return refusalIf(set && !way.sandboxed(), what + " without a sandbox");
    }

    private static Optional<Answer> host(@Nullable Boolean wanted, String what, Way way) {
        if (!yes(wanted) || !way.sandboxed()) {
            return Optional.empty();
        }
        return Field.refusal(way.containers() ? what + ": containers have their own" : what + " in a sandbox" + LEAVE);
    }

    private static Optional<Answer> processes(PodSpec spec, Way way) {
        String where = way.containers() ? "without podman and root" : "in a sandbox that an ordinary user makes";
        return refusalIf(yes(spec.getShareProcessNamespace()) && !way.shares(), "shareProcessNamespace " + where);
    }

    /// A sandbox that an ordinary user makes has users of its own.
    private static Optional<Answer> users(@Nullable Boolean hosts, Way way) {
        boolean own = !way.containers() && way.sandboxed() && !way.root();
        return refusalIf(Boolean.FALSE.equals(hosts) && !own, "hostUsers: false");
    }

    private static Optional<Answer> secrets(PodSpec spec, Way way) {
        return way.containers() && any(spec.getImagePullSecrets())
                ? warning(
                        "imagePullSecrets are not used: images are pulled with the container engine's own credentials")
                : Optional.empty();
    }

    /// The first reason why the pod cannot run as it is written; empty when it can.
    public Optional<String> refusal() {
        return answers()
                .flatMap(answer -> answer instanceof Answer.Refused(String what) ? Stream.of(what) : Stream.empty())
                .findFirst();
    }

    /// What the pod runs without.
    public List<String> warnings() {
        return answers()
                .flatMap(answer -> answer instanceof Answer.Warned(String what) ? Stream.of(what) : Stream.empty())
                .distinct()
                .toList();
    }

    private Stream<Answer> answers() {
        PodSpec spec = pod.getSpec();
        List<Answer> answers = new ArrayList<>();
        ask(SPEC, spec, answers);
        if (spec.getSecurityContext() != null) {
            ask(SecurityFields.OF_POD, spec.getSecurityContext(), answers);
        }
        for (Volume volume : spec.getVolumes()) {
            ask(VolumeFields.VOLUME, volume, answers);
        }
        spec.getInitContainers().forEach(container -> ask(container, answers));
        spec.getContainers().forEach(container -> ask(container, answers));
        return answers.stream();
    }

    private void ask(Container container, List<Answer> answers) {
        ask(ContainerFields.CONTAINER, container, answers);
        if (container.getSecurityContext() != null) {
            ask(SecurityFields.OF_CONTAINER, container.getSecurityContext(), answers);
        }
        if (container.getLifecycle() != null) {
            ask(ContainerFields.LIFECYCLE, container.getLifecycle(), answers);
        }
        for (VolumeMount mount : container.getVolumeMounts()) {
            ask(VolumeFields.MOUNT, mount, answers);
        }
    }

    private <T> void ask(List<Field<T>> table, T owner, List<Answer> answers) {
        table.forEach(field -> field.rule().ask(owner, pod, way).ifPresent(answers::add));
    }
}
