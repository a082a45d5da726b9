package dev.jobctl.launch;

import dev.jobctl.launch.wire.Entry;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Reaches the daemon of a home, and starts it. One front starts it, under the start lock; the others wait for that
/// lock and find it running. The daemon says on a pipe when it is ready, or why it cannot be.
final class DaemonStart implements Entry.DaemonStarter {
    /// Longer than any healthy start: recovery of a large state on a busy disk.
    private static final int DEADLINE_SECONDS = 60;

    private final Home home;

    DaemonStart(Home home) {
        this.home = home;
    }

    /// A connection to the running daemon; null when none answers. A socket file left by a killed one does not answer.
    @Nullable
    Connection connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Stall stall = new Stall(home);
        stall.start();
        try {
            channel.connect(home.address());
            return new Connection(channel, stall);
        } catch (IOException e) {
            stall.end();
            channel.close();
            return null;
        }
    }

    Connection startAndConnect() throws HomeError, IOException {
        start();
        Connection connection = connect();
        if (connection == null) {
            throw new HomeError("the daemon started and ended at once; see " + home.log());
        }
        return connection;
    }

    @Override
    public void start() throws HomeError {
        home.prepare();
        try (FileChannel lock =
                FileChannel.open(home.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (!answers()) {
                spawn();
            }
        } catch (IOException e) {
            throw new HomeError("cannot start the daemon: " + e.getMessage());
        }
    }

    /// Ends a daemon that answers but takes no commands, such as one whose program was removed under its feet. Its pods
    /// go on.
    void dismiss() throws HomeError {
        try {
            String pid = Files.readString(home.ownerLock()).strip();
            if (pid.isEmpty() || !answers()) {
                return;
            }
            Optional<ProcessHandle> daemon = ProcessHandle.of(Long.parseLong(pid));
            if (daemon.isPresent() && daemon.get().destroy()) {
                ProcessHandle ignored = daemon.get().onExit().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (IOException | NumberFormatException | ExecutionException | TimeoutException e) {
            throw new HomeError("the daemon takes no commands and does not end; see " + home.log());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HomeError("interrupted while waiting for the daemon to end");
        }
    }

    private boolean answers() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(home.address());
        } catch (IOException e) {
            return false;
        }
    }

    private void spawn() throws HomeError, IOException {
        String dist = System.getProperty("jobctl.dist");
        if (dist == null) {
            throw new HomeError(
                    "cannot start the daemon: not started by the launcher script (property jobctl.dist is missing)");
        }
        List<String> command = ownSession();
        command.add(Path.of(dist, "lib", "daemon").toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JOBCTL_HOME", home.path().toString());
        builder.directory(home.path().toFile());
        builder.redirectInput(new File("/dev/null"));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(home.log().toFile()));
        Process process = builder.start();
        Thread watchdog = new Watchdog(process);
        watchdog.setDaemon(true);
        watchdog.start();
        String said;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            said = reader.readLine();
        }
        watchdog.interrupt();
        if (said == null) {
            throw new HomeError("the daemon did not start; see " + home.log());
        }
        if (!said.equals("ready")) {
            throw new HomeError(said);
        }
    }

    /// What puts the daemon into a session of its own, so that neither Ctrl-C nor the terminal's end reaches it.
    private static List<String> ownSession() {
        List<String> prefix = new ArrayList<>();
        if (new File("/usr/bin/setsid").canExecute()) {
            prefix.add("/usr/bin/setsid");
        } else if (new File("/usr/bin/perl").canExecute()) {
            prefix.add("/usr/bin/perl");
            prefix.add("-e");
            prefix.add("use POSIX; POSIX::setsid(); exec @ARGV or die");
        } else {
            prefix.add("nohup");
        }
        return prefix;
    }

    /// Ends a daemon that does not become ready in time: its pipe closes, and the reader wakes up.
    private static final class Watchdog extends Thread {
        private final Process process;

        Watchdog(Process process) {
            this.process = process;
        }

        @Override
        public void run() {
            try {
                if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
