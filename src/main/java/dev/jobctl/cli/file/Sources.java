package dev.jobctl.cli.file;

import dev.jobctl.cli.Terminal;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.UsageError;
import dev.jobctl.resource.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Finds the files that `-f` and `-R` name, and reads them.
///
/// @param names as the user gave them
public record Sources(List<String> names, boolean recursive) {
    /// What stands for standard input in messages, as in kubectl.
    static final String STDIN = "STDIN";

    public Sources {
        names = List.copyOf(names);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /// One file's name and bytes. A file over the reader's limit is not read: its `bytes` are empty.
    record Content(String name, byte[] bytes, long size) {}

    List<Content> read(Terminal terminal) {
        List<Content> contents = new ArrayList<>();
        for (String name : names) {
            if (name.equals("-")) {
                contents.add(standardInput(terminal));
            } else if (name.startsWith("http://") || name.startsWith("https://")) {
                throw new UsageError("cannot read manifests from a URL; download " + name + " first and name the file");
            } else {
                files(terminal, name).forEach(file -> contents.add(content(terminal, file)));
            }
        }
        return contents;
    }

    private static Content standardInput(Terminal terminal) {
        try {
            byte[] bytes = terminal.in().readNBytes((int) YamlReader.MAX_BYTES + 1);
            return new Content(STDIN, bytes, bytes.length);
        } catch (IOException e) {
            throw new CommandError("cannot read standard input: " + e.getMessage(), e);
        }
    }

    private List<String> files(Terminal terminal, String name) {
        Path path = terminal.directory().resolve(name);
        if (name.isEmpty() || !Files.exists(path)) { // an empty name resolves to the directory itself
            List<String> matches = matches(terminal, name);
            if (matches.isEmpty()) {
                throw new CommandError("the path \"" + name + "\" does not exist");
            }
            return matches.stream()
                    .flatMap(match -> files(terminal, match).stream())
                    .toList();
        }
        if (!Files.isDirectory(path)) {
            return List.of(name);
        }
        try (Stream<Path> inside = Files.walk(path, recursive ? Integer.MAX_VALUE : 1)) {
            List<String> found = inside.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(json|ya?ml)"))
                    .sorted()
                    .map(file -> Path.of(name).resolve(path.relativize(file)).toString())
                    .toList();
            if (found.isEmpty()) {
                throw new CommandError("error reading [" + name
                        + "]: recognized file extensions are [.json .yaml .yml]; there is no such file in it"
                        + (recursive ? "" : ", add -R to look in its folders"));
            }
            return found;
        } catch (IOException e) {
            throw new CommandError("cannot read the directory \"" + name + "\": " + e.getMessage(), e);
        }
    }

    /// What a pattern that no shell has replaced stands for, as in `-f 'jobs/*.yaml'`. In order; empty for none.
    private static List<String> matches(Terminal terminal, String pattern) {
        Path parts = Path.of(pattern);
        int fixed = 0;
        while (fixed < parts.getNameCount() && !parts.getName(fixed).toString().matches(".*[*?\\[].*")) {
            fixed++;
        }
        if (fixed == parts.getNameCount()) {
            return List.of();
        }
        Path start = fixed == 0 ? Path.of("") : parts.subpath(0, fixed);
        Path named = parts.isAbsolute() ? Path.of("/").resolve(start) : start;
        Path rest = parts.subpath(fixed, parts.getNameCount());
        try {
            Path from = terminal.directory().resolve(named).toRealPath(); // a walk does not go through a link
            // Braces and two stars mean more to Java than to a shell or kubectl.
            String glob = rest.toString().replaceAll("[{}]", "\\\\$0").replaceAll("\\*+", "*");
            PathMatcher matcher = from.getFileSystem().getPathMatcher("glob:" + glob);
            try (Stream<Path> inside = Files.walk(from, rest.getNameCount())) {
                return inside.filter(path -> !path.equals(from))
                        .map(from::relativize)
                        .filter(matcher::matches)
                        .sorted()
                        .map(match -> named.resolve(match).toString())
                        .toList();
            }
        } catch (IOException | UncheckedIOException | PatternSyntaxException e) {
            return List.of();
        }
    }

    private static Content content(Terminal terminal, String name) {
        Path path = terminal.directory().resolve(name);
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.isRegularFile(path) ? Files.size(path) : 0;
            byte[] bytes = size > YamlReader.MAX_BYTES ? new byte[0] : in.readNBytes((int) YamlReader.MAX_BYTES + 1);
            return new Content(name, bytes, Math.max(size, bytes.length));
        } catch (java.nio.file.AccessDeniedException e) {
            throw new CommandError("the path \"" + name + "\" cannot be accessed: permission denied", e);
        } catch (IOException e) {
            throw new CommandError("cannot read \"" + name + "\": " + e.getMessage(), e);
        }
    }
}
