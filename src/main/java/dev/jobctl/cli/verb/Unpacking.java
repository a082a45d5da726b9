package dev.jobctl.cli.verb;

import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.tar.TarEntry;
import dev.jobctl.cli.tar.TarReader;
import dev.jobctl.resource.value.GoQuote;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the entries of an archive come to lie on this machine. The archive is a stranger's: nothing is written outside
/// the target, neither by a name with `..` nor through a link, and links are never made.
final class Unpacking {
    private static final int PIECE = 16 * 1024;

    /// What is told on the way.
    ///
    /// @param exec how a command runs beside that container, for the hint
    record Notes(PrintStream err, String exec) {}

    private final Path target;
    /// The same, as the user named it.
    private final Path shown;

    /// What the names in the archive begin with, and what is cut off.
    private final List<String> prefix;

    private final String source;
    private final Notes notes;
    private boolean hinted;

    /// `source` is what the archive was asked for.
    Unpacking(Path directory, String target, String source, Notes notes) {
        this.shown = Path.of(target).normalize();
        this.target = directory.resolve(target).normalize();
        // As tar does: nothing of a name up to the last `..` is in the archive.
        List<String> asked = parts(source);
        this.prefix = asked.subList(asked.lastIndexOf("..") + 1, asked.size());
        this.source = source;
        this.notes = notes;
    }

    /// Throws [IOException] when the archive is broken, and [CommandError] when its content cannot be written.
    void take(TarEntry entry, TarReader archive) throws IOException {
        Path inside = inside(entry.name());
        Path named = shown(inside);
        switch (entry.type()) {
            case FILE -> write(inside, archive::read);
            case DIRECTORY -> {
                if (!directories(inside)) {
                    outside(named);
                }
            }
            case HARD_LINK -> link(entry, inside);
            case SYMLINK -> skip("symlink", named, entry.link());
            case SPECIAL -> notes.err().println("warning: skipping special file: " + GoQuote.of(named.toString()));
        }
    }

    /// Copies the content of an earlier entry, which is what the link stands for.
    private void link(TarEntry entry, Path inside) throws IOException {
        Path earlier = inside(entry.link());
        Path file = target.resolve(earlier);
        if (!leadsInside(earlier) || !Files.isRegularFile(file)) {
            skip("hard link", shown(inside), entry.link());
        } else if (!earlier.equals(inside)) {
            try (InputStream content = Files.newInputStream(file)) {
                write(inside, content::read);
            }
        }
    }

    private void skip(String what, Path named, String link) {
        String hint = hinted
                ? ""
                : " (consider using \"" + notes.exec() + " tar cf - " + GoQuote.of(source) + " | tar xf -\")";
        hinted = true;
        notes.err()
                .println("warning: skipping " + what + ": " + GoQuote.of(named.toString()) + " -> " + GoQuote.of(link)
                        + hint);
    }

    private void outside(Path named) {
        notes.err()
                .println("warning: file " + GoQuote.of(named.toString()) + " is outside target destination, skipping");
    }

    /// What follows the prefix; it may still begin with `..`.
    private Path inside(String name) throws IOException {
        List<String> parts = parts(name);
        if (parts.size() < prefix.size() || !parts.subList(0, prefix.size()).equals(prefix)) {
            throw new IOException("tar contents corrupted");
        }
        try {
            return Path.of("", parts.subList(prefix.size(), parts.size()).toArray(String[]::new))
                    .normalize();
        } catch (InvalidPathException e) {
            throw new IOException("tar contents corrupted", e);
        }
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("/")));
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        return parts;
    }

    /// Reads as an [InputStream] does.
    private interface Content {
        int read(byte[] piece) throws IOException;
    }

    private void write(Path inside, Content content) throws IOException {
        Path named = shown(inside);
        Path file = target.resolve(inside);
        Path parent = inside.getParent();
        if (inside.toString().isEmpty()) {
            // What the user named may be a link, and anywhere.
            create(target.getParent(), named);
        } else if (!leadsInside(inside) || !directories(parent == null ? Path.of("") : parent)) {
            outside(named);
            return;
        }
        byte[] piece = new byte[PIECE];
        try (OutputStream out = open(file, named)) {
            for (int length = content.read(piece); length >= 0; length = content.read(piece)) {
                put(out, piece, length, named);
            }
        }
    }

    private static OutputStream open(Path file, Path named) {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw CopyVerb.failed("open", named, e);
        }
    }

    private static void put(OutputStream out, byte[] piece, int length, Path named) {
        try {
            out.write(piece, 0, length);
        } catch (IOException e) {
            throw CopyVerb.failed("write", named, e);
        }
    }

    /// Makes the directories of that path in the target; false when one would lie outside.
    private boolean directories(Path inside) throws IOException {
        if (!leadsInside(inside)) {
            return false;
        }
        create(target, shown);
        create(target.resolve(inside), shown(inside));
        return true;
    }

    private static void create(@Nullable Path directory, Path named) {
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CommandError("mkdir " + named + ": not a directory", e);
        } catch (IOException e) {
            throw CopyVerb.failed("mkdir", named, e);
        }
    }

    /// Whether that path stays in the target: it has no `..` before all, and none of its parts is a link that leads
    /// out, or nowhere.
    private boolean leadsInside(Path inside) throws IOException {
        if (inside.startsWith("..")) {
            return false;
        }
        Path at = target;
        for (Path part : inside) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at) && !within(at)) {
                return false;
            }
        }
        return true;
    }

    private boolean within(Path link) throws IOException {
        try {
            return link.toRealPath().startsWith(target.toRealPath());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path shown(Path inside) {
        return printed(shown.resolve(inside).normalize());
    }

    private static Path printed(Path path) {
        return path.toString().isEmpty() ? Path.of(".") : path;
    }
}
