package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.cli.file.Entries;
import dev.jobctl.resource.value.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `jobctl create configmap` and `jobctl create secret generic`: what Jobs read, from files and literals.
public final class CreateSettingsVerb {
    private static final String GENERIC = "generic";

    /// @param secretType of a Secret; null for the server's default
    record Options(
            Kind kind,
            String name,
            List<String> files,
            List<String> variables,
            List<String> literals,
            @Nullable String secretType,
            @Nullable String output,
            Flags.DryRun dryRun) {}

    /// Which of the two.
    enum Kind {
        CONFIG_MAP("ConfigMap"),
        SECRET("Secret");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        ResourceType type() {
            return this == SECRET ? KnownTypes.SECRETS : KnownTypes.CONFIG_MAPS;
        }
    }

    /// Faults in kubectl's words.
    private record Words(Kind kind, String name) implements Entries.Owner {
        @Override
        public String wrongKey(String key, String reason) {
            return "\"" + key + "\" is not "
                    + (kind == Kind.SECRET ? "valid key name for a Secret " : "a valid key name for a ConfigMap: ")
                    + reason;
        }

        @Override
        public String noDirectory() {
            return "env " + (kind == Kind.SECRET ? "secret" : "config") + " file cannot be a directory";
        }

        @Override
        public String twice(String key) {
            return kind == Kind.SECRET
                    ? "cannot add key " + key + ", another key by that name already exists"
                    : "cannot add key \"" + key + "\", another key by that name already exists in Data for ConfigMap \""
                            + name + "\"";
        }
    }

    private CreateSettingsVerb() {}

    static Command<Options> configMap() {
        Command.Builder command = Command.named("create configmap")
                .summary("Create a ConfigMap from files, directories or literal values")
                .words("NAME")
                .examples(
                        "jobctl create configmap settings --from-literal=mode=fast --from-file=rules.txt",
                        "jobctl create configmap settings --from-env-file=job.env");
        return sources(command).build(p -> read(p, Kind.CONFIG_MAP, p.words()), CreateSettingsVerb::run);
    }

    static Command<Options> secret() {
        Command.Builder command = Command.named("create secret")
                .summary("Create a Secret from files, directories or literal values")
                .words("generic NAME")
                .value("--type", "TYPE", "Type of the Secret; Opaque where none is given")
                .examples(
                        "jobctl create secret generic token --from-file=token.txt",
                        "jobctl create secret generic login --from-literal=user=me --from-literal=password=x");
        return sources(command).build(CreateSettingsVerb::readSecret, CreateSettingsVerb::run);
    }

    private static Command.Builder sources(Command.Builder command) {
        command.values("--from-file", "[KEY=]PATH", "A file, under its name or KEY, or the files of a directory")
                .values("--from-env-file", "FILE", "A file with lines of KEY=VALUE")
                .values("--from-literal", "KEY=VALUE", "A value");
        return Flags.dryRun(Flags.output(command));
    }

    private static Options readSecret(Parsed p) {
        List<String> words = p.words();
        if (words.isEmpty() || !words.getFirst().equals(GENERIC)) {
            throw new UsageError(
                    "the kind of Secret is required, and here it is 'generic', such as 'jobctl create secret"
                            + " generic NAME --from-file=FILE'; others can be made with 'create -f FILE'");
        }
        return read(p, Kind.SECRET, words.subList(1, words.size()));
    }

    private static Options read(Parsed p, Kind kind, List<String> words) {
        String name = Flags.oneName(words, kind == Kind.SECRET ? "create secret" : "create configmap");
        Options options = new Options(
                kind,
                name,
                p.parts("--from-file"),
                p.parts("--from-env-file"),
                p.texts("--from-literal"),
                kind == Kind.SECRET ? p.text("--type") : null,
                p.text("--output"),
                Flags.dryRun(p));
        if (!options.variables().isEmpty()
                && (!options.files().isEmpty() || !options.literals().isEmpty())) {
            throw new CommandError("from-env-file cannot be combined with from-file or from-literal");
        }
        return options;
    }

    static int run(Session session, Options options) {
        Report report = Report.each(session, options.output());
        Entries entries = new Entries(session.terminal(), new Words(options.kind(), options.name()));
        ObjectNode object = object(
                options,
                options.variables().isEmpty()
                        ? entries.of(options.files(), options.literals())
                        : entries.ofVariables(options.variables()));
        ResourceType type = options.kind().type();
        if (options.dryRun() == Flags.DryRun.CLIENT) {
            Writing.unseen(session, object);
        } else {
            object = create(session, options, object);
        }
        report.tell(type, object, "created" + options.dryRun().suffix());
        return Exit.OK;
    }

    private static ObjectNode object(Options options, Map<String, byte[]> entries) {
        ObjectNode object =
                Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", options.kind().title);
        object.putObject("metadata").put("name", options.name());
        entries.forEach((key, bytes) -> {
            String encoded = Base64.getEncoder().encodeToString(bytes);
            if (options.kind() == Kind.SECRET) {
                object.withObjectProperty("data").put(key, encoded);
                return;
            }
            Entries.utf8(bytes)
                    .ifPresentOrElse(
                            text -> object.withObjectProperty("data").put(key, text),
                            () -> object.withObjectProperty("binaryData").put(key, encoded));
        });
        if (options.secretType() != null) {
            object.put("type", options.secretType());
        }
        return object;
    }

    private static ObjectNode create(Session session, Options options, ObjectNode object) {
        Map<String, String> query = options.dryRun().query("kubectl-create", null);
        try {
            return session.cluster().create(options.kind().type(), session.namespace(), object, query);
        } catch (ApiError e) {
            String start = options.kind() == Kind.SECRET ? "secret " : "configmap: ";
            throw new CommandError("failed to create " + start + e.getMessage(), e);
        }
    }
}
