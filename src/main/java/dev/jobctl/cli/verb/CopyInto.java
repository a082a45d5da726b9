package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.tar.TarEntry;
import dev.jobctl.cli.tar.TarEntry.Owner;
import dev.jobctl.cli.tar.TarEntry.Type;
import dev.jobctl.cli.tar.TarWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Copies what lies on this machine into a container: a `tar` there unpacks what is packed here on the way.
final class CopyInto {
    /// For the look whether the target is a directory.
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);

    private static final int BUFFER = 16 * 1024;
    private static final int PERMISSIONS = 07777;

    private CopyInto() {}

    static int run(Session session, CopyVerb.Options options) {
        String source = options.from().path();
        Path local = session.terminal().directory().resolve(source);
        if (!Files.exists(local)) {
            throw new CommandError(source + " doesn't exist in local filesystem");
        }
        CopyPod pod = CopyPod.find(session, options.to(), options.container());
        Path target = Path.of(options.to().path());
        if (directory(pod, target)) {
            target = target.resolve(base(Path.of(source).normalize()));
        }
        return send(session, pod, local.normalize(), target.normalize(), options.preserve());
    }

    /// The name in the target; none for `.` and `..`, whose content goes into the target itself.
    private static String base(Path source) {
        String name = String.valueOf(source.getFileName());
        return source.getNameCount() == 0 || name.equals("..") ? "" : name;
    }

    private static boolean directory(CopyPod pod, Path target) {
        try (Conversation look = pod.exec(false, List.of("test", "-d", target.toString()))) {
            look.within(LOOK_LIMIT);
            Optional<JsonNode> end = look.ended(OutputStream.nullOutputStream());
            return Conversation.succeeded(end.orElseThrow(() -> new CommandError("whether " + target
                    + " is a directory, the container did not say in time: context deadline exceeded")));
        }
    }

    private static int send(Session session, CopyPod pod, Path local, Path target, boolean preserve) {
        List<String> command = new ArrayList<>(List.of("tar"));
        if (!preserve) {
            command.addAll(List.of("--no-same-permissions", "--no-same-owner"));
        }
        @Nullable Path parent = target.getParent();
        command.addAll(List.of("-xmf", "-", "-C", parent == null ? root(target) : parent.toString()));
        String name = String.valueOf(target.getFileName() == null ? "." : target.getFileName());
        try (Conversation talk = pod.exec(true, command)) {
            talk.feed(out -> pack(session, local, name.isEmpty() ? "." : name, out));
            talk.output(session.err()).transferTo(session.out());
            return Conversation.code(session, talk.end());
        } catch (IOException e) {
            throw new CommandError("cannot write: " + e.getMessage(), e);
        }
    }

    private static String root(Path target) {
        return target.isAbsolute() ? "/" : ".";
    }

    private static void pack(Session session, Path local, String name, OutputStream to) throws IOException {
        TarWriter archive = new TarWriter(new BufferedOutputStream(to, BUFFER));
        pack(session, archive, local, name);
        archive.finish();
    }

    /// A directory comes to be with its first file; only an empty one has an entry of its own.
    private static void pack(Session session, TarWriter archive, Path file, String name) throws IOException {
        TarEntry entry = entry(file, name);
        switch (entry.type()) {
            case DIRECTORY -> {
                List<Path> files = files(file);
                if (files.isEmpty()) {
                    archive.put(entry);
                }
                for (Path each : files) {
                    pack(session, archive, each, name + "/" + each.getFileName());
                }
            }
            case SYMLINK -> archive.put(entry);
            case FILE, HARD_LINK -> content(archive, file, entry);
            case SPECIAL -> session.err().println("warning: skipping special file: \"" + file + "\"");
        }
    }

    private static void content(TarWriter archive, Path file, TarEntry entry) {
        try (InputStream content = Files.newInputStream(file)) {
            archive.put(entry, content);
        } catch (IOException e) {
            throw CopyVerb.failed("open", file, e);
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw CopyVerb.failed("open", directory, e);
        }
    }

    private static TarEntry entry(Path file, String name) {
        try {
            var facts = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Type type = type(facts);
            return new TarEntry(
                    name,
                    type,
                    type == Type.SYMLINK ? Files.readSymbolicLink(file).toString() : "",
                    type == Type.FILE ? facts.size() : 0,
                    number(file, "unix:mode") & PERMISSIONS,
                    new Owner(
                            Integer.toUnsignedLong(number(file, "unix:uid")),
                            Integer.toUnsignedLong(number(file, "unix:gid")),
                            facts.owner().getName(),
                            facts.group().getName()),
                    facts.lastModifiedTime().toInstant());
        } catch (IOException e) {
            throw CopyVerb.failed("lstat", file, e);
        }
    }

    private static int number(Path file, String fact) throws IOException {
        return (int) Objects.requireNonNull(Files.getAttribute(file, fact, LinkOption.NOFOLLOW_LINKS));
    }

    private static Type type(PosixFileAttributes facts) {
        if (facts.isSymbolicLink()) {
            return Type.SYMLINK;
        }
        if (facts.isDirectory()) {
            return Type.DIRECTORY;
        }
        return facts.isRegularFile() ? Type.FILE : Type.SPECIAL;
    }
}
