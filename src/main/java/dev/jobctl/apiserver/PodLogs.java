package dev.jobctl.apiserver;

import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where container logs come from.
public interface PodLogs {
    /// Writes the log of one container attempt. Returns when the wanted part is written; with `follow` when the
    /// container has ended and all of it is written, or the sink is closed. Throws [java.io.FileNotFoundException] when
    /// that attempt has no log.
    void write(ObjectRef pod, String container, Options options, ApiResponse.Sink sink)
            throws IOException, InterruptedException;

    /// The runs of a Job's pods whose logs are there, in the order of their starts, also of pods and Jobs that are
    /// gone. `container` is empty for the first of each pod.
    default List<Run> runs(OfJob job, String container) {
        return List.of();
    }

    /// The same as the other, of one run; `previous` does not count.
    default void write(Run run, Options options, ApiResponse.Sink sink) throws IOException, InterruptedException {
        throw new FileNotFoundException("no log of " + run);
    }

    /// @param uid empty: of those that had the name, the one whose pods are newest
    /// @param pods those that have objects
    record OfJob(String namespace, String name, String uid, List<Pod> pods) {}

    /// One start of a container.
    ///
    /// @param restart how often the container had started in that pod before
    /// @param index the pod's completion index, -1 for none
    record Run(ObjectRef pod, String container, int restart, int index) {}

    /// The parameters of `pods/log`, settled.
    ///
    /// @param previous the attempt before the newest; while the container waits to start again, the newest
    /// @param tailLines null for all
    /// @param limitBytes null for no limit
    /// @param since null for the beginning
    record Options(
            boolean follow,
            boolean previous,
            boolean timestamps,
            @Nullable Long tailLines,
            @Nullable Long limitBytes,
            @Nullable Instant since) {}
}
