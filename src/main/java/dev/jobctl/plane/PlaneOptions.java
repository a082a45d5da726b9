package dev.jobctl.plane;

import dev.jobctl.control.job.JobSettings;
import dev.jobctl.node.RuntimeChoice;
import dev.jobctl.node.container.EngineSettings;
import dev.jobctl.node.logs.LogSettings;
import dev.jobctl.resource.value.GoDuration;
import dev.jobctl.resource.value.Parsed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a plane lives and what its pods get.
///
/// @param home a directory of its own, which exists and is private to the user
/// @param podEnvironment the first variables of every container: PATH, HOME, LANG
/// @param version of this program
/// @param runtime that of pods which name none, empty: `process`. Throws [PlaneError] when there is no such runtime.
/// @param sandbox whether process pods get a sandbox where this host can make one
/// @param engine which container engine the pods of the container runtime get, and how
/// @param logs how much of pods' logs is kept
/// @param eventsKept how long an Event is kept after its last repeat
/// @param jobs what of the Job controller a user may change
public record PlaneOptions(
        Path home,
        Map<String, String> podEnvironment,
        String version,
        String runtime,
        boolean sandbox,
        EngineSettings engine,
        LogSettings logs,
        Duration eventsKept,
        JobSettings jobs) {
    /// The runtimes that a pod can get.
    public static final List<String> RUNTIMES = RuntimeChoice.NAMES;

    /// Names the runtime of a home's plane.
    private static final String RUNTIME = "JOBCTL_RUNTIME";

    /// How long Events are kept; as on a real server an hour.
    private static final String EVENTS = "JOBCTL_EVENTS_KEPT";

    private static final Duration EVENTS_KEPT = Duration.ofHours(1);

    /// The longest delay before failed pods are replaced.
    private static final String BACKOFF_CAP = "JOBCTL_BACKOFF_CAP";

    /// `off` lets process pods run as plain processes.
    public static final String SANDBOX = "JOBCTL_SANDBOX";

    /// With the usual logs, and the container engine that `podEnvironment` leads to.
    public PlaneOptions(
            Path home, Map<String, String> podEnvironment, String version, String runtime, boolean sandbox) {
        this(
                home,
                podEnvironment,
                version,
                runtime,
                sandbox,
                EngineSettings.of(podEnvironment),
                LogSettings.USUAL,
                EVENTS_KEPT,
                JobSettings.DEFAULT);
    }

    public PlaneOptions {
        podEnvironment = new LinkedHashMap<>(podEnvironment);
        runtime = runtime.isEmpty() ? RuntimeChoice.PROCESS : runtime;
        if (!RuntimeChoice.NAMES.contains(runtime)) {
            throw new PlaneError(RuntimeChoice.unknown(runtime));
        }
    }

    /// The plane of a home, as the environment wants it.
    public static PlaneOptions of(Path home, Map<String, String> environment, String version) {
        return new PlaneOptions(
                home,
                podEnvironment(environment),
                version,
                environment.getOrDefault(RUNTIME, ""),
                sandbox(environment),
                EngineSettings.of(environment),
                logs(environment),
                eventsKept(environment),
                jobs(environment));
    }

    /// The plane of one command.
    public static PlaneOptions ofRun(Path home, Map<String, String> environment, String version, String runtime) {
        String usual = environment.getOrDefault(RUNTIME, "");
        return new PlaneOptions(
                home,
                podEnvironment(environment),
                version,
                runtime.isEmpty() ? usual : runtime,
                sandbox(environment),
                EngineSettings.of(environment),
                logs(environment),
                eventsKept(environment),
                jobs(environment));
    }

    private static LogSettings logs(Map<String, String> environment) {
        try {
            return LogSettings.of(environment);
        } catch (IllegalArgumentException e) {
            throw new PlaneError(String.valueOf(e.getMessage()), e);
        }
    }

    private static Duration eventsKept(Map<String, String> environment) {
        @Nullable String text = environment.get(EVENTS);
        if (text == null || text.isEmpty()) {
            return EVENTS_KEPT;
        }
        if (GoDuration.parse(text) instanceof Parsed.Good<Duration>(Duration kept) && kept.isPositive()) {
            return kept;
        }
        throw new PlaneError(EVENTS + "=" + text + " is no duration; write for example 30m, 1h or 24h");
    }

    private static JobSettings jobs(Map<String, String> environment) {
        @Nullable String text = environment.get(BACKOFF_CAP);
        if (text == null || text.isEmpty()) {
            return JobSettings.DEFAULT;
        }
        if (GoDuration.parse(text) instanceof Parsed.Good<Duration>(Duration cap) && JobSettings.takesBackoffCap(cap)) {
            return JobSettings.DEFAULT.withBackoffCap(cap);
        }
        throw new PlaneError(BACKOFF_CAP + "=" + text + " is no duration of at least 10s; write for example 6m or 10m");
    }

    private static boolean sandbox(Map<String, String> environment) {
        return !"off".equals(environment.get(SANDBOX));
    }

    /// The variables of `environment` that pods of this machine get; the rest of it stays out of them.
    public static Map<String, String> podEnvironment(Map<String, String> environment) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : new String[] {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"}) {
            String value = environment.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        kept.putIfAbsent("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        return kept;
    }
}
