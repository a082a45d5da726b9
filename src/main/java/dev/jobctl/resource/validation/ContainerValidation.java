package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The containers and init containers of a pod.
final class ContainerValidation {
    private static final int MAX_PORT = 65_535;
    private static final List<String> MESSAGE_POLICIES = List.of("FallbackToLogsOnError", "File");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private ContainerValidation() {}

    static void check(PodSpec spec, Set<String> volumes, String path, Complaints to) {
        List<Container> containers = list(spec.getContainers());
        if (containers.isEmpty()) {
            to.required(path + ".containers", "");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            Container container = containers.get(i);
            String at = path + ".containers[" + i + "]";
            common(container, volumes, at, to);
            unique(container, names, at, to);
            lifecycle(container, at, to);
            if (container.getRestartPolicy() != null) {
                to.forbidden(at + ".restartPolicy", "may not be set for non-init containers");
            }
        }
        hostPorts(containers, path + ".containers", to);
        List<Container> first = list(spec.getInitContainers());
        for (int i = 0; i < first.size(); i++) {
            initContainer(first.get(i), volumes, names, path + ".initContainers[" + i + "]", to);
        }
    }

    private static void unique(Container container, Set<String> names, String path, Complaints to) {
        String name = Settled.orEmpty(container.getName());
        if (!names.add(name)) {
            to.duplicate(path + ".name", name);
        }
    }

    private static void initContainer(
            Container container, Set<String> volumes, Set<String> names, String path, Complaints to) {
        common(container, volumes, path, to);
        unique(container, names, path, to);
        @Nullable String restart = container.getRestartPolicy();
        if (restart != null && !restart.equals("Always")) {
            to.notSupported(path + ".restartPolicy", restart, List.of("Always"));
        }
        if ("Always".equals(restart)) {
            lifecycle(container, path, to);
            return;
        }
        String detail = "may not be set for init containers without restartPolicy=Always";
        Stream.of(
                        container.getLifecycle() == null ? "" : ".lifecycle",
                        container.getLivenessProbe() == null ? "" : ".livenessProbe",
                        container.getReadinessProbe() == null ? "" : ".readinessProbe",
                        container.getStartupProbe() == null ? "" : ".startupProbe")
                .filter(field -> !field.isEmpty())
                .forEach(field -> to.forbidden(path + field, detail));
    }

    private static void common(Container container, Set<String> volumes, String path, Complaints to) {
        String name = Settled.orEmpty(container.getName());
        if (name.isEmpty()) {
            to.required(path + ".name", "");
        } else {
            to.invalidEach(path + ".name", name, Names.dnsLabel(name));
        }
        String image = Settled.orEmpty(container.getImage());
        if (image.isEmpty()) {
            to.required(path + ".image", "");
        } else if (!image.strip().equals(image)) {
            to.invalid(path + ".image", image, "must not have leading or trailing whitespace");
        }
        choice(path + ".terminationMessagePolicy", container.getTerminationMessagePolicy(), MESSAGE_POLICIES, to);
        ports(list(container.getPorts()), path + ".ports", to);
        EnvironmentValidation.check(container, path, to);
        mounts(list(container.getVolumeMounts()), volumes, path + ".volumeMounts", to);
        choice(path + ".imagePullPolicy", container.getImagePullPolicy(), PULL_POLICIES, to);
        if (container.getResources() != null) {
            ResourceValidation.check(container.getResources(), path + ".resources", to);
        }
        @Nullable SecurityContext security = container.getSecurityContext();
        if (security != null) {
            to.identity(path + ".securityContext.runAsUser", security.getRunAsUser());
            to.identity(path + ".securityContext.runAsGroup", security.getRunAsGroup());
        }
    }

    private static void choice(String path, @Nullable String value, List<String> choices, Complaints to) {
        String text = Settled.orEmpty(value);
        if (text.isEmpty()) {
            to.required(path, "");
        } else if (!choices.contains(text)) {
            to.notSupported(path, text, choices);
        }
    }

