package dev.jobctl.node;

import dev.jobctl.node.process.ProcessRuntime;
import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.runtime.PodRuntime;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// The runtimes that start something.
///
/// @param usual for pods that name none
public record Runtimes(PodRuntime processes, PodRuntime containers, RuntimeChoice usual) {
    private PodRuntime of(Pod pod) {
        return of(usual.of(pod));
    }

    /// That which began the pod in an earlier life of this node: the usual one may have changed since. Otherwise the
    /// one that the pod wants.
    PodRuntime of(Pod pod, PodDirectory directory) {
        try {
            for (String container : directory.exists() ? directory.containers() : List.<String>of()) {
                OptionalInt newest = directory.newestAttempt(container);
                if (newest.isPresent()) {
                    AttemptFiles files = directory.attempt(container, newest.getAsInt());
                    if (Files.exists(files.run())) { // else it did not start
                        return of(files);
                    }
                }
            }
        } catch (IOException e) {
            return told(pod); // whoever recovers the pod meets this again, and tells of it
        }
        return of(pod);
    }

    /// The same by what the pod's status says.
    PodRuntime told(Pod pod) {
        return RuntimeChoice.begun(pod)
                .map(id -> id.startsWith(ProcessRuntime.SCHEME) ? processes : containers)
                .orElseGet(() -> of(pod));
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

    /// Of a new pod.
    boolean startsAhead(Pod pod) {
        return of(pod).startsAhead();
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
