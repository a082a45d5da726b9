package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
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
import org.jspecify.annotations.Nullable;

/// `jobctl create cronjob`: a CronJob from an image, a schedule and a command.
public final class CreateCronJobVerb {
    /// @param command empty for the image's own
    record Options(
            String name,
            String image,
            String schedule,
            String restart,
            List<String> command,
            @Nullable String output,
            Flags.DryRun dryRun) {}

    private CreateCronJobVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("create cronjob")
                .summary("Create a CronJob from an image and a schedule")
                .words("NAME --image=IMAGE --schedule=SCHEDULE [-- COMMAND [ARG...]]")
                .command()
                .value("--image", "IMAGE", "Image of the container")
                .value("--schedule", "SCHEDULE", "When it runs, such as '0 3 * * *' or @hourly")
                .value("--restart", "POLICY", "What happens to a container that fails: OnFailure (default) or Never")
                .examples("jobctl create cronjob nightly --image=busybox --schedule='0 3 * * *' -- echo hello");
        return Flags.dryRun(Flags.output(command)).build(CreateCronJobVerb::read, CreateCronJobVerb::run);
    }

    private static Options read(Parsed p) {
        String name = Flags.oneName(p.words(), "create cronjob");
        @Nullable String image = p.text("--image");
        @Nullable String schedule = p.text("--schedule");
        @Nullable String restart = p.text("--restart");
        @Nullable List<String> after = p.after();
        if (image == null || schedule == null) {
            throw new UsageError("required flag(s) \"" + (image == null ? "image" : "schedule") + "\" not set"
                    + "\nSee 'jobctl create cronjob -h' for help and examples");
        }
        return new Options(
                name,
                image,
                schedule,
                restart == null || restart.isEmpty() ? "OnFailure" : restart,
                after == null ? List.of() : after,
                p.text("--output"),
                Flags.dryRun(p));
    }

    static int run(Session session, Options options) {
        Report report = Report.each(session, options.output());
        ObjectNode cronJob = cronJob(options);
        ObjectNode made =
                options.dryRun() == Flags.DryRun.CLIENT ? typed(session, cronJob) : create(session, options, cronJob);
        report.tell(KnownTypes.CRON_JOBS, made, "created" + options.dryRun().suffix());
        return Exit.OK;
    }

    private static ObjectNode cronJob(Options options) {
        ObjectNode cronJob =
                Json.MAPPER.createObjectNode().put("apiVersion", "batch/v1").put("kind", "CronJob");
        cronJob.putObject("metadata").put("name", options.name());
        ObjectNode template =
                cronJob.putObject("spec").put("schedule", options.schedule()).putObject("jobTemplate");
        template.putObject("metadata").put("name", options.name());
        ObjectNode job = CreateJobVerb.fromImage(options.name(), options.image(), options.command());
        job.withObject("/spec/template/spec").put("restartPolicy", options.restart());
        template.set("spec", job.path("spec"));
        return cronJob;
    }

    /// With the empty parts that kubectl shows of an object that no server has seen.
    private static ObjectNode typed(Session session, ObjectNode cronJob) {
        Writing.unseen(session, cronJob);
        ObjectNode template = cronJob.withObject("/spec/jobTemplate");
        template.withObjectProperty("metadata").putNull("creationTimestamp");
        CreateJobVerb.typedPods(template);
        cronJob.putObject("status");
        return cronJob;
    }

    private static ObjectNode create(Session session, Options options, ObjectNode cronJob) {
        Map<String, String> query = options.dryRun().query("kubectl-create", null);
        try {
            return session.cluster().create(KnownTypes.CRON_JOBS, session.namespace(), cronJob, query);
        } catch (ApiError e) {
            throw new CommandError("failed to create cronjob: " + e.getMessage(), e);
        }
    }
}
