package dev.jobctl.node.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a probe or hook does. An empty host stands for the pod's own address.
sealed interface Handler {
    record Command(List<String> words) implements Handler {}

    /// @param headers names and values, one after the other
    record Http(String scheme, String host, int port, String path, List<String> headers) implements Handler {}

    record Tcp(String host, int port) implements Handler {}

    record Grpc(int port, String service) implements Handler {}

    record Sleep(long seconds) implements Handler {}

    static Optional<Handler> of(@Nullable Probe probe, Container container) {
        if (probe == null) {
            return Optional.empty();
        }
        @Nullable GRPCAction grpc = probe.getGrpc();
        return grpc == null
                ? of(probe.getExec(), probe.getHttpGet(), probe.getTcpSocket(), container)
                : Optional.of(new Grpc(grpc.getPort(), Objects.requireNonNullElse(grpc.getService(), "")));
    }

    static Optional<Handler> of(@Nullable LifecycleHandler hook, Container container) {
        if (hook == null) {
            return Optional.empty();
        }
        return hook.getSleep() == null
                ? of(hook.getExec(), hook.getHttpGet(), hook.getTcpSocket(), container)
                : Optional.of(new Sleep(hook.getSleep().getSeconds()));
    }

    private static Optional<Handler> of(
            @Nullable ExecAction exec,
            @Nullable HTTPGetAction http,
            @Nullable TCPSocketAction tcp,
            Container container) {
        if (exec != null) {
            return Optional.of(new Command(exec.getCommand()));
        }
        if (http != null) {
            List<HTTPHeader> headers = Objects.requireNonNullElse(http.getHttpHeaders(), List.of());
            return Optional.of(new Http(
                    Objects.requireNonNullElse(http.getScheme(), "HTTP").toLowerCase(java.util.Locale.ROOT),
                    Objects.requireNonNullElse(http.getHost(), ""),
                    port(http.getPort(), container),
                    Objects.requireNonNullElse(http.getPath(), "/"),
                    headers.stream()
                            .flatMap(header -> List.of(header.getName(), header.getValue()).stream())
                            .toList()));
        }
        return tcp == null
                ? Optional.empty()
                : Optional.of(new Tcp(Objects.requireNonNullElse(tcp.getHost(), ""), port(tcp.getPort(), container)));
    }

    /// By number, or by the name that the container gives it; 0 for one that it does not name.
    private static int port(IntOrString port, Container container) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(named -> Objects.equals(named.getName(), port.getStrVal()))
                .findFirst()
                .map(ContainerPort::getContainerPort)
                .orElse(0);
    }
}
