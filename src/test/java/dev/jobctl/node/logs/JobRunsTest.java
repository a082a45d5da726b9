package dev.jobctl.node.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.std.Log;
import dev.jobctl.std.VirtualTime;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which runs a Job had, while its pods come and go.
final class JobRunsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path home;

    private final VirtualTime time = new VirtualTime(START);
    private KeptLogs kept;
    private JobRuns runs;

    @BeforeEach
    void open() {
        Path pods = home.resolve("pods");
        Path old = home.resolve("kept");
        kept = new KeptLogs(old, Duration.ofDays(7), time, Log.none());
        runs = new JobRuns(pods, new PodLogFiles(pods, (pod, attempt) -> true), old, kept);
    }

    private Pod pod(String name, String jobUid, int index, int second) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp(START.plusSeconds(second).toString())
                .addToLabels("batch.kubernetes.io/job-name", "pi")
                .addToLabels("batch.kubernetes.io/job-completion-index", Integer.toString(index))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withController(true)
                        .withUid(jobUid)
                        .build())
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .endContainer()
                .addNewInitContainer()
                .withName("first")
                .endInitContainer()
                .endSpec()
                .build();
    }

    private PodDirectory directory(Pod pod) {
        return PodDirectory.of(home.resolve("pods"), ObjectRef.of(Kinds.POD, pod));
    }

    /// With one log for each restart.
    private Pod ran(Pod pod, String... logs) throws IOException {
        PodDirectory directory = directory(pod);
        directory.prepare("main");
        for (int i = 0; i < logs.length; i++) {
            Files.writeString(directory.attempt("main", i).log(), logs[i]);
        }
        return pod;
    }

    private void gone(Pod pod) throws IOException {
        kept.keep(pod, directory(pod));
    }

    private String texts(String uid, int index, Pod... present) throws Exception {
        var job = new JobRuns.OfJob("default", "pi", uid, List.of(present));
        StringBuilder all = new StringBuilder();
        for (JobRuns.Run run : runs.of(job, "")) {
            if (run.index() == index) {
                all.append(text(run)).append(' ');
            }
        }
        return all.toString().strip();
    }

    private String text(JobRuns.Run run) throws Exception {
        CollectedLog out = new CollectedLog();
        runs.write(run, LogQuery.whole(), out);
        return out.text();
    }

    @Test
    void theyAreCountedOverPodsAndRestarts() throws Exception {
        Pod first = ran(pod("pi-7-b", "j1", 7, 1), "a", "b");
        Pod second = ran(pod("pi-7-a", "j1", 7, 20), "c");
        Pod other = ran(pod("pi-8-a", "j1", 8, 2), "x");
        assertThat(texts("j1", 7, other, second, first)).isEqualTo("a b c");
        gone(first);
        assertThat(texts("j1", 7, other, second)).isEqualTo("a b c");
    }

    @Test
    void aFailedOneThatSaidNothingIsCountedToo() throws Exception {
        Pod failed = new PodBuilder(pod("pi-7-b", "j1", 7, 1))
                .withNewStatus()
                .withPhase("Failed")
                .endStatus()
                .build();
        gone(ran(failed, ""));
        gone(ran(pod("pi-7-a", "j1", 7, 20), "b"));
        gone(ran(pod("pi-8-a", "j1", 8, 20), ""));
        var job = new JobRuns.OfJob("default", "pi", "", List.of());
        assertThat(runs.of(job, "")).extracting(run -> run.pod().key().name()).containsExactly("pi-7-b", "pi-7-a");
    }

    @Test
    void theyAreThereWhenTheJobIsGone() throws Exception {
        gone(ran(pod("pi-7-b", "j1", 7, 1), "a"));
        gone(ran(pod("pi-7-a", "j1", 7, 20), "b"));
        assertThat(texts("", 7)).isEqualTo("a b");
        assertThat(texts("", 8)).isEmpty();
    }

    @Test
    void anotherJobOfThatNameHasItsOwn() throws Exception {
        gone(ran(pod("pi-7-a", "j1", 7, 1), "old"));
        gone(ran(pod("pi-7-b", "j2", 7, 5), "new"));
        assertThat(texts("", 7)).isEqualTo("new");
        assertThat(texts("j3", 7)).isEmpty();
        Pod present = ran(pod("pi-7-c", "j3", 7, 9), "now");
        assertThat(texts("j3", 7, present)).isEqualTo("now");
    }

    @Test
    void aLogThatIsPutAwayWhileItIsAskedForIsFound() throws Exception {
        Pod pod = ran(pod("pi-7-a", "j1", 7, 1), "a");
        JobRuns.Run run = runs.of(new JobRuns.OfJob("default", "pi", "j1", List.of(pod)), "")
                .getFirst();
        gone(pod);
        assertThat(text(run)).isEqualTo("a");
    }

    @Test
    void afterAWeekTheyAreNoMore() throws Exception {
        gone(ran(pod("pi-7-a", "j1", 7, 1), "a"));
        time.advance(Duration.ofDays(6));
        kept.sweep();
        assertThat(texts("", 7)).isEqualTo("a");
        time.advance(Duration.ofDays(2));
        kept.sweep();
        assertThat(texts("", 7)).isEmpty();
        assertThat(home.resolve("kept")).isEmptyDirectory();
    }
}
