package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Starts containers and finds them again. Safe from any thread; calls about one container attempt come one at a time.
public interface PodRuntime extends AutoCloseable {
    /// The RuntimeClass it serves, such as `process`.
    String name();

    /// Makes the container's image ready, before each start. May take as long as a pull; an interrupt ends it.
    ///
    /// @param told hears of what takes long, before it is done
    ImageResult image(Pod pod, Container container, Consumer<ImageNote> told);

    /// Why this runtime cannot run the pod as it is written; empty when it can.
    Optional<String> refusal(Pod pod);

    /// Whether the pod is kept apart from the host, with its volumes in their places.
    default boolean sandboxes(Pod pod) {
        return false;
    }

    /// What the user should be warned of before the pod's first container starts: what it has to do without here.
    default List<Warning> warnings(Pod pod) {
        return List.of();
    }

    /// Starts the attempt whose files are given. When it was started, `ended` is called exactly once, from any thread,
    /// after its main process ended and nothing of it runs any more.
    StartResult start(ContainerPlan plan, AttemptFiles files, Consumer<ContainerEnd> ended);

    /// The same, for a pod that perhaps may not begin yet.
    default StartResult start(ContainerPlan plan, AttemptFiles files, StartGate gate, Consumer<ContainerEnd> ended) {
        return gate.await() ? start(plan, files, ended) : StartResult.DROPPED;
    }

    /// Whether a start has something to make ready before the pod may begin.
    default boolean startsAhead() {
        return false;
    }

    /// Finds an attempt that an earlier life of this node may have started. `ended` is called as by [#start] when the
    /// result is [Recovered.Running], otherwise never. Throws when it cannot be told now, as for want of descriptors:
    /// then it may run, and is to be asked for again.
    Recovered recover(AttemptFiles files, MessageSource message, Consumer<ContainerEnd> ended) throws IOException;

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

    /// The variables that every container begins with, of those that this node gives its pods. A runtime whose
    /// containers have files of their own takes from them what is true there.
    default Map<String, String> basics(Map<String, String> ofNode) {
        return ofNode;
    }

    /// The addresses that this runtime gives the pod, other than the loopback addresses of this machine; empty when the
    /// pod has one of those. Does not wait.
    default Optional<PodAddresses> addresses(Pod pod) {
        return Optional.empty();
    }

    /// Whether a pod with that address has a network of its own, and not this machine's.
    default boolean ownNetwork(String address) {
        return false;
    }

    /// Nothing of the pod runs or will run: what it had beside its containers goes.
    default void podOver(String uid) {}

    /// What an earlier life of this runtime left of other pods, beside their containers, goes.
    default void onlyThese(Set<String> uids) {}

    /// An event about what a pod has to do without.
    record Warning(String reason, String message) {
        /// The reason where a field of the pod is not used.
        public static final String FIELD = "FieldNotUsed";
    }

    /// An event about the image.
    record ImageNote(String reason, String message) {}

    /// What came of an image.
    sealed interface ImageResult {
        /// `note` is recorded as an event with the start.
        record Ready(ImageNote note) implements ImageResult {}

        /// It is not here.
        ///
        /// @param reason the container's waiting reason, such as `ErrImagePull`
        /// @param message why, as its waiting message
        record Missing(String reason, String message) implements ImageResult {}
    }
}
