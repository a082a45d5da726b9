package dev.jobctl.cli.file;

import dev.jobctl.cli.Terminal;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.resource.schema.Problem;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.schema.StrictDecoder;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.yaml.YamlDocument;
import dev.jobctl.resource.yaml.YamlFile;
import dev.jobctl.resource.yaml.YamlProblem;
import dev.jobctl.resource.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads all documents of all files and complains about everything wrong in any of them at once, with places.
public final class Manifests {
    private final Schemas schemas;

    public Manifests(Schemas schemas) {
        this.schemas = schemas;
    }

    /// How much is held against a document before it is sent.
    public enum Checking {
        /// Only what cannot be read at all; the server does the rest.
        READABLE,
        /// Unknown fields, duplicates and wrong types of kinds that we know.
        STRICT,
        /// That, and the values: for the local plane, whose rules are ours.
        FULL
    }

    /// Throws [CommandError] with a line for each complaint when anything is wrong anywhere.
    public List<Manifest> read(Sources sources, Terminal terminal, Checking checking) {
        List<Manifest> manifests = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        for (Sources.Content content : sources.read(terminal)) {
            YamlFile file = readFile(content);
            file.problems().forEach(problem -> complaints.add(problem.toString()));
            for (YamlDocument document : file.documents()) {
                check(document, checking).forEach(problem -> complaints.add(problem.toString()));
                manifests.add(new Manifest(document));
            }
        }
        if (!complaints.isEmpty()) {
            throw new CommandError(String.join("\nerror: ", complaints));
        }
        return manifests;
    }

    private static YamlFile readFile(Sources.Content content) {
        @Nullable YamlProblem size = YamlReader.tooLarge(content.name(), content.size());
        return size == null ? YamlReader.read(content.name(), content.bytes()) : new YamlFile(List.of(), List.of(size));
    }

    private List<YamlProblem> check(YamlDocument document, Checking checking) {
        List<YamlProblem> problems = new ArrayList<>(identity(document));
        String apiVersion = document.tree().path("apiVersion").asText("");
        String kindName = document.tree().path("kind").asText("");
        Optional<Kind> kind = Kinds.byName(apiVersion, kindName);
        if (!problems.isEmpty() || checking == Checking.READABLE) {
            return problems;
        }
        if (kind.isEmpty()) {
            closeKind(apiVersion, kindName)
                    .ifPresent(close -> problems.add(document.problem(
                            close.kind().equals(kindName) ? "apiVersion" : "kind",
                            "no matches for kind \"" + kindName + "\" in version \"" + apiVersion
                                    + "\"; did you mean kind \"" + close.kind() + "\" in version \""
                                    + close.apiVersion() + "\"?")));
            return problems;
        }
        StrictDecoder.Reading reading = new StrictDecoder(schemas).read(kind.get(), document.tree());
        reading.problems().forEach(problem -> problems.add(placed(document, problem)));
        if (problems.isEmpty() && checking == Checking.FULL) {
            problems.addAll(Values.check(kind.get(), reading.tree(), document));
        }
        return problems;
    }

    private static List<YamlProblem> identity(YamlDocument document) {
        List<YamlProblem> problems = new ArrayList<>();
        for (String field : List.of("apiVersion", "kind")) {
            if (!document.tree().path(field).isTextual()
                    || document.tree().path(field).asText().isBlank()) {
                problems.add(document.problem(
                        "",
                        field + " is not set; write " + field + ": " + (field.equals("kind") ? "Job" : "batch/v1")
                                + ", or what the object is"));
            }
        }
        return problems;
    }

    /// A served kind that differs only in case, by one or two letters, or in its version.
    private static Optional<Kind> closeKind(String apiVersion, String kind) {
        return Kinds.all().stream()
                .filter(k -> k.kind().equals(kind) || (k.apiVersion().equals(apiVersion) && close(k.kind(), kind)))
                .filter(k -> !apiVersion.contains(".") || apiVersion.startsWith(k.group() + "/"))
                .findFirst();
    }

    private static boolean close(String known, String written) {
        return known.equalsIgnoreCase(written)
                || (Math.abs(known.length() - written.length()) <= 1 && Distance.between(known, written) <= 2);
    }

    private static YamlProblem placed(YamlDocument document, Problem problem) {
        String message = switch (problem.type()) {
            case UNKNOWN_FIELD ->
                problem.suggestions().isEmpty()
                        ? "unknown field"
                        : "unknown field; did you mean \""
                                + problem.suggestions().getFirst() + "\"?";
            case DUPLICATE_FIELD -> "the field is written twice; keep one";
            case WRONG_TYPE -> problem.message();
        };
        return document.problem(problem.path(), message);
    }
}
