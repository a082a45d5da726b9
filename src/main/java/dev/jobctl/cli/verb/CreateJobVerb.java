package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.resource.value.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl create job`: a Job from an image and a command, or from a CronJob's template.
public final class CreateJobVerb {
    /// @param command empty for the image's own
    record Options(
            String name,
            @Nullable String image,
            @Nullable String from,
            List<String> command,
            @Nullable String output,
            Flags.DryRun dryRun) {}

    private CreateJobVerb() {}

    static Command<Options> command() {
        Command.Builder command = Command.named("create job")
                .summary("Create a Job from an image, or from a CronJob")
                .words("NAME [-- COMMAND [ARG...]]")
                .command()
                .value("--image", "IMAGE", "Image of the container")
                .value("--from", "cronjob/NAME", "CronJob whose template is taken")
                .examples(
                        "jobctl create job hello --image=busybox -- echo hello",
                        "jobctl create job now --from=cronjob/nightly");
        return Flags.dryRun(Flags.output(command)).build(CreateJobVerb::read, CreateJobVerb::run);
    }

    private static Options read(Parsed p) {
        @Nullable List<String> after = p.after();
        return new Options(
                Flags.oneName(p.words(), "create job"),
                p.text("--image"),
                p.text("--from"),
                after == null ? List.of() : after,
                p.text("--output"),
                Flags.dryRun(p));
    }

    static int run(Session session, Options options) {
        Report report = Report.each(session, options.output());
        if ((options.image() == null) == (options.from() == null)) {
            throw new CommandError("either --image or --from must be specified");
        }
        if (options.from() != null && !options.command().isEmpty()) {
            throw new CommandError("cannot specify --from and command");
        }
        ObjectNode job = options.from() != null
                ? fromCronJob(session, options.name(), options.from())
                : fromImage(options.name(), String.valueOf(options.image()), options.command());
        ObjectNode made = options.dryRun() == Flags.DryRun.CLIENT ? typed(session, job) : create(session, options, job);
        report.tell(KnownTypes.JOBS, made, "created" + options.dryRun().suffix());
        return Exit.OK;
    }

    private static ObjectNode create(Session session, Options options, ObjectNode job) {
        Map<String, String> query = options.dryRun().query("kubectl-create", null);
        try {
            return session.cluster().create(KnownTypes.JOBS, session.namespace(), job, query);
        } catch (ApiError e) {
            throw new CommandError("failed to create job: " + e.getMessage(), e);
        }
    }

    /// With the empty parts that kubectl shows of an object that no server has seen.
    private static ObjectNode typed(Session session, ObjectNode job) {
        Writing.unseen(session, job);
        typedPods(job);
        job.putObject("status");
        return job;
    }

    /// The same in the pod template below `spec`.
    static void typedPods(ObjectNode job) {
        job.withObject("/spec/template/metadata").putNull("creationTimestamp");
        for (JsonNode container : job.at("/spec/template/spec/containers")) {
            if (!container.has("resources")) {
                ((ObjectNode) container).putObject("resources");
            }
        }
    }

    /// A Job of one container of the Job's own name, never restarted in place.
    static ObjectNode fromImage(String name, String image, List<String> command) {
        ObjectNode job = named(name);
        ObjectNode pod = job.putObject("spec").putObject("template").putObject("spec");
        ObjectNode container =
                pod.putArray("containers").addObject().put("name", name).put("image", image);
        if (!command.isEmpty()) {
            command.forEach(container.putArray("command")::add);
        }
        pod.put("restartPolicy", "Never");
        return job;
    }

    private static ObjectNode fromCronJob(Session session, String name, String from) {
        int slash = from.indexOf('/');
        if (slash < 0) {
            throw new CommandError("arguments in resource/name form must have a single resource and name");
        }
        ResourceType type = Selection.type(session.cluster(), from.substring(0, slash));
        ObjectNode owner = session.cluster().get(type, session.namespace(), from.substring(slash + 1));
        if (!type.equals(KnownTypes.CRON_JOBS)) {
            throw new CommandError("unknown object type *" + type.version() + "." + type.kind());
        }
        JsonNode template = owner.path("spec").path("jobTemplate");
        ObjectNode job = named(name);
        ObjectNode metadata = job.withObjectProperty("metadata");
        ObjectNode annotations = metadata.putObject("annotations").put("cronjob.kubernetes.io/instantiate", "manual");
        template.path("metadata")
                .path("annotations")
                .properties()
                .forEach(e -> annotations.set(e.getKey(), e.getValue()));
        if (template.path("metadata").path("labels").isObject()) {
            metadata.set("labels", template.path("metadata").path("labels"));
        }
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "batch/v1")
                .put("kind", "CronJob")
                .put("name", owner.path("metadata").path("name").asText())
                .put("uid", owner.path("metadata").path("uid").asText())
                .put("controller", true);
        job.set("spec", template.path("spec"));
        return job;
    }

    private static ObjectNode named(String name) {
        ObjectNode job =
                Json.MAPPER.createObjectNode().put("apiVersion", "batch/v1").put("kind", "Job");
        job.putObject("metadata").put("name", name);
        return job;
    }
}
