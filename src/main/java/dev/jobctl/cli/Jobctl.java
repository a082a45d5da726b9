package dev.jobctl.cli;

import dev.jobctl.cli.cluster.Connections;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Failures;
import dev.jobctl.cli.command.Globals;
import dev.jobctl.cli.command.Line;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.verb.Help;
import dev.jobctl.cli.verb.ObjectNames;
import dev.jobctl.cli.verb.Verbs;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.HeadStart;
import dev.jobctl.std.Time;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The command line. One instance serves all commands of a process, each on its own thread; it keeps open connections
/// and what is known of the types, nothing else. `close` ends the connections.
public final class Jobctl implements AutoCloseable {
    /// Who presses a key waits no longer for one request; the front waits for all of them as long as its own limit.
    private static final Duration COMPLETION_LIMIT = Duration.ofSeconds(2);

    private final Connections connections = new Connections();
    private final Schemas schemas = new Schemas();
    private final Time time;

    public Jobctl(Time time) {
        this.time = time;
    }

    /// Does ahead, on a thread of its own, what every process does once. Worth it where a Job comes soon.
    public static void headStart() {
        Thread.ofPlatform().daemon().name("head-start").start(HeadStart::take);
    }

    /// Runs one command line, without the program's name, and returns its exit code. Prints to `terminal` only.
    public int run(List<String> argv, Terminal terminal, LocalControl local, RunPlane runPlane) {
        boolean debug = argv.contains("--debug");
        try {
            return dispatch(argv, terminal, local, runPlane);
        } catch (RuntimeException e) { // the edge of a command: whatever happened becomes a message
            return Failures.report(e, terminal, debug);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    private int dispatch(List<String> argv, Terminal terminal, LocalControl local, RunPlane runPlane) {
        if (argv.size() > 1 && argv.getFirst().equals(ObjectNames.VERB)) {
            return complete(argv.subList(1, argv.size()), terminal, local, runPlane);
        }
        Line line = Line.split(argv, Verbs.names());
        String verb = line.verb();
        if (verb == null) {
            return Help.overview(terminal, line.rest());
        }
        if (verb.equals("help")) {
            return Help.of(terminal, line.rest());
        }
        @Nullable Supplier<Command<?>> command = Verbs.named(verb);
        if (command == null) {
            boolean asked = line.rest().contains("-h") || line.rest().contains("--help");
            return asked ? Help.ofGroup(terminal, verb) : Help.unknown(terminal, verb);
        }
        return run(command.get(), line.rest(), terminal, local, runPlane);
    }

    /// The line is not finished, so that what it lacks is no error worth a word: the shell throws that away.
    private int complete(List<String> words, Terminal terminal, LocalControl local, RunPlane runPlane) {
        boolean namespaces = ObjectNames.namespaceAsked(words);
        String last = words.getLast();
        int dropped = namespaces && !last.startsWith("-") ? 2 : 1;
        Line line = Line.split(words.subList(0, words.size() - dropped), Verbs.names());
        @Nullable Supplier<Command<?>> known = line.verb() == null ? null : Verbs.named(line.verb());
        if (known == null || line.rest().contains("--")) {
            return Exit.ERROR;
        }
        Command<?> command = known.get();
        Parsed parsed = command.parse(line.rest());
        Globals globals = Globals.of(parsed).within(COMPLETION_LIMIT);
        Session session = new Session(terminal, globals, local, runPlane, connections, schemas, time);
        return new ObjectNames(command.label(), parsed.words(), last, namespaces).print(session);
    }

    private <O> int run(
            Command<O> command, List<String> words, Terminal terminal, LocalControl local, RunPlane runPlane) {
        Parsed parsed = command.parse(words);
        Globals globals = Globals.of(parsed);
        if (globals.help()) {
            terminal.out().print(command.help(terminal.colours()));
            return Exit.OK;
        }
        O options = command.options(parsed);
        int code = command.run(new Session(terminal, globals, local, runPlane, connections, schemas, time), options);
        return terminal.cancelled().isDone() ? Exit.INTERRUPTED : code;
    }

    @Override
    public void close() {
        connections.close();
    }
}
