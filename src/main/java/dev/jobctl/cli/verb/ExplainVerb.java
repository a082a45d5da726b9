package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `jobctl explain`: what the fields of a type mean, from what the server says of itself, in kubectl's form.
public final class ExplainVerb {
    /// @param fields from the type's top down
    record Options(
            String type,
            List<String> fields,
            boolean recursive,
            @Nullable String apiVersion) {}

    private ExplainVerb() {}

    static Command<Options> command() {
        return Command.named("explain")
                .summary("Tell what the fields of a type mean")
                .words("TYPE[.FIELD...]")
                .flag("--recursive", "All fields below, by name and type only")
                .value("--api-version", "VERSION", "Group and version of the type, such as batch/v1")
                .examples(
                        "jobctl explain job",
                        "jobctl explain job.spec.podFailurePolicy",
                        "jobctl explain cj --recursive")
                .build(ExplainVerb::read, ExplainVerb::run);
    }

    private static Options read(Parsed p) {
        if (p.words().size() != 1) {
            throw new UsageError("You must specify the type of resource to explain, such as 'jobctl explain job.spec'");
        }
        List<String> parts = List.of(p.words().getFirst().split("\\.", -1));
        return new Options(
                parts.getFirst(), parts.subList(1, parts.size()), p.flag("--recursive"), p.text("--api-version"));
    }

    static int run(Session session, Options options) {
        ResourceType named = Selection.type(session.cluster(), options.type());
        ResourceType type = options.apiVersion() == null
                ? named
                : session.cluster()
                        .types()
                        .byKind(options.apiVersion(), named.kind())
                        .orElseThrow(() -> new CommandError("couldn't find resource for \"" + options.apiVersion()
                                + ", Kind=" + named.kind() + "\""));
        String group = type.group().isEmpty() ? "api/" + type.version() : "apis/" + type.apiVersion();
        Schema document = new Schema(session.cluster().read("/openapi/v3/" + group));
        JsonNode schema = document.ofKind(type)
                .orElseThrow(() -> new CommandError("the server does not describe " + type.qualifiedPlural()));
        ExplainPage page = new ExplainPage(document);
        page.head(type);
        for (String field : options.fields()) {
            JsonNode found = document.fields(schema).path(field);
            if (found.isMissingNode()) {
                session.out().print(page.text());
                throw new CommandError("field \"" + field + "\" does not exist");
            }
            schema = found;
        }
        if (!options.fields().isEmpty()) {
            page.field(options.fields().getLast(), schema);
        }
        page.body(schema, options.recursive());
        session.out().print(page.text());
        return Exit.OK;
    }
}
