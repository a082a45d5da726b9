package dev.jobctl.cli.verb;

import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `jobctl cp`: files and directories into a container and out of it, by the container's own `tar`, as kubectl does.
public final class CopyVerb {
    /// One end of a copy.
    ///
    /// @param namespace null: the session's
    /// @param pod null: this machine
    /// @param path without a slash at its end
    record Place(@Nullable String namespace, @Nullable String pod, String path) {
        static Place parse(String word) {
            int colon = word.indexOf(':');
            if (colon < 0) {
                return new Place(null, null, trimmed(word));
            }
            String[] names = word.substring(0, colon).split("/", -1);
            if (colon == 0 || names.length > 2) {
                throw new UsageError("filespec must match the canonical format: [[namespace/]pod:]file/path");
            }
            return new Place(
                    names.length == 2 ? names[0] : null, names[names.length - 1], trimmed(word.substring(colon + 1)));
        }

        private static String trimmed(String path) {
            return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }
    }

    /// @param preserve owner and permissions, as far as the container's user may
    /// @param retries how often a copy out of a container that breaks off is resumed; negative: as often as it takes
    record Options(Place from, Place to, @Nullable String container, boolean preserve, long retries) {}

    private CopyVerb() {}

    static Command<Options> command() {
        return Command.named("cp")
                .summary("Copy files and directories into a container or out of it, which needs a 'tar'")
                .words("SOURCE TARGET")
                .value("-c --container", "NAME", "Which container")
                .flag("--no-preserve", "In the container, files belong to its user, with the usual permissions")
                .value(
                        "--retries",
                        "N",
                        "How often a copy out of a container that breaks off is resumed where it did; -1 for no end"
                                + " (default 0)")
                .examples(
                        "jobctl cp data.csv pi-abcde:/tmp/data.csv",
                        "jobctl cp pi-abcde:/tmp/results ./results -c main",
                        "jobctl cp batch/pi-abcde:/etc/hosts hosts",
                        "jobctl cp pi-abcde:/data/all.tar all.tar --retries 10")
                .build(CopyVerb::read, CopyVerb::run);
    }

    private static Options read(Parsed p) {
        if (p.words().size() != 2) {
            throw new UsageError("source and destination are required");
        }
        Place from = Place.parse(p.words().getFirst());
        Place to = Place.parse(p.words().getLast());
        if (from.pod() != null && to.pod() != null) {
            throw new UsageError("one of src or dest must be a local file specification");
        }
        if (from.path().isEmpty() || to.path().isEmpty()) {
            throw new UsageError("filepath can not be empty");
        }
        if (from.pod() == null && to.pod() == null) {
            throw new UsageError("one of src or dest must be a remote file specification");
        }
        Long retries = p.number("--retries");
        return new Options(from, to, p.text("--container"), !p.flag("--no-preserve"), retries == null ? 0 : retries);
    }

    static int run(Session session, Options options) {
        return options.from().pod() == null ? CopyInto.run(session, options) : CopyOutOf.run(session, options);
    }

    /// Something on this machine that did not go, in kubectl's words: `open data.csv: permission denied`.
    static CommandError failed(String deed, Path path, IOException e) {
        String reason = switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException system
            when system.getReason() != null -> system.getReason().toLowerCase(Locale.ROOT);
            default -> String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        };
        return new CommandError(deed + " " + path + ": " + reason, e);
    }
}
