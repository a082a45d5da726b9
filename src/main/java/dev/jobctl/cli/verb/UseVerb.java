package dev.jobctl.cli.verb;

import dev.jobctl.cli.cluster.Kubeconfig;
import dev.jobctl.cli.cluster.Remembered;
import dev.jobctl.cli.cluster.Targets;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `jobctl use`: remembers which cluster is meant when none is named.
public final class UseVerb {
    /// @param context null: only tell
    record Options(@Nullable String context) {}

    private UseVerb() {}

    static Command<Options> command() {
        return Command.named("use")
                .summary("Remember a context of your kubeconfig, or 'local' for this machine")
                .words("[CONTEXT | local]")
                .examples("jobctl use prod", "jobctl use local")
                .build(UseVerb::read, UseVerb::run);
    }

    private static Options read(Parsed p) {
        if (p.words().size() > 1) {
            throw new UsageError("use takes one context, or 'local'");
        }
        return new Options(p.words().isEmpty() ? null : p.words().getFirst());
    }

    static int run(Session session, Options options) {
        Targets targets = session.targets();
        String context = options.context();
        if (context == null) {
            session.out()
                    .println(targets.remembered()
                            .context()
                            .map(Remembered.Choice::context)
                            .orElse(Targets.LOCAL));
            return Exit.OK;
        }
        if (context.equals(Targets.LOCAL)) {
            targets.remembered().chooseLocal();
            session.out().println("Commands now go to the control plane of this machine.");
            return Exit.OK;
        }
        List<Path> files = targets.files(session.globals().target().kubeconfig()).stream()
                .map(Path::toAbsolutePath)
                .toList();
        String server = Kubeconfig.read(files).access(context).server();
        targets.remembered().choose(new Remembered.Choice(context, files));
        session.out().println("Commands now go to context \"" + context + "\" at " + server + ".");
        return Exit.OK;
    }
}
