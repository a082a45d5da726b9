package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Starts containers and finds them again. Safe from any thread; calls about one container attempt come one at a time.
public interface PodRuntime extends AutoCloseable {
    /// The RuntimeClass it serves, such as `process`.
    String name();

    /// What the user should know about the container's image here; recorded as an event before each start.
    ImageNote imageNote(Container container);

    /// Why this runtime cannot run the pod as it is written; empty when it can.
    Optional<String> refusal(Pod pod);

    /// Whether the pod is kept apart from the host, with its volumes in their places.
    default boolean sandboxes(Pod pod) {
        return false;
    }

    /// What the user should be warned of before the pod's first container starts: protection that is missing here.
    default List<String> warnings(Pod pod) {
        return List.of();
    }

    /// Starts the attempt whose files are given. When it was started, `ended` is called exactly once, from any thread,
    /// after its main process ended and nothing of it runs any more.
    StartResult start(ContainerPlan plan, AttemptFiles files, Consumer<ContainerEnd> ended);

    /// Finds an attempt that an earlier life of this node may have started. `ended` is called as by [#start] when the
    /// result is [Recovered.Running], otherwise never.
    Recovered recover(AttemptFiles files, MessageSource message, Consumer<ContainerEnd> ended);

    /// Runs a command where `container` runs, in the surroundings of its plan. Throws when it cannot be started.
    ///
    /// @param terminal the path of the terminal that it has for input and output, and that controls it; null for pipes
    Execution execute(RunningContainer container, ContainerPlan plan, List<String> command, @Nullable String terminal)
            throws IOException;

    /// Whether the attempt is known to have ended: its log will not grow.
    boolean ended(AttemptFiles files);

    /// Stops watching; what runs goes on.
    @Override
    void close();

    /// An event about the image.
    record ImageNote(String reason, String message) {}
}
