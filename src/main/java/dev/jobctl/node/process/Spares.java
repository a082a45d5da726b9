package dev.jobctl.node.process;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Supervisors started ahead of need: shells that have read `supervisor.sh` and wait on their standard input for what
/// to supervise. Making one takes three programs in a row, using one a fork. Safe from any thread.
///
/// The end of input ends a spare, so that none outlives this process; what was cut short by a sudden death is a syntax
/// error and runs nothing.
final class Spares implements AutoCloseable {
    /// One to use while the next is made, and one more for pods that end at once.
    private static final int COUNT = 2;

    /// Fits into every pipe, so that writing never waits.
    private static final int BYTES_MAX = 16 << 10;

    private final ProcessBuilder builder;
    private final byte[] script;
    private final Log log;
    private final BlockingQueue<Supervisor.Child> ready = new ArrayBlockingQueue<>(COUNT);
    private final AtomicBoolean making = new AtomicBoolean();
    private volatile boolean wanted;
    private volatile boolean closed;

    /// `builder` makes a shell that reads its commands from standard input.
    Spares(ProcessBuilder builder, String script, Log log) {
        this.builder = builder;
        this.script = script.getBytes(StandardCharsets.US_ASCII);
        this.log = log;
    }

    /// Whether a spare can take these commands at all: plain characters, and not too many.
    static boolean fits(String commands) {
        return commands.length() <= BYTES_MAX && commands.chars().allMatch(c -> c > 0 && c < 0x7F);
    }

    /// Lets a spare run `commands`, which must [#fits]. Null when there is none.
    Supervisor.@Nullable Child use(String commands) {
        for (Supervisor.@Nullable Child spare = ready.poll(); spare != null; spare = ready.poll()) {
            try (OutputStream in = spare.process().getOutputStream()) {
                in.write(("{\n" + commands + "\n}\n").getBytes(StandardCharsets.US_ASCII));
                in.flush();
                return spare;
            } catch (IOException e) { // somebody killed it
                log.debug("spare supervisor is gone", "pid", spare.process().pid(), "failure", e.getMessage());
            }
        }
        return null;
    }

    /// Tells that a container was started. Where one is, more follow; the very first is often the only one.
    void refill() {
        if (!wanted) {
            wanted = true;
        } else if (!closed && ready.remainingCapacity() > 0 && making.compareAndSet(false, true)) {
            Thread.ofVirtual().name("spares").start(this::fill);
        }
    }

    private void fill() {
        try {
            while (!closed && ready.remainingCapacity() > 0) {
                ready.add(make());
            }
        } catch (IOException e) { // the next start goes its own way, and says why if it cannot
            log.debug("no spare supervisor", "failure", e.getMessage());
        } finally {
            making.set(false);
            if (closed) {
                drain();
            }
        }
    }

    private Supervisor.Child make() throws IOException {
        Supervisor.Child made = Supervisor.Child.of(builder.start());
        OutputStream in = made.process().getOutputStream();
        in.write(script);
        in.flush();
        return made;
    }

    private void drain() {
        List<Supervisor.Child> left = new ArrayList<>();
        ready.drainTo(left);
        left.forEach(spare -> spare.process().destroyForcibly());
    }

    @Override
    public void close() {
        closed = true;
        drain();
    }
}
