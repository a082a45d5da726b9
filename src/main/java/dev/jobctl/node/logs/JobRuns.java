package dev.jobctl.node.logs;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The runs of a Job's pods whose logs are there, whether the pods and the Job are there or not. A run is one start
/// of a container: a new pod's, or a restart in place. Safe from any thread.
public final class JobRuns {
    private final Path podsHome;
    private final PodLogFiles present;
    private final Path keptHome;
    private final KeptLogs kept;

    /// The pods in `podsHome` are `present`, those in `keptHome` are `kept`.
    public JobRuns(Path podsHome, PodLogFiles present, Path keptHome, KeptLogs kept) {
        this.podsHome = podsHome;
        this.present = present;
        this.keptHome = keptHome;
        this.kept = kept;
    }

    /// Which Job.
    ///
    /// @param uid empty: of those that had the name, the one whose pods are newest
    /// @param pods that have objects; those of other Jobs are left out
    public record OfJob(String namespace, String name, String uid, List<Pod> pods) {}

    /// One start of a container.
    ///
    /// @param restart how often the container had started in that pod before
    /// @param index the pod's completion index, -1 for none
    public record Run(ObjectRef pod, String container, int restart, int index) {}

    private record Found(LoggedPod pod, PodDirectory directory, Instant wrote) {}

    /// In the order of their starts. `container` is empty for the first of each pod, and a pod without such a container
    /// has no runs.
    public List<Run> of(OfJob job, String container) {
        List<Found> pods = new ArrayList<>();
        job.pods().stream()
                .map(LoggedPod::of)
                .filter(pod -> pod.job().equals(job.name()))
                .forEach(pod -> pods.add(found(pod, podsHome)));
        kept.of(job.namespace(), job.name()).forEach(pod -> pods.add(found(pod, keptHome)));
        pods.sort(Comparator.comparing((Found one) -> one.pod().created()).thenComparing(Found::wrote));
        String newest = pods.isEmpty() ? "" : pods.getLast().pod().jobUid();
        Predicate<Found> meant = one -> one.pod().jobUid().equals(job.uid().isEmpty() ? newest : job.uid());
        return pods.stream().filter(meant).flatMap(one -> runs(one, container)).toList();
    }

    private static Found found(LoggedPod pod, Path home) {
        PodDirectory directory = PodDirectory.of(home, pod.ref());
        return new Found(
                pod, directory, wrote(directory.attempt(pod.containers().getFirst(), 0)));
    }

    /// Creations are told in seconds only; of two pods of one second the one that wrote earlier was first.
    private static Instant wrote(AttemptFiles first) {
        try {
            return Files.getLastModifiedTime(first.log()).toInstant();
        } catch (IOException e) {
            return Instant.MAX;
        }
    }

    private static Stream<Run> runs(Found one, String wanted) {
        LoggedPod pod = one.pod();
        String container = wanted.isEmpty() ? pod.containers().getFirst() : wanted;
        if (!pod.containers().contains(container)) {
            return Stream.empty();
        }
        return one.directory().logged(container).stream()
                .map(restart -> new Run(pod.ref(), container, restart, pod.index()));
    }

    /// As [PodLogFiles#write], wherever the log is by now.
    public void write(Run run, LogQuery query, LogSink sink) throws IOException, InterruptedException {
        try {
            write(podsHome, present, run, query, sink);
        } catch (FileNotFoundException e) {
            write(keptHome, kept.files(), run, query, sink);
        }
    }

    private static void write(Path home, PodLogFiles files, Run run, LogQuery query, LogSink sink)
            throws IOException, InterruptedException {
        PodDirectory directory = PodDirectory.of(home, run.pod());
        files.write(run.pod(), directory.attempt(run.container(), run.restart()), query, sink);
    }
}
