package dev.jobctl.launch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C or SIGTERM in a process that holds the whole program: the work is told, and gets time to end what it started;
/// then the JVM exits with 128 and the signal's number. To be registered as a shutdown hook.
final class Interruption extends Thread {
    /// A pod's default grace period, and as much again for the rest.
    private static final int GOODBYE_SECONDS = 60;

    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /// Completes when the signal comes.
    CompletableFuture<Void> cancelled() {
        return cancelled;
    }

    /// The work has ended; the JVM may.
    void done() {
        ended.countDown();
    }

    @Override
    public void run() {
        cancelled.complete(null);
        try {
            if (!ended.await(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                Main.complain("not ended within " + GOODBYE_SECONDS + " s of being told");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
