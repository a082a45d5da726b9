package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.resource.value.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl scale`: how many pods run at a time. Jobs have no scale of their own, so it is their parallelism; other
/// types are asked for theirs.
public final class ScaleVerb {
    /// @param expected what it must be before, null for anything
    record Options(
            List<String> words, int replicas, @Nullable Integer expected) {}

    private ScaleVerb() {}

    static Command<Options> command() {
        return Command.named("scale")
                .summary("Set how many pods of a Job run at a time")
                .words("TYPE NAME... | TYPE/NAME...")
                .value("--replicas", "COUNT", "The new number of pods; of a Job, its parallelism")
                .value("--current-replicas", "COUNT", "Only if it is this now")
                .examples("jobctl scale job/pi --replicas=8", "jobctl scale --replicas=0 --current-replicas=8 job/pi")
                .build(ScaleVerb::read, ScaleVerb::run);
    }

    private static Options read(Parsed p) {
        @Nullable Integer replicas = count(p.given("--replicas"), "--replicas");
        if (replicas == null) {
            throw new UsageError("the --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
        }
        if (p.words().isEmpty()) {
            throw new UsageError("name what to scale, such as 'jobctl scale job/pi --replicas=8'");
        }
        return new Options(p.words(), replicas, count(p.given("--current-replicas"), "--current-replicas"));
    }

    private static @Nullable Integer count(@Nullable String text, String option) {
        try {
            int count = text == null ? 0 : Integer.parseInt(text);
            if (count >= 0) {
                return text == null ? null : Integer.valueOf(count);
            }
        } catch (NumberFormatException e) {
            throw new UsageError("invalid argument \"" + text + "\" for \"" + option + "\": it is no number");
        }
        throw new UsageError("invalid argument \"" + text + "\" for \"" + option + "\": it is below 0");
    }

    static int run(Session session, Options options) {
        Selection selection = Selection.of(session.cluster(), options.words());
        return Writing.each(session, selection.items(), item -> scale(session, options, item));
    }

    private static int scale(Session session, Options options, Selection.Item item) {
        String name = item.one();
        ResourceType type = item.type();
        boolean job = type.equals(KnownTypes.JOBS);
        String field = job ? "parallelism" : "replicas";
        String part = job ? name : name + "/scale";
        if (options.expected() != null) {
            ObjectNode before = session.cluster().get(type, session.namespace(), part);
            int now = before.path("spec").path(field).asInt();
            if (now != options.expected()) {
                throw new CommandError("Expected replicas to be " + options.expected() + ", was " + now);
            }
        }
        ObjectNode patch = Json.MAPPER.createObjectNode();
        patch.putObject("spec").put(field, options.replicas());
        session.cluster()
                .patch(
                        type,
                        session.namespace(),
                        part,
                        "application/merge-patch+json",
                        Json.write(patch),
                        Map.of("fieldManager", "jobctl"));
        session.out().println(type.label(name) + " scaled");
        return Exit.OK;
    }
}
