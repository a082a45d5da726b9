package dev.jobctl.node;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.PodRuntime;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Files;
import java.util.Set;

/// The runtimes that start something.
///
/// @param usual for pods that name none
public record Runtimes(PodRuntime processes, PodRuntime containers, RuntimeChoice usual) {
    PodRuntime of(Pod pod) {
        return of(usual.of(pod));
    }

    private PodRuntime of(String name) {
        return name.equals(RuntimeChoice.CONTAINER) ? containers : processes;
    }

    /// Of an attempt that this node or an earlier life of it began.
    PodRuntime of(AttemptFiles files) {
        return Files.exists(files.container()) ? containers : processes;
    }

    /// The name of the one for pods that name none.
    String name() {
        return of(usual.otherwise()).name();
    }

    /// What an earlier life of this node left of other pods than these, by uid, beside their directories, goes.
    void onlyThese(Set<String> uids) {
        containers.onlyThese(uids);
        processes.onlyThese(uids);
    }

    void close() {
        containers.close();
        processes.close();
    }
}
