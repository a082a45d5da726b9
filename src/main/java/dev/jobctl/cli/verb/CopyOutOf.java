package dev.jobctl.cli.verb;

import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.tar.TarEntry;
import dev.jobctl.cli.tar.TarReader;
import java.io.IOException;

/// Copies what lies in a container onto this machine: a `tar` there packs it, and what comes is unpacked here on the
/// way.
final class CopyOutOf {
    private CopyOutOf() {}

    static int run(Session session, CopyVerb.Options options) {
        CopyPod pod = CopyPod.find(session, options.from(), options.container());
        String path = options.from().path();
        Unpacking target = new Unpacking(
                session.terminal().directory(),
                options.to().path(),
                path,
                new Unpacking.Notes(
                        session.err(), "jobctl exec -n \"" + pod.namespace() + "\" \"" + pod.name() + "\" --"));
        try (PodArchive packed = new PodArchive(session, pod, path, options.retries())) {
            try {
                TarReader archive = new TarReader(packed);
                for (TarEntry entry = archive.next(); entry != null; entry = archive.next()) {
                    target.take(entry, archive);
                }
            } catch (IOException e) {
                // A tar that failed says why, and with which code; what it left behind says less.
                int code = packed.code(false);
                if (code != Exit.OK) {
                    return code;
                }
                throw new CommandError(String.valueOf(e.getMessage()), e);
            }
            return packed.code(true);
        }
    }
}
