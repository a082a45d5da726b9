package dev.jobctl.cli.verb;

import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;

/// `jobctl completion`: a script that completes verbs and options.
public final class CompletionVerb {
    /// @param shell `bash` or `zsh`
    record Options(String shell) {}

    private CompletionVerb() {}

    static Command<Options> command() {
        return Command.named("completion")
                .summary("Print a script that completes verbs and options")
                .words("bash | zsh")
                .examples("source <(jobctl completion bash)", "jobctl completion zsh > ~/.zfunc/_jobctl")
                .build(CompletionVerb::read, CompletionVerb::run);
    }

    private static Options read(Parsed p) {
        if (p.words().size() != 1 || !p.words().getFirst().matches("bash|zsh")) {
            throw new UsageError("name a shell: 'jobctl completion bash' or 'jobctl completion zsh'");
        }
        return new Options(p.words().getFirst());
    }

    static int run(Session session, Options options) {
        session.out().print(options.shell().equals("zsh") ? Completions.zsh() : Completions.bash());
        return Exit.OK;
    }
}
