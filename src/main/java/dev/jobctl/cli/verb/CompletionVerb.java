package dev.jobctl.cli.verb;

import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import java.util.Map;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// `jobctl completion`: a script that completes verbs and options.
public final class CompletionVerb {
    /// @param shell `bash` or `zsh`; one script serves both
    record Options(String shell) {}

    private CompletionVerb() {}

    static Command<Options> command() {
        return Command.named("completion")
                .summary("Print a script that completes verbs and options")
                .words("bash | zsh")
                .examples("source <(jobctl completion bash)")
                .build(CompletionVerb::read, CompletionVerb::run);
    }

    private static Options read(Parsed p) {
        if (p.words().size() != 1 || !p.words().getFirst().matches("bash|zsh")) {
            throw new UsageError("name a shell: 'jobctl completion bash' or 'jobctl completion zsh'");
        }
        return new Options(p.words().getFirst());
    }

    static int run(Session session, Options options) {
        session.out().print(AutoComplete.bash("jobctl", tree()));
        return Exit.OK;
    }

    /// All verbs as one tree; those of two words hang under the first.
    private static CommandLine tree() {
        CommandLine root = new CommandLine(CommandSpec.create().name("jobctl"));
        Map<String, CommandLine> parents = new TreeMap<>();
        Verbs.all().forEach((name, command) -> {
            int space = name.indexOf(' ');
            if (space < 0) {
                CommandLine line = new CommandLine(command.get().spec());
                parents.put(name, line);
                root.addSubcommand(name, line);
                return;
            }
            String first = name.substring(0, space);
            String second = name.substring(space + 1);
            CommandLine parent = parents.computeIfAbsent(first, word -> {
                CommandLine made = new CommandLine(CommandSpec.create().name(word));
                root.addSubcommand(word, made);
                return made;
            });
            parent.addSubcommand(second, new CommandLine(command.get().spec().name(second)));
        });
        return root;
    }
}
