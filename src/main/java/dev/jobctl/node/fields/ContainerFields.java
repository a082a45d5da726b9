package dev.jobctl.node.fields;

import static dev.jobctl.node.fields.Field.any;
import static dev.jobctl.node.fields.Field.done;
import static dev.jobctl.node.fields.Field.refusal;
import static dev.jobctl.node.fields.Field.refused;
import static dev.jobctl.node.fields.Field.warning;
import static dev.jobctl.node.fields.Field.yes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a container and its hooks.
final class ContainerFields {
    static final List<Field<Container>> CONTAINER = List.of(
            done("args"),
            done("command"),
            done("env"),
            done("envFrom"),
            done("image"),
            done("imagePullPolicy"),
            done("lifecycle"),
            done("livenessProbe"),
            done("name"),
            new Field<>("ports", (container, pod, way) -> ports(container, way)),
            done("readinessProbe"),
            done("resizePolicy"),
            new Field<>("resources", (container, pod, way) -> resources(container.getResources())),
            done("restartPolicy"),
            refused(
                    "restartPolicyRules",
                    container -> any(container.getRestartPolicyRules()),
                    "restartPolicyRules: a container restarts by its restartPolicy only"),
            new Field<>("securityContext", SecurityFields::users),
            done("startupProbe"),
            new Field<>(
                    "stdin",
                    (container, pod, way) -> yes(container.getStdin()) && !way.changes()
                            ? warning("stdin is not kept open on a host without Perl: the program reads the end of it")
                            : Optional.empty()),
            done("stdinOnce"),
            done("terminationMessagePath"),
            done("terminationMessagePolicy"),
            new Field<>(
                    "tty",
                    (container, pod, way) -> yes(container.getTty()) && !way.changes()
                            ? warning("tty: the program has no terminal on a host without Perl; use exec -t")
                            : Optional.empty()),
            refused(
                    "volumeDevices",
                    container -> any(container.getVolumeDevices()),
                    "volumeDevices: pods get no block devices here"),
            done("volumeMounts"),
            done("workingDir"));

    static final List<Field<Lifecycle>> LIFECYCLE = List.of(
            done("postStart"),
            done("preStop"),
            refused(
                    "stopSignal",
                    lifecycle -> !Objects.requireNonNullElse(lifecycle.getStopSignal(), "SIGTERM")
                            .equals("SIGTERM"),
                    "stopSignal: containers are stopped by SIGTERM"));

    private ContainerFields() {}

    /// On the host's network a port is the host's, if it is the same; a network of the pod's own is reached at its
    /// address.
    private static Optional<Answer> ports(Container container, Way way) {
        for (ContainerPort port : container.getPorts()) {
            @Nullable Integer host = port.getHostPort();
            boolean wanted = host != null && host != 0;
            if (wanted && (way.ownNetwork() || !host.equals(port.getContainerPort()))) {
                return warning("hostPort %d is not forwarded: port %d is open at the pod's own address"
                        .formatted(host, port.getContainerPort()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Answer> resources(@Nullable ResourceRequirements resources) {
        if (resources == null) {
            return Optional.empty();
        }
        if (any(resources.getClaims())) {
            return refusal("resources.claims: there are no devices to claim");
        }
        @Nullable Map<String, Quantity> limits = resources.getLimits();
        return limits != null && limits.containsKey("ephemeral-storage")
                ? warning("limits of ephemeral-storage are not kept: sizeLimit of an emptyDir is")
                : Optional.empty();
    }
}
