package dev.jobctl.node.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Whether a pod may begin. Storing its object takes a disk some milliseconds, in which it is made ready; nobody else
/// may see anything of that. Then the gate opens, or the pod never was. Safe from any thread.
public final class StartGate {
    private final CompletableFuture<Boolean> decided = new CompletableFuture<>();

    /// Of a pod whose object is stored.
    public static StartGate opened() {
        StartGate gate = new StartGate();
        gate.open();
        return gate;
    }

    public void open() {
        decided.complete(true);
    }

    /// The object was not stored.
    public void drop() {
        decided.complete(false);
    }

    public boolean isOpen() {
        return decided.getNow(false);
    }

    /// Tells what is decided, on the thread that decides or on this one: what is told must be quick.
    public void whenDecided(Consumer<Boolean> told) {
        decided.thenAccept(told);
    }

    /// Waits until it is known. False when the pod must leave no trace.
    public boolean await() {
        return decided.join();
    }
}