    private static void ports(List<ContainerPort> ports, String path, Complaints to) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ContainerPort port = ports.get(i);
            String at = path + "[" + i + "]";
            if (!Settled.blank(port.getName())) {
                List<String> wrong = Names.portName(port.getName());
                to.invalidEach(at + ".name", port.getName(), wrong);
                if (wrong.isEmpty() && !names.add(port.getName())) {
                    to.duplicate(at + ".name", port.getName());
                }
            }
            if (Settled.orZero(port.getContainerPort()) == 0) {
                to.required(at + ".containerPort", "");
            } else {
                to.between(at + ".containerPort", port.getContainerPort(), 1, MAX_PORT);
            }
            if (Settled.orZero(port.getHostPort()) != 0) {
                to.between(at + ".hostPort", port.getHostPort(), 1, MAX_PORT);
            }
            choice(at + ".protocol", port.getProtocol(), PROTOCOLS, to);
        }
    }

    private static void hostPorts(List<Container> containers, String path, Complaints to) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            List<ContainerPort> ports = list(containers.get(i).getPorts());
            for (int j = 0; j < ports.size(); j++) {
                ContainerPort port = ports.get(j);
                int number = Settled.orZero(port.getHostPort());
                String text = port.getProtocol() + "/" + Settled.orEmpty(port.getHostIP()) + "/" + number;
                if (number != 0 && !taken.add(text)) {
                    to.duplicate(path + "[" + i + "].ports[" + j + "].hostPort", text);
                }
            }
        }
    }

    private static void mounts(List<VolumeMount> mounts, Set<String> volumes, String path, Complaints to) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            VolumeMount mount = mounts.get(i);
            String at = path + "[" + i + "]";
            String name = Settled.orEmpty(mount.getName());
            if (name.isEmpty()) {
                to.required(at + ".name", "");
            }
            if (!volumes.contains(name)) {
                to.notFound(at + ".name", name);
            }
            String place = Settled.orEmpty(mount.getMountPath());
            if (place.isEmpty()) {
                to.required(at + ".mountPath", "");
            }
            if (!taken.add(place)) {
                to.invalid(at + ".mountPath", place, "must be unique");
            }
            if (!Settled.blank(mount.getSubPath())) {
                VolumeValidation.descending(at + ".subPath", mount.getSubPath(), to);
            }
            if (!Settled.blank(mount.getSubPathExpr())) {
                if (!Settled.blank(mount.getSubPath())) {
                    to.invalid(
                            at + ".subPathExpr",
                            mount.getSubPathExpr(),
                            "subPathExpr and subPath are mutually exclusive");
                }
                VolumeValidation.descending(at + ".subPathExpr", mount.getSubPathExpr(), to);
            }
        }
    }

    private static void lifecycle(Container container, String path, Complaints to) {
        @Nullable Lifecycle lifecycle = container.getLifecycle();
        if (lifecycle != null) {
            hook(lifecycle.getPostStart(), path + ".lifecycle.postStart", to);
            hook(lifecycle.getPreStop(), path + ".lifecycle.preStop", to);
        }
        probe(container.getLivenessProbe(), path + ".livenessProbe", true, to);
        probe(container.getReadinessProbe(), path + ".readinessProbe", false, to);
        probe(container.getStartupProbe(), path + ".startupProbe", true, to);
    }

    private static void hook(@Nullable LifecycleHandler handler, String path, Complaints to) {
        if (handler != null) {
            handlers(path, to, handler.getExec(), handler.getHttpGet(), handler.getTcpSocket(), handler.getSleep());
            if (handler.getExec() != null
                    && list(handler.getExec().getCommand()).isEmpty()) {
                to.required(path + ".exec.command", "");
            }
            targets(handler.getHttpGet(), handler.getTcpSocket(), path, to);
        }
    }

    private static void targets(
            @Nullable HTTPGetAction http, @Nullable TCPSocketAction tcp, String path, Complaints to) {
        if (http != null) {
            port(http.getPort(), path + ".httpGet.port", to);
        }
        if (tcp != null) {
            port(tcp.getPort(), path + ".tcpSocket.port", to);
        }
    }

    private static void port(@Nullable IntOrString port, String path, Complaints to) {
        if (port != null && port.getStrVal() != null) {
            to.invalidEach(path, port.getStrVal(), Names.portName(port.getStrVal()));
        } else {
            to.between(path, port == null ? 0 : Settled.orZero(port.getIntVal()), 1, MAX_PORT);
        }
    }

    /// @param once whether one success must be enough
    private static void probe(@Nullable Probe probe, String path, boolean once, Complaints to) {
        if (probe == null) {
            return;
        }
        handlers(path, to, probe.getExec(), probe.getHttpGet(), probe.getTcpSocket(), probe.getGrpc());
        if (probe.getExec() != null && list(probe.getExec().getCommand()).isEmpty()) {
            to.required(path + ".exec.command", "");
        }
        targets(probe.getHttpGet(), probe.getTcpSocket(), path, to);
        if (probe.getGrpc() != null) {
            to.between(path + ".grpc.port", Settled.orZero(probe.getGrpc().getPort()), 1, MAX_PORT);
        }
        to.nonNegative(path + ".initialDelaySeconds", probe.getInitialDelaySeconds());
        to.nonNegative(path + ".timeoutSeconds", probe.getTimeoutSeconds());
        to.nonNegative(path + ".periodSeconds", probe.getPeriodSeconds());
        to.nonNegative(path + ".successThreshold", probe.getSuccessThreshold());
        to.nonNegative(path + ".failureThreshold", probe.getFailureThreshold());
        if (probe.getTerminationGracePeriodSeconds() != null && probe.getTerminationGracePeriodSeconds() <= 0) {
            to.invalid(
                    path + ".terminationGracePeriodSeconds",
                    probe.getTerminationGracePeriodSeconds(),
                    "must be greater than 0");
        }
        if (once && Settled.orZero(probe.getSuccessThreshold()) != 1) {
            to.invalid(path + ".successThreshold", Settled.orZero(probe.getSuccessThreshold()), "must be 1");
        }
    }

    private static void handlers(String path, Complaints to, @Nullable Object... handlers) {
        long set = Stream.of(handlers).filter(Objects::nonNull).count();
        if (set == 0) {
            to.required(path, "must specify a handler type");
        } else if (set > 1) {
            to.forbidden(path, "may not specify more than 1 handler type");
        }
    }
}
