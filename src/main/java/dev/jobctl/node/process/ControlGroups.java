package dev.jobctl.node.process;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.Confinement;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Linux' control groups, version 2 or 1, as far as this program may write there: a group per container that has
/// limits. Groups lie below `jobctl` in the group of this program; those that a sudden end left empty go when the
/// next is made. Safe from any thread.
final class ControlGroups {
    private static final String OWN = "jobctl";
    private static final long CPU_PERIOD_MICROS = 100_000;

    /// The kernel takes no smaller share.
    private static final long CPU_QUOTA_MIN_MICROS = 1_000;

    private static final List<String> CONTROLLERS = List.of("memory", "cpu", "pids");

    private static final Map<String, String> LIMIT_FILES = Map.of(
            "memory.max", "memory",
            "memory.limit_in_bytes", "memory",
            "cpu.max", "cpu",
            "cpu.cfs_quota_us", "cpu",
            "pids.max", "pids");

    /// So long after it was made at most a program joins its group.
    private static final Duration JOINED_BY = Duration.ofMinutes(1);

    private final Path root;
    private final Time time;
    private final Log log;
    private Map<String, Path> places = Map.of();
    private boolean complete;

    ControlGroups(Time time, Log log) {
        this(Path.of("/sys/fs/cgroup"), time, log);
    }

    /// `root` is where the kernel shows its control groups.
    ControlGroups(Path root, Time time, Log log) {
        this.root = root;
        this.time = time;
        this.log = log;
    }

    /// One container's groups.
    ///
    /// @param directories to be removed at its end
    /// @param controllers what they limit, of `memory`, `cpu` and `pids`
    /// @param oom the file that counts kills for want of memory, null where nobody asks
    record Group(
            List<Path> directories,
            Set<String> controllers,
            @Nullable Path oom) {
        boolean limits(String controller) {
            return controllers.contains(controller);
        }

        /// Files into which a process writes itself.
        List<Path> joins() {
            return directories.stream()
                    .map(directory -> directory.resolve("cgroup.procs"))
                    .toList();
        }
    }

    /// Which of `memory`, `cpu` and `pids` can be limited here.
    boolean limits(String controller) {
        return places().containsKey(controller);
    }

    /// Empty when nothing that is asked for can be limited by groups.
    Optional<Group> make(AttemptFiles files, Confinement wanted) throws IOException {
        Map<Path, List<String[]>> settings = new LinkedHashMap<>();
        boolean unified = unified();
        String name = name(files);
        if (wanted.memoryBytes() > 0 && limits("memory")) {
            String bytes = Long.toString(wanted.memoryBytes());
            List<String[]> values = at(settings, "memory", name);
            if (unified) {
                values.add(new String[] {"memory.max", bytes});
                values.add(new String[] {"memory.swap.max", "0"});
                values.add(new String[] {"memory.oom.group", "1"});
            } else {
                values.add(new String[] {"memory.limit_in_bytes", bytes});
            }
        }
        if (wanted.milliCpus() > 0 && limits("cpu")) {
            long quota = Math.max(CPU_QUOTA_MIN_MICROS, wanted.milliCpus() * CPU_PERIOD_MICROS / 1_000);
            List<String[]> values = at(settings, "cpu", name);
            if (unified) {
                values.add(new String[] {"cpu.max", quota + " " + CPU_PERIOD_MICROS});
            } else {
                values.add(new String[] {"cpu.cfs_period_us", Long.toString(CPU_PERIOD_MICROS)});
                values.add(new String[] {"cpu.cfs_quota_us", Long.toString(quota)});
            }
        }
        if (wanted.processes() > 0 && limits("pids")) {
            at(settings, "pids", name).add(new String[] {"pids.max", Long.toString(wanted.processes())});
        }
        return settings.isEmpty() ? Optional.empty() : Optional.of(made(settings, wanted, unified));
    }

    private List<String[]> at(Map<Path, List<String[]>> settings, String controller, String name) {
        Path directory = places().getOrDefault(controller, root).resolve(name);
        return settings.computeIfAbsent(directory, key -> new ArrayList<>());
    }

    private static Group made(Map<Path, List<String[]>> settings, Confinement wanted, boolean unified)
            throws IOException {
        @Nullable Path oom = null;
        for (Map.Entry<Path, List<String[]>> entry : settings.entrySet()) {
            Path directory = entry.getKey();
            try {
                Files.createDirectory(directory);
            } catch (FileAlreadyExistsException e) { // left by a start that was cut short
                Files.isDirectory(directory);
            }
            for (String[] setting : entry.getValue()) {
                write(directory.resolve(setting[0]), setting[1]);
                if (setting[0].startsWith("memory.") && wanted.memoryBytes() > 0) {
                    oom = directory.resolve(unified ? "memory.events" : "memory.oom_control");
                }
            }
        }
        List<Path> directories = List.copyOf(settings.keySet());
        return new Group(directories, limited(directories), oom);
    }

