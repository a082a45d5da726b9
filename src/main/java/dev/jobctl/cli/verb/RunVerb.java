package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.RunPlane;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.cli.file.Manifest;
import dev.jobctl.cli.file.Sources;
import dev.jobctl.plane.PlaneOptions;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl run`: runs Jobs in a control plane of their own, streams their output and answers with their outcome.
public final class RunVerb {
    /// @param name of a Job without manifest, null with files
    /// @param command of that Job
    record Options(
            Sources files,
            @Nullable String name,
            List<String> command,
            @Nullable Duration within,
            @Nullable String runtime,
            boolean sandbox,
            boolean quiet) {}

    private RunVerb() {}

    static Command<Options> command() {
        return Flags.files(Command.named("run"))
                .summary("Run Jobs to their end in a control plane of their own; the exit code is their outcome")
                .words("-f FILE | NAME -- COMMAND [ARG...]")
                .command()
                .value("--timeout", "DURATION", "How long at most; then exit code 124")
                .value(
                        "--runtime",
                        "NAME",
                        "process (the default): the command runs on this host; container: podman or docker run the"
                                + " image; simulated: pods only pretend")
                .flag("--no-sandbox", "Processes of pods see and may write what you may")
                .flag("-q --quiet", "Only the Job's own output")
                .examples("jobctl run -f job.yaml", "jobctl run build -- make all")
                .build(RunVerb::read, RunVerb::run);
    }

    private static Options read(Parsed p) {
        Sources files = Flags.files(p);
        @Nullable List<String> after = p.after();
        boolean bare = files.isEmpty() && p.words().size() == 1 && after != null && !after.isEmpty();
        if (!bare && (files.isEmpty() || !p.words().isEmpty() || after != null)) {
            throw new UsageError("expected 'run -f FILE' or 'run NAME -- COMMAND [ARG...]'");
        }
        return new Options(
                files,
                bare ? p.words().getFirst() : null,
                after == null ? List.of() : after,
                p.duration("--timeout"),
                p.choice("--runtime", PlaneOptions.RUNTIMES.toArray(String[]::new)),
                !p.flag("--no-sandbox"),
                p.flag("--quiet"));
    }

    static int run(Session session, Options options) {
        List<ObjectNode> objects = objects(session, options);
        String runtime = options.runtime() == null ? "" : options.runtime();
        Map<String, String> environment = new LinkedHashMap<>(session.terminal().environment());
        if (!options.sandbox()) {
            environment.put("JOBCTL_SANDBOX", "off");
        }
        RunPlane.Settings settings =
                new RunPlane.Settings(session.terminal().directory(), environment, options.name() != null, runtime);
        PrintStream told = options.quiet()
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : session.err();
        try (RunPlane.Opened plane = session.runPlane().open(settings)) {
            Session inside = session.on(new Cluster(plane, session::warn));
            return runIn(inside, options, objects, told);
        }
    }

    private static int runIn(Session session, Options options, List<ObjectNode> objects, PrintStream told) {
        List<Waiting.Target> jobs = new ArrayList<>();
        boolean several = objects.stream().filter(RunVerb::isJob).count() > 1
                || objects.stream().anyMatch(RunVerb::hasSeveralPods);
        try (RunLogs logs = RunLogs.follow(session, several, told)) {
            for (ObjectNode object : objects) {
                create(session, object, jobs, told);
            }
            Duration within = options.within();
            Instant deadline =
                    within == null ? Instant.MAX : session.time().now().plus(within);
            // A Job's end is known before its last lines are here; the reader wants them the other way round.
            ByteArrayOutputStream outcomes = new ByteArrayOutputStream();
            int code = Exit.OK;
            for (Waiting.Target job : jobs) {
                PrintStream later = new PrintStream(outcomes, true, StandardCharsets.UTF_8);
                code = Math.max(code, WaitVerb.untilFinished(session, job, deadline, later));
            }
            if (code != Exit.TIMEOUT) {
                logs.finish();
            }
            told.print(outcomes.toString(StandardCharsets.UTF_8));
            return code;
        }
    }

    private static void create(Session session, ObjectNode object, List<Waiting.Target> jobs, PrintStream told) {
        ResourceType type = session.cluster()
                .types()
                .byKind(object.path("apiVersion").asText(), object.path("kind").asText())
                .orElseThrow(() -> Selection.unknown(object.path("kind").asText()));
        String namespace = object.path("metadata").path("namespace").asText(session.namespace());
        ObjectNode made = session.cluster().create(type, namespace, object, Map.of("fieldManager", "jobctl-run"));
        String name = made.path("metadata").path("name").asText();
        told.println(type.label(name) + " created");
        if (type.equals(KnownTypes.JOBS)) {
            jobs.add(new Waiting.Target(type, namespace, name));
        }
    }

    private static List<ObjectNode> objects(Session session, Options options) {
        String name = options.name();
        if (name != null) {
            return List.of(bare(session, name, options.command()));
        }
        List<ObjectNode> objects = new ArrayList<>();
        for (Manifest manifest : Writing.checkedLocally(session, options.files())) {
            objects.add(manifest.tree());
        }
        if (objects.stream().noneMatch(RunVerb::isJob)) {
            throw new UsageError(
                    "there is no Job in " + String.join(", ", options.files().names()));
        }
        return objects;
    }

    /// A Job that runs the command once, here, where it may write. The image is a word only: no pod of this plane pulls
    /// one.
    private static ObjectNode bare(Session session, String name, List<String> command) {
        ObjectNode job = CreateJobVerb.fromImage(name, "none", command);
        ((ObjectNode) job.path("spec")).put("backoffLimit", 0);
        String here = session.terminal().directory().toString();
        ((ObjectNode) job.at("/spec/template/spec/containers/0")).put("workingDir", here);
        ((ObjectNode) job.at("/spec/template"))
                .withObject("/metadata/annotations")
                .put("jobctl.dev/writable-paths", here);
        return job;
    }

    private static boolean isJob(ObjectNode object) {
        return object.path("kind").asText().equals("Job");
    }

    private static boolean hasSeveralPods(ObjectNode object) {
        return isJob(object)
                && Math.max(
                                object.at("/spec/parallelism").asInt(1),
                                object.at("/spec/completions").asInt(1))
                        > 1;
    }
}
