package dev.jobctl.resource.view;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What has become of one container.
///
/// @param exitCode null: not terminated (or waiting to be restarted)
/// @param finishedAt null: not terminated
/// @param restarts how often it was started again in this pod
/// @param sidecar an init container that runs beside the app containers
public record ContainerView(
        String name, @Nullable Integer exitCode, @Nullable Instant finishedAt, int restarts, boolean sidecar) {
    /// Whether an init container is a sidecar.
    static boolean sidecar(Container init) {
        return "Always".equals(init.getRestartPolicy());
    }

    static ContainerView of(ContainerStatus status) {
        return of(status, false);
    }

    static ContainerView of(ContainerStatus status, boolean sidecar) {
        @Nullable
        ContainerStateTerminated ended =
                status.getState() == null ? null : status.getState().getTerminated();
        return new ContainerView(
                Holes.text(status.getName()),
                ended == null ? null : Integer.valueOf(Holes.number(ended.getExitCode(), 0)),
                ended == null ? null : Times.read(ended.getFinishedAt()),
                Holes.number(status.getRestartCount(), 0),
                sidecar);
    }
}
