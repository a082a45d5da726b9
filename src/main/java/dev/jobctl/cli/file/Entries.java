package dev.jobctl.cli.file;

import dev.jobctl.cli.Terminal;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.resource.value.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The entries of a ConfigMap or Secret as a command line gives them: files, directories, lines of KEY=VALUE, literals.
/// Owned by one command's thread.
public final class Entries {
    /// More than any object may hold, all together: what is larger is not read to its end.
    private static final int LIMIT = 3 << 20;

    private final Terminal terminal;
    private final Owner owner;
    private final Map<String, byte[]> all = new TreeMap<>();
    private int size;

    /// In whose words faults are told.
    public interface Owner {
        /// A key is none for that reason.
        String wrongKey(String key, String reason);

        String noDirectory();

        String twice(String key);
    }

    public Entries(Terminal terminal, Owner owner) {
        this.terminal = terminal;
        this.owner = owner;
    }

    /// By key. Throws [CommandError] for whatever cannot be had.
    public Map<String, byte[]> of(List<String> files, List<String> literals) {
        files.forEach(this::file);
        literals.forEach(this::literal);
        return all;
    }

    /// The same of files with lines of KEY=VALUE; of a KEY alone the caller's environment knows the value.
    public Map<String, byte[]> ofVariables(List<String> files) {
        for (String file : files) {
            if (Files.isDirectory(terminal.directory().resolve(file))) {
                throw new CommandError(owner.noDirectory());
            }
            String text = text(file, read(file));
            for (String line : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r?\n", -1)) {
                variable(line);
            }
        }
        return all;
    }

    /// Each line must be UTF-8: a value that is not would be another one.
    private static String text(String file, byte[] bytes) {
        return utf8(bytes).orElseThrow(() -> {
            List<String> lines = List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
            int at = 0;
            while (utf8(lines.get(at).getBytes(StandardCharsets.ISO_8859_1)).isPresent()) {
                at++;
            }
            return new CommandError("env file " + file + " contains invalid utf8 bytes at line " + (at + 1));
        });
    }

    /// Empty for bytes that are no text.
    public static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException binary) { // which it may be
            return Optional.empty();
        }
    }

    private void variable(String line) {
        String whole = line.stripLeading();
        if (whole.isEmpty() || whole.startsWith("#")) {
            return;
        }
        int equals = whole.indexOf('=');
        String key = equals < 0 ? whole : whole.substring(0, equals);
        Names.environmentVariable(key).stream().findFirst().ifPresent(reason -> {
            throw new CommandError("\"" + key + "\" is not a valid key name: " + reason);
        });
        put(key, equals < 0 ? terminal.environment().getOrDefault(key, "") : whole.substring(equals + 1));
    }

    private void literal(String literal) {
        int equals = literal.indexOf('=');
        if (equals <= 0) {
            throw new CommandError("invalid literal source " + literal + ", expected key=value");
        }
        put(literal.substring(0, equals), literal.substring(equals + 1));
    }

    /// `PATH` or `KEY=PATH`.
    private void file(String source) {
        int equals = source.indexOf('=');
        String key = source.substring(0, Math.max(equals, 0));
        String name = source.substring(equals + 1);
        if (name.indexOf('=') >= 0) {
            throw new CommandError("key names or file paths cannot contain '='");
        }
        if (equals == 0) {
            throw new CommandError("key name for file path " + name + " missing");
        }
        if (name.isEmpty()) {
            throw new CommandError(
                    equals > 0
                            ? "file path for key name " + key + " missing"
                            : "file path missing: --from-file is empty");
        }
        Path path = terminal.directory().resolve(name);
        if (!Files.isDirectory(path)) {
            String last = String.valueOf(Path.of(name).getFileName());
            put(equals > 0 ? key : last, read(name));
        } else if (equals > 0) {
            throw new CommandError("cannot give a key name for a directory path");
        } else {
            inside(name, path)
                    .forEach(file -> put(file, read(Path.of(name, file).toString())));
        }
    }

    /// Regular files of a directory, not those of its folders.
    private static List<String> inside(String name, Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandError("error listing files in " + name + ": " + reason(e), e);
        }
    }

    private byte[] read(String name) {
        try (InputStream in = Files.newInputStream(terminal.directory().resolve(name))) {
            byte[] bytes = in.readNBytes(LIMIT + 1 - size);
            size += bytes.length;
            if (size > LIMIT) {
                throw new CommandError(
                        "error reading " + name + ": more than 3 MiB in all; an object holds 1 MiB at most");
            }
            return bytes;
        } catch (IOException e) {
            throw new CommandError("error reading " + name + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    private void put(String key, String value) {
        put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String key, byte[] value) {
        Names.configKey(key).stream().findFirst().ifPresent(reason -> {
            throw new CommandError(owner.wrongKey(key, reason));
        });
        if (all.put(key, value) != null) {
            throw new CommandError(owner.twice(key));
        }
    }
}
