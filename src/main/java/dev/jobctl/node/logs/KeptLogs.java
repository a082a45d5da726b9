package dev.jobctl.node.logs;

import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The logs of pods whose objects are gone, for some days. They lie in `kept` beside `pods`, each pod in a directory of
/// the same name with a note of what it was; so nothing but the disk has to remember them. Safe from any thread.
public final class KeptLogs {
    /// Each is a directory; beyond so many the oldest go before their time.
    private static final int PODS_MAX = 10_000;

    private static final String NOTE = ".pod";
    private static final String JOB = "batch.kubernetes.io/job-name";
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    private final Path home;
    private final Duration age;
    private final Time time;
    private final Log log;
    private final AtomicInteger sinceSweep = new AtomicInteger();

    /// `home` is the directory of the kept ones; `age` is how long, zero for not at all.
    public KeptLogs(Path home, Duration age, Time time, Log log) {
        this.home = home;
        this.age = age;
        this.time = time;
        this.log = log;
    }

    /// A pod that was.
    ///
    /// @param job the Job that it belonged to, empty for none
    /// @param index its completion index, -1 for none
    /// @param created when its object was
    /// @param removed when that was gone
    public record KeptPod(ObjectRef pod, String job, int index, Instant created, Instant removed) {}

    /// Takes over the logs of a pod whose object is gone. Without any output there is nothing to keep.
    public void keep(Pod pod, PodDirectory from) throws IOException {
        ObjectRef ref = ObjectRef.of(Kinds.POD, pod);
        if (age.isZero() || !hasOutput(from)) {
            from.delete();
            return;
        }
        from.keepLogs();
        Files.writeString(from.path().resolve(NOTE), note(pod));
        Files.createDirectories(home);
        Files.move(from.path(), PodDirectory.of(home, ref).path(), StandardCopyOption.ATOMIC_MOVE);
        if (sinceSweep.incrementAndGet() >= PODS_MAX / 10) {
            sweep();
        }
    }

    private static boolean hasOutput(PodDirectory pod) throws IOException {
        for (String container : pod.containers()) {
            try (Stream<Path> files = Files.list(pod.path().resolve(container))) {
                if (files.anyMatch(file -> file.toString().endsWith(".log") && size(file) > 0)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private String note(Pod pod) {
        Map<String, String> labels =
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("namespace", pod.getMetadata().getNamespace());
        lines.put("name", pod.getMetadata().getName());
        lines.put("uid", pod.getMetadata().getUid());
        lines.put("job", labels.getOrDefault(JOB, labels.getOrDefault("job-name", "")));
        lines.put("index", labels.getOrDefault(INDEX, "-1"));
        lines.put(
                "created",
                Objects.requireNonNullElse(pod.getMetadata().getCreationTimestamp(), "1970-01-01T00:00:00Z"));
        lines.put("removed", time.now().toString());
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    /// The pods of a Job that are kept, in the order of their creation.
    public List<KeptPod> of(String namespace, String job) {
        return all().stream()
                .filter(kept -> kept.pod().key().namespace().equals(namespace)
                        && kept.job().equals(job))
                .sorted(Comparator.comparing(KeptPod::created).thenComparing(KeptPod::removed))
                .toList();
    }

    /// The logs themselves: by [KeptPod#pod], as long as it is kept.
    public PodLogFiles files() {
        return new PodLogFiles(home, (pod, attempt) -> true);
    }

    /// Removes those that are too old or too many. Called at a start, and now and then.
    public void sweep() {
        sinceSweep.set(0);
        Instant oldest = time.now().minus(age);
        List<KeptPod> byAge = new ArrayList<>(all());
        byAge.sort(Comparator.comparing(KeptPod::removed).reversed());
        for (int i = 0; i < byAge.size(); i++) {
            if (i >= PODS_MAX || byAge.get(i).removed().isBefore(oldest)) {
                remove(byAge.get(i));
            }
        }
    }

    private void remove(KeptPod kept) {
        try {
            PodDirectory.of(home, kept.pod()).delete();
        } catch (IOException e) {
            log.warning("removing kept logs", "pod", kept.pod().key().name(), "failure", e);
        }
    }

    private List<KeptPod> all() {
        List<KeptPod> found = new ArrayList<>();
        for (PodDirectory directory : PodDirectory.all(home)) {
            @Nullable KeptPod pod = read(directory.path().resolve(NOTE));
            if (pod != null) {
                found.add(pod);
            }
        }
        return found;
    }

    /// Null when it is no note of ours.
    private static @Nullable KeptPod read(Path note) {
        try {
            Map<String, String> lines = new LinkedHashMap<>();
            for (String line : Files.readAllLines(note)) {
                int equals = line.indexOf('=');
                lines.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
            }
            var key = new ObjectKey(Kinds.POD, lines.getOrDefault("namespace", ""), lines.getOrDefault("name", ""));
            return new KeptPod(
                    new ObjectRef(key, lines.getOrDefault("uid", "")),
                    lines.getOrDefault("job", ""),
                    Integer.parseInt(lines.getOrDefault("index", "-1")),
                    Instant.parse(lines.getOrDefault("created", "")),
                    Instant.parse(lines.getOrDefault("removed", "")));
        } catch (IOException | DateTimeException | NumberFormatException e) {
            return null;
        }
    }
}
