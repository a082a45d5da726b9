package dev.jobctl.launch;

import dev.jobctl.launch.wire.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends this process when the daemon takes no command: one that was stopped accepts connections and says nothing. Over
/// as soon as it has said anything, since what a command does may take as long as it likes.
final class Stall extends Thread {
    /// Longer than any healthy daemon needs to read a command, on a busy machine.
    private static final int PATIENCE_SECONDS = 20;

    private final Home home;
    private final CountDownLatch answered = new CountDownLatch(1);

    Stall(Home home) {
        this.home = home;
        setDaemon(true);
    }

    /// The daemon has answered, or is not asked any more.
    void over() {
        answered.countDown();
    }

    @Override
    public void run() {
        try {
            if (!answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(Main.complain(text()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String text() {
        String pid;
        try {
            pid = Files.readString(home.ownerLock()).strip();
        } catch (IOException e) {
            pid = "";
        }
        String process = pid.isEmpty() ? "" : " (process " + pid + ")";
        String ways = pid.isEmpty()
                ? ""
                : "; 'kill -CONT " + pid + "' lets it go on if it was stopped, 'kill -KILL " + pid
                        + "' ends it, and its pods go on";
        return "the daemon" + process + " does not answer" + ways;
    }
}
