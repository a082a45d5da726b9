package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.resource.value.Json;
import java.util.List;
import java.util.Map;

/// `jobctl suspend` and `jobctl resume`: hold a Job or CronJob back, and let it go on.
public final class SuspendVerb {
    record Options(List<String> words, boolean suspend) {}

    private SuspendVerb() {}

    static Command<Options> suspend() {
        return Command.named("suspend")
                .summary("Hold a Job or CronJob back; running pods of a Job end")
                .words("job/NAME... | cronjob/NAME...")
                .examples("jobctl suspend job/pi")
                .build(p -> read(p, true), SuspendVerb::run);
    }

    static Command<Options> resume() {
        return Command.named("resume")
                .summary("Let a suspended Job or CronJob go on")
                .words("job/NAME... | cronjob/NAME...")
                .examples("jobctl resume job/pi")
                .build(p -> read(p, false), SuspendVerb::run);
    }

    private static Options read(Parsed p, boolean suspend) {
        if (p.words().isEmpty()) {
            throw new UsageError("name a Job, such as 'jobctl " + (suspend ? "suspend" : "resume") + " job/pi'");
        }
        return new Options(p.words(), suspend);
    }

    static int run(Session session, Options options) {
        Selection selection = Selection.of(session.cluster(), options.words());
        return Writing.each(session, selection.items(), item -> change(session, options.suspend(), item));
    }

    private static int change(Session session, boolean suspend, Selection.Item item) {
        String name = item.one();
        if (!item.type().equals(KnownTypes.JOBS) && !item.type().equals(KnownTypes.CRON_JOBS)) {
            throw new CommandError("only Jobs and CronJobs can be suspended, not "
                    + item.type().label(name));
        }
        ObjectNode patch = Json.MAPPER.createObjectNode();
        patch.putObject("spec").put("suspend", suspend);
        ObjectNode before = session.cluster().get(item.type(), session.namespace(), name);
        boolean same = before.path("spec").path("suspend").asBoolean() == suspend;
        if (!same) {
            session.cluster()
                    .patch(
                            item.type(),
                            session.namespace(),
                            name,
                            "application/merge-patch+json",
                            Json.write(patch),
                            Map.of("fieldManager", "jobctl"));
        }
        session.out()
                .println(
                        item.type().label(name) + (suspend ? " suspended" : " resumed") + (same ? " (no change)" : ""));
        return Exit.OK;
    }
}
