package dev.jobctl.launch;

import dev.jobctl.launch.wire.BrokenRelease;
import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The command `jobctl`: through the daemon of the home where that is quicker or needed, otherwise in this process.
///
/// The launcher script says what a JDK-only program cannot find out cheaply, by system properties: `jobctl.dist` (the
/// release's directory), `jobctl.build` (its build's name), `jobctl.terminals` (which of the descriptors 0, 1, 2 are
/// terminals, as in `012`), `jobctl.width` (columns), `jobctl.front` (set when only the front's own jar is on the class
/// path).
public final class Main {
    /// How often a command is sent again that no daemon has taken: one that was just leaving, one of another build,
    /// one that is broken and has to be ended first.
    private static final int RETRIES = 3;

    /// How long a shell waits for names to complete a line with, at most: a key was pressed, and nothing asked for.
    private static final int COMPLETION_SECONDS = 3;

    private Main() {}

    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler(Main::uncaught);
        int code;
        try {
            code = run(arguments, System.getenv());
        } catch (HomeError | IOException e) {
            code = complain(String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            code = complain(BrokenRelease.inWords(e));
        }
        Runtime.getRuntime().halt(code);
    }

    /// A thread of the JDK's that watches files may trip over the end of its service while this process ends: nothing
    /// is lost by that, and nobody shall see it. Everything else is told.
    private static void uncaught(Thread thread, Throwable failure) {
        if (!(failure instanceof ClosedWatchServiceException)) {
            complain("internal error in thread " + thread.getName() + ": " + failure);
        }
    }

    /// Prints one line of complaint and returns the exit code 1.
    static int complain(String message) {
        System.err.println("jobctl: " + message);
        return 1;
    }

    /// The name of this build; a daemon of another one is replaced.
    static String build() {
        return System.getProperty("jobctl.build", "dev");
    }

    private static int run(String[] arguments, Map<String, String> environment) throws HomeError, IOException {
        String directory = System.getProperty("user.dir", "/");
        Home home = Home.of(environment, directory, System.getProperty("user.home", "/"));
        Route route = Route.of(arguments, environment, home);
        DaemonStart start = new DaemonStart(home);
        boolean completes = Route.completes(arguments);
        if (completes) {
            CompletableFuture.delayedExecutor(COMPLETION_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> Runtime.getRuntime().halt(1));
        }
        if (route == Route.HERE) {
            return new Here(home, command(arguments, environment, directory, false), start).run();
        }
        Connection connection = start.connect();
        if (connection == null
                && (route == Route.DAEMON_IF_RUNNING || route == Route.TARGET && home.remembersCluster())) {
            return new Here(home, command(arguments, environment, directory, false), start).run();
        }
        boolean started = connection == null;
        if (connection == null) {
            connection = start.startAndConnect();
        }
        int code = connection.run(command(arguments, environment, directory, started));
        for (int retry = 0; retry < RETRIES && code < 0 && !completes; retry++) {
            if (code == Connection.NOT_TAKEN && retry > 0) {
                start.dismiss();
            }
            code = start.startAndConnect().run(command(arguments, environment, directory, true));
        }
        return code < 0 ? complain("the daemon does not take commands; see " + home.log()) : code;
    }

    private static Frame.Command command(
            String[] arguments, Map<String, String> environment, String directory, boolean started) {
        String terminals = System.getProperty("jobctl.terminals", "");
        return new Frame.Command(
                Arrays.asList(arguments),
                environment,
                directory,
                terminals.indexOf('1') >= 0,
                terminals.indexOf('2') >= 0,
                Integer.getInteger("jobctl.width", 0),
                started);
    }
}
