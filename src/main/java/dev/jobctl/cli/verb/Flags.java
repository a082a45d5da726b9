package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.cli.file.Sources;
import dev.jobctl.cli.output.Form;
import dev.jobctl.cli.output.Objects;
import dev.jobctl.std.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Options that several verbs share.
final class Flags {
    private Flags() {}

    static Command.Builder files(Command.Builder command) {
        return command.values("-f --filename", "FILE", "File, directory, or - for standard input")
                .flag("-R --recursive", "Look in folders of a directory too");
    }

    static Sources files(Parsed parsed) {
        List<String> names = parsed.texts("--filename").stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .toList();
        return new Sources(names, parsed.flag("--recursive"));
    }

    static Command.Builder selectors(Command.Builder command) {
        return command.value("-l --selector", "SELECTOR", "Only objects with these labels, such as app=x,tier!=y")
                .value("--field-selector", "SELECTOR", "Only objects with these fields, such as metadata.name=x")
                .flag("-A --all-namespaces", "Objects of all namespaces");
    }

    static Map<String, String> selectors(@Nullable String labels, @Nullable String fields) {
        Map<String, String> query = new LinkedHashMap<>();
        if (labels != null && !labels.isEmpty()) {
            query.put("labelSelector", labels);
        }
        if (fields != null && !fields.isEmpty()) {
            query.put("fieldSelector", fields);
        }
        return query;
    }

    static Command.Builder output(Command.Builder command) {
        return command.value("-o --output", "FORMAT", "json, yaml, name or jsonpath=");
    }

    static Form form(@Nullable String output, Session session) {
        try {
            return Form.of(output, name -> contents(session, name));
        } catch (IllegalArgumentException e) {
            throw new CommandError(String.valueOf(e.getMessage()), e);
        }
    }

    private static String contents(Session session, String name) {
        try {
            return Files.readString(session.terminal().directory().resolve(name));
        } catch (IOException e) {
            throw new CommandError("error reading template " + name + ": " + e.getMessage(), e);
        }
    }

    /// The text of a jsonpath template filled in. Throws [CommandError] when the template does not fit the object.
    static String filled(Form.Path path, JsonNode tree, boolean allowMissing) {
        try {
            return Objects.filled(path, tree, allowMissing);
        } catch (IllegalArgumentException e) {
            throw new CommandError(String.valueOf(e.getMessage()), e);
        }
    }

    static Command.Builder dryRun(Command.Builder command) {
        return command.valueOrBare(
                "--dry-run", "MODE", "client", "none, client (nothing is sent) or server (nothing is stored)");
    }

    static DryRun dryRun(Parsed parsed) {
        String mode = parsed.choice("--dry-run", "none", "client", "server");
        return mode == null ? DryRun.NONE : DryRun.valueOf(mode.toUpperCase(java.util.Locale.ROOT));
    }

    /// How far a change goes.
    enum DryRun {
        NONE(""),
        CLIENT(" (dry run)"),
        SERVER(" (server dry run)");

        private final String suffix;

        DryRun(String suffix) {
            this.suffix = suffix;
        }

        /// What stands behind the report of what was done.
        String suffix() {
            return suffix;
        }

        /// The query of a changing request, which a client's dry run never sends.
        Map<String, String> query(String manager) {
            Check.that(this != CLIENT, "a dry run on the client's side sends no change");
            Map<String, String> query = new LinkedHashMap<>();
            query.put("fieldManager", manager);
            if (this == SERVER) {
                query.put("dryRun", "All");
            }
            return query;
        }

        /// The same for a request with whole objects. `validation` is the value of `--validate`, null for the strict
        /// one.
        Map<String, String> query(String manager, @Nullable String validation) {
            Map<String, String> query = query(manager);
            query.put("fieldValidation", Writing.fieldValidation(validation));
            return query;
        }
    }

    /// The only word of a verb that takes one name.
    static String oneName(List<String> words, String verb) {
        if (words.size() != 1) {
            throw new UsageError("exactly one NAME is required, got " + words.size() + "\nSee 'jobctl " + verb
                    + " -h' for help and examples");
        }
        return words.getFirst();
    }

    static void requireWordsOrFiles(List<String> words, Sources files, String what) {
        if (words.isEmpty() && files.isEmpty()) {
            throw new UsageError(what);
        }
    }
}