    /// The groups of ours that a process is in, wherever they lie: another daemon may have made them.
    Optional<Group> of(long pid) {
        List<Path> found = new ArrayList<>();
        for (String line : lines(Path.of("/proc/" + pid + "/cgroup"))) {
            String[] fields = line.split(":", 3);
            Path group = root.resolve(fields[1]).resolve(fields[2].replaceFirst("^/", ""));
            Path parent = group.getParent();
            if (parent != null && parent.endsWith(OWN) && Files.isDirectory(group)) {
                found.add(group);
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(new Group(found, limited(found), null));
    }

    /// As far as it was set: what has no limit says `max`, a very large number, or -1.
    private static Set<String> limited(List<Path> directories) {
        Set<String> limited = new LinkedHashSet<>();
        for (Path directory : directories) {
            LIMIT_FILES.forEach((file, controller) -> {
                String value = String.join("", lines(directory.resolve(file)));
                if (value.matches("\\d{1,18}( \\d+)?")) {
                    limited.add(controller);
                }
            });
        }
        return limited;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Settings that not every kernel has, such as swap's, are left out where they are missing.
    private static void write(Path file, String value) throws IOException {
        if (Files.exists(file)) {
            Files.writeString(file, value);
        }
    }

    /// The pod's uid keeps names apart, and short.
    private static String name(AttemptFiles files) {
        return "%s_%s_%d".formatted(uid(files), files.directory().getFileName(), files.attempt());
    }

    /// Of the attempt's pod.
    static String uid(AttemptFiles files) {
        Path pod = files.directory().getParent();
        String whole = pod == null ? "" : pod.getFileName().toString();
        return whole.substring(whole.lastIndexOf('_') + 1);
    }

    private boolean unified() {
        return Files.exists(root.resolve("cgroup.controllers"));
    }

    /// Where groups can be made, by controller. Looked for until nothing is in the way: a shortage passes.
    private synchronized Map<String, Path> places() {
        if (!complete) {
            Map<String, Path> found = unified() ? unifiedPlaces() : oldPlaces();
            Instant young = time.now().minus(JOINED_BY);
            found.values().stream()
                    .distinct()
                    .filter(place -> !places.containsValue(place))
                    .forEach(place -> sweep(place, young));
            log.debug("control groups", "places", found);
            places = found;
        }
        return places;
    }

    /// In version 2 a group with processes of its own cannot have limited children; so ours lies beside this program's,
    /// at the nearest place where that can be done.
    private Map<String, Path> unifiedPlaces() {
        Map<String, Path> found = new LinkedHashMap<>();
        Path own = root.resolve(own("0::").replaceFirst("^/", ""));
        for (Path place = own; place != null && place.startsWith(root); place = place.getParent()) {
            try {
                for (String controller : CONTROLLERS) {
                    Files.writeString(place.resolve("cgroup.subtree_control"), "+" + controller);
                }
                Path ours = Files.createDirectories(place.resolve(OWN));
                for (String controller : CONTROLLERS) {
                    Files.writeString(ours.resolve("cgroup.subtree_control"), "+" + controller);
                    found.put(controller, ours);
                }
                complete = true;
                return found;
            } catch (IOException e) {
                found.clear();
            }
        }
        return found;
    }

    private Map<String, Path> oldPlaces() {
        Map<String, Path> found = new LinkedHashMap<>();
        complete = true;
        for (String controller : CONTROLLERS) {
            Path mount = root.resolve(controller);
            String own = own(":" + controller + ":").replaceFirst("^/", "");
            try {
                if (Files.isDirectory(mount)) {
                    found.put(
                            controller,
                            Files.createDirectories(mount.resolve(own).resolve(OWN)));
                }
            } catch (IOException e) {
                complete = false;
            }
        }
        return found;
    }

    /// The path of this program's group on the line with `key`; the root where there is none.
    static String own(String key) {
        return lines(Path.of("/proc/self/cgroup")).stream()
                .filter(line -> line.contains(key))
                .map(line -> line.substring(line.indexOf(key) + key.length()))
                .findFirst()
                .orElse("/");
    }

    /// Removes groups without processes; the kernel keeps the others. A young one is maybe another daemon's, whose
    /// program has not joined it yet.
    private static void sweep(Path place, Instant young) {
        try (var groups = Files.newDirectoryStream(place, Files::isDirectory)) {
            for (Path group : groups) {
                if (Files.getLastModifiedTime(group).toInstant().isBefore(young)) {
                    remove(group);
                }
            }
        } catch (IOException e) { // what cannot be listed cannot be swept, and does no harm
            return;
        }
    }

    private static void remove(Path group) {
        try {
            Files.delete(group);
        } catch (IOException e) { // in use
            return;
        }
    }
}
