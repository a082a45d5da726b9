package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.cli.file.Sources;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `jobctl wait`: kubectl's forms with `--for`, and without it until Jobs are finished, whatever the outcome.
public final class WaitVerb {
    /// @param until null: until the Jobs are finished
    /// @param within null when not given
    record Options(
            List<String> words,
            Sources files,
            @Nullable String selector,
            @Nullable String fieldSelector,
            boolean all,
            boolean allNamespaces,
            @Nullable WaitFor until,
            @Nullable Duration within) {}

    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);
    private static final Duration A_WEEK = Duration.ofDays(7);

    private WaitVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("wait")
                .summary("Wait until a Job is finished, or for a condition")
                .words("TYPE/NAME... | TYPE (NAME... | -l SELECTOR | --all)")
                .value("--for", "WHAT", "delete, create, condition=NAME[=VALUE] or jsonpath='{PATH}'[=VALUE]")
                .flag("--all", "All objects of the type")
                .value("--timeout", "DURATION", "How long (default 30s with --for, else no limit)")
                .examples(
                        "jobctl wait job/pi",
                        "jobctl wait --for=condition=complete --timeout=60s job/pi",
                        "jobctl wait --for=jsonpath='{.status.succeeded}'=5 job/pi");
        return Flags.selectors(Flags.files(command)).build(WaitVerb::read, WaitVerb::run);
    }

    private static Options read(Parsed p) {
        String until = p.given("--for");
        Options options = new Options(
                p.words(),
                Flags.files(p),
                p.text("--selector"),
                p.text("--field-selector"),
                p.flag("--all"),
                p.flag("--all-namespaces"),
                until == null ? null : WaitFor.parse(until),
                p.duration("--timeout"));
        Flags.requireWordsOrFiles(
                options.words(), options.files(), "name what to wait for, such as 'jobctl wait job/pi'");
        return options;
    }

    static int run(Session session, Options options) {
        WaitFor until = options.until();
        List<Waiting.Target> targets = targets(session, options);
        if (until != null) {
            return waitFor(session, options, until, targets);
        }
        for (Waiting.Target target : targets) {
            if (!target.type().equals(KnownTypes.JOBS)) {
                throw new UsageError("without --for, wait knows how Jobs end, not "
                        + target.type().plural() + "; say for what, such as --for=delete");
            }
        }
        @Nullable Duration within = options.within();
        Instant deadline =
                within == null ? Instant.MAX : session.time().now().plus(within.isNegative() ? A_WEEK : within);
        int code = Exit.OK;
        for (Waiting.Target target : targets) {
            code = Math.max(code, untilFinished(session, target, deadline, session.out()));
        }
        return code;
    }

    /// Waits for a Job's end and tells it on `told`. Returns the exit code of its outcome.
    static int untilFinished(Session session, Waiting.Target target, Instant deadline, PrintStream told) {
        Waiting.Result result = Waiting.until(
                session,
                session.cluster(),
                target,
                job -> JobOutcome.of(job) != null || JobOutcome.suspended(job),
                deadline);
        String label = target.type().label(target.name());
        @Nullable JsonNode job = result.object();
        if (job == null) {
            job = session.cluster().get(target.type(), target.namespace(), target.name()); // says that it is missing
        }
        if (result.deleted()) {
            throw new CommandError(label + " was deleted before it finished");
        }
        JobOutcome outcome = JobOutcome.of(job);
        if (outcome != null) {
            told.println(label + " " + outcome.words());
            return outcome.code();
        }
        if (JobOutcome.suspended(job)) {
            session.err().println(label + " is suspended; go on with 'jobctl resume job/" + target.name() + "'");
            return Exit.JOB_NOT_STARTED;
        }
        session.err()
                .println("error: timed out waiting for " + label + " to finish"
                        + (JobOutcome.started(job) ? "" : "; it has never started"));
        return JobOutcome.started(job) ? Exit.TIMEOUT : Exit.JOB_NOT_STARTED;
    }

    private static int waitFor(Session session, Options options, WaitFor until, List<Waiting.Target> targets) {
        @Nullable Duration given = options.within();
        Duration within = given == null ? DEFAULT_LIMIT : given.isNegative() ? A_WEEK : given;
        Instant deadline = session.time().now().plus(within);
        List<String> errors = new ArrayList<>();
        int code = Exit.OK;
        for (Waiting.Target target : targets) {
            String label = target.type().label(target.name());
            try {
                if (until.wait(session, target, deadline)) {
                    session.out().println(label + " condition met");
                }
            } catch (ApiError e) {
                errors.add(Selection.told(e, target.type(), ""));
                code = Exit.ERROR;
            } catch (WaitFor.TimedOut e) {
                // A timeout of 0 asks once and does not wait: its answer is no time-out.
                int missed = within.isZero() ? Exit.ERROR : Exit.TIMEOUT;
                code = code == Exit.OK ? missed : code;
                String where = target.type().plural() + "/" + target.name();
                errors.add(
                        until instanceof WaitFor.Create
                                ? "error: timed out waiting for the condition"
                                : within.isZero()
                                        ? "error: condition not met for " + where
                                        : "error: timed out waiting for the condition on " + where);
            }
        }
        boolean several = errors.size() > 1;
        errors.forEach(e -> session.err().println(several && e.startsWith("error: ") ? e.substring(7) : e));
        return code;
    }

    private static List<Waiting.Target> targets(Session session, Options options) {
        Selection selection = Selection.of(
                session,
                new Selection.Asked(
                        options.words(),
                        options.files(),
                        options.selector(),
                        options.fieldSelector(),
                        options.allNamespaces()));
        List<Waiting.Target> targets = new ArrayList<>();
        for (Selection.Item item : selection.items()) {
            if (item.name() != null) {
                targets.add(new Waiting.Target(item.type(), item.namespace(session), item.name()));
            } else {
                targets.addAll(matching(session, options, item.type()));
            }
        }
        if (targets.isEmpty() && !(options.until() instanceof WaitFor.Delete)) {
            throw new CommandError("no matching resources found");
        }
        return targets;
    }

    private static List<Waiting.Target> matching(Session session, Options options, ResourceType type) {
        if (!options.all() && options.selector() == null && options.fieldSelector() == null) {
            throw Selection.nameless();
        }
        String namespace = options.allNamespaces() ? null : session.namespace();
        return Paging.objects(
                        session.cluster(),
                        type,
                        namespace,
                        Flags.selectors(options.selector(), options.fieldSelector()),
                        500)
                .stream()
                .map(o -> new Waiting.Target(
                        type,
                        o.path("metadata").path("namespace").asText(),
                        o.path("metadata").path("name").asText()))
                .toList();
    }
}
