package dev.jobctl.node.logs;

import dev.jobctl.node.runtime.InPlace;
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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The logs of pods whose objects are gone, for some days. They lie in `kept` beside `pods`, each pod in a directory of
/// the same name with a note of what it was; so nothing but the disk has to remember them. Safe from any thread.
public final class KeptLogs {
    /// Each is a directory; beyond so many the oldest go before their time.
    private static final int PODS_MAX = 10_000;

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
    /// @param removed when its object was gone
    record KeptPod(LoggedPod pod, Instant removed) {}

    /// Takes over the logs of a pod whose object is gone. Without any output there is nothing to keep, unless the pod
    /// was a Job's failed attempt, which must count when attempts are counted.
    public void keep(Pod pod, PodDirectory from) throws IOException {
        ObjectRef ref = ObjectRef.of(Kinds.POD, pod);
        if (age.isZero() || !(hasOutput(from) || failedAttempt(pod))) {
            from.delete();
            return;
        }
        takeOver(from, PodDirectory.of(home, ref), note(LoggedPod.of(pod)));
    }

    /// Takes over what an earlier life of this node left of a pod whose object is gone, if [#describe] was called for
    /// it then; else removes it.
    ///
    /// @param failed whether a container of it did not end well
    public void keepFound(PodDirectory from, boolean failed) throws IOException {
        Optional<LoggedPod> pod = described(from);
        boolean counts = failed && pod.filter(one -> !one.job().isEmpty()).isPresent();
        if (age.isZero() || pod.isEmpty() || !(hasOutput(from) || counts)) {
            from.delete();
            return;
        }
        takeOver(from, PodDirectory.of(home, pod.get().ref()), note(pod.get()));
    }

    /// Notes in the pod's directory what must be known of it for [#keepFound].
    public static void describe(Pod pod, PodDirectory directory) throws IOException {
        InPlace.write(directory.note(), description(LoggedPod.of(pod)));
    }

    private void takeOver(PodDirectory from, PodDirectory to, String note) throws IOException {
        from.keepLogs();
        InPlace.write(from.note(), note);
        Files.createDirectories(home);
        Files.move(from.path(), to.path(), StandardCopyOption.ATOMIC_MOVE);
        if (sinceSweep.incrementAndGet() >= PODS_MAX / 10) {
            sweep();
        }
    }

    private static boolean failedAttempt(Pod pod) {
        return pod.getStatus() != null
                && "Failed".equals(pod.getStatus().getPhase())
                && !LoggedPod.of(pod).job().isEmpty();
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

    private String note(LoggedPod pod) {
        return description(pod) + "removed=" + time.now() + "\n";
    }

    private static String description(LoggedPod logged) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("namespace", logged.ref().key().namespace());
        lines.put("name", logged.ref().key().name());
        lines.put("uid", logged.ref().uid());
        lines.put("job", logged.job());
        lines.put("job-uid", logged.jobUid());
        lines.put("index", Integer.toString(logged.index()));
        lines.put("containers", String.join(",", logged.containers()));
        lines.put("created", logged.created().toString());
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    /// The pods of a Job, and of others of its name, that are kept.
    List<LoggedPod> of(String namespace, String job) {
        return PodDirectory.all(home).stream()
                .filter(directory -> directory.path().getFileName().toString().startsWith(namespace + "_"))
                .flatMap(directory -> read(directory).stream())
                .map(KeptPod::pod)
                .filter(pod -> pod.job().equals(job))
                .toList();
    }

    /// The logs themselves: as long as they are kept.
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
            PodDirectory.of(home, kept.pod().ref()).delete();
        } catch (IOException e) {
            log.warning("removing kept logs", "pod", kept.pod().ref().key().name(), "failure", e);
        }
    }

    private List<KeptPod> all() {
        return PodDirectory.all(home).stream()
                .flatMap(directory -> read(directory).stream())
                .toList();
    }

    /// Empty when it has no note of ours.
    private static Optional<KeptPod> read(PodDirectory directory) {
        try {
            Map<String, String> lines = lines(directory);
            return Optional.of(new KeptPod(pod(lines), Instant.parse(lines.getOrDefault("removed", ""))));
        } catch (IOException | DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Empty when it has no note, or one that a sudden end left unfinished.
    private static Optional<LoggedPod> described(PodDirectory directory) {
        try {
            LoggedPod pod = pod(lines(directory));
            return directory
                            .path()
                            .endsWith(PodDirectory.of(Path.of(""), pod.ref()).path())
                    ? Optional.of(pod)
                    : Optional.empty();
        } catch (IOException | DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> lines(PodDirectory directory) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(directory.note())) {
            int equals = line.indexOf('=');
            lines.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        return lines;
    }

    private static LoggedPod pod(Map<String, String> lines) {
        var key = new ObjectKey(Kinds.POD, lines.getOrDefault("namespace", ""), lines.getOrDefault("name", ""));
        return new LoggedPod(
                new ObjectRef(key, lines.getOrDefault("uid", "")),
                lines.getOrDefault("job", ""),
                lines.getOrDefault("job-uid", ""),
                Integer.parseInt(lines.getOrDefault("index", "-1")),
                List.of(lines.getOrDefault("containers", "").split(",")),
                Instant.parse(lines.getOrDefault("created", "")));
    }
}
