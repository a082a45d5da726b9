package dev.jobctl.daemon;

import dev.jobctl.cli.Jobctl;
import dev.jobctl.cli.Terminal;
import dev.jobctl.launch.wire.Entry;
import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The program behind the front's door: one command in this process, or the daemon of a home.
public final class Direct implements Entry {
    /// Columns where no terminal says otherwise.
    static final int DEFAULT_WIDTH = 80;

    private static final long MAX_LOG_BYTES = 10 << 20;

    private final LocalPlane.Opener opener;
    private final Commands commands;

    /// With the real plane and the real verbs.
    public Direct() {
        this(Wiring.opener(), Wiring.commands());
    }

    Direct(LocalPlane.Opener opener, Commands commands) {
        this.opener = opener;
        this.commands = commands;
    }

    @Override
    public int run(Home home, String build, Frame.Command command, Streams streams, DaemonStarter starter) {
        Log log = Log.none();
        if (command.arguments().contains("run")) { // pods come soon; another command does better alone
            Jobctl.headStart();
        }
        try (PrintStream out = new PrintStream(streams.out(), false, StandardCharsets.UTF_8);
                PrintStream errors = new PrintStream(streams.errors(), true, StandardCharsets.UTF_8);
                FrontControl control =
                        new FrontControl(new FrontControl.Parts(home, command.environment(), opener, starter, log))) {
            Terminal terminal = new Terminal(
                    out,
                    errors,
                    streams.in(),
                    command.environment(),
                    Path.of(command.directory()),
                    command.outputIsTerminal(),
                    command.errorsAreTerminal(),
                    command.width() > 0 ? command.width() : DEFAULT_WIDTH,
                    streams.cancelled(),
                    streams.programs()::run);
            return new Edge(commands, log, () -> {}).run(command.arguments(), terminal, control);
        }
    }

    @Override
    public int serve(
            Home home,
            String build,
            Map<String, String> environment,
            CompletableFuture<Void> terminated,
            Consumer<String> ready) {
        Time time = Time.system();
        Jobctl.headStart();
        try (RotatingLog file = new RotatingLog(home.log(), MAX_LOG_BYTES)) {
            Log log = new Log(file, level(environment), time, "daemon");
            Duration limit = IdleLimit.of(environment);
            Daemon.Parts parts = new Daemon.Parts(home, build, limit, opener, commands, time, log);
            try (Daemon daemon = Daemon.open(parts, environment)) {
                terminated.thenRun(() -> daemon.end(new Ending.Signalled()));
                ready.accept("");
                daemon.serve();
                return 0;
            } catch (HomeError | IOException | RuntimeException | LinkageError e) {
                log.error("no daemon", e);
                ready.accept(Trouble.inWords(e));
                return 1;
            }
        } catch (HomeError | IOException | RuntimeException | LinkageError e) {
            ready.accept(Trouble.inWords(e));
            return 1;
        }
    }

    private static Log.Level level(Map<String, String> environment) {
        return environment.getOrDefault("JOBCTL_LOG", "").equals("debug") ? Log.Level.DEBUG : Log.Level.INFO;
    }
}
