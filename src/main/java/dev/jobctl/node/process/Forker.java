package dev.jobctl.node.process;

import dev.jobctl.std.Check;
import dev.jobctl.std.Log;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The process that runs `forker.pl`, a Perl program: it forks the supervisors of containers, which costs a fraction of
/// starting programs for them, and puts containers into sandboxes by system calls. Started with the first container.
/// Safe from any thread. When it is killed, its supervisors go on, and the next container starts another.
final class Forker implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final List<String> perl;
    private final Path pods;
    private final Log log;
    private final AtomicLong orders = new AtomicLong();
    /// Held while an order is written, so that orders do not mix; the reader at the other end only ever forks.
    private final ReentrantLock writing = new ReentrantLock();

    private volatile @Nullable Serving serving;
    private volatile boolean closed;

    /// One attempt on its way: each part is known after the one before.
    ///
    /// @param serving the forker's life that has its order
    /// @param order by which the forker knows it
    /// @param shortcut to the supervisor of an attempt that waits
    /// @param recorded fails when the attempt was not begun
    /// @param running the empty text, or why the program does not run
    /// @param ended the exit code; fails when the forker died before it was told
    record Birth(
            Serving serving,
            long order,
            Shortcut shortcut,
            CompletableFuture<Recorded> recorded,
            CompletableFuture<String> running,
            CompletableFuture<Integer> ended) {
        Birth(Serving serving, long order) {
            this(
                    serving,
                    order,
                    new Shortcut(),
                    new CompletableFuture<>(),
                    new CompletableFuture<>(),
                    new CompletableFuture<>());
        }

        /// Throws [Taken] when another supervisor has the attempt, [Unanswered] when nobody can say, and
        /// [IOException] when it was not begun.
        Recorded awaitRecorded(Duration patience) throws IOException {
            try {
                return recorded.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                String why = String.valueOf(cause.getMessage());
                if (cause instanceof Unanswered) {
                    throw new Unanswered(why, cause);
                }
                throw why.equals("taken") ? new Taken() : new IOException(why, cause);
            } catch (TimeoutException e) {
                throw new Unanswered("no answer from the process that starts containers", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unanswered("interrupted", e);
            }
        }

        /// Says that nobody means the supervisor any more by this attempt, which has ended: it may keep another one.
        void free() {
            recorded.thenAccept(known -> serving.free().add(known.pid()));
        }

        /// Empty when the program runs, or nobody can say after some patience; else why it does not.
        String awaitRunning(Duration patience) {
            try {
                return running.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }

        void lost(Throwable why) {
            recorded.completeExceptionally(why);
            running.complete("");
            ended.completeExceptionally(why);
        }
    }

    /// Another supervisor has recorded the attempt before.
    static final class Taken extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /// Whether the attempt was begun, or will be, nobody can say.
    static final class Unanswered extends IOException {
        private static final long serialVersionUID = 1L;

        Unanswered(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }

    /// The supervisor is known on disk.
    record Recorded(long pid, long startTicks) {}

    /// One life of the process. Maps are filled by callers and emptied by its reader.
    ///
    /// @param free supervisors that may keep another attempt, until the next order says so
    record Serving(
            Process process, DataOutputStream in, Map<Long, Birth> unborn, Map<Long, Birth> alive, Queue<Long> free) {
        /// Tells in an order which supervisors are free.
        OrderFields release(OrderFields order) {
            for (Long pid = free.poll(); pid != null; pid = free.poll()) {
                order.tell('f', pid.toString());
            }
            return order;
        }
    }

    /// `pods` has the directories of pods.
    Forker(Path perl, Path pods, Log log) {
        this.pods = pods;
        this.perl = List.of(perl.toString(), "-e", script());
        this.log = log;
    }

    /// The same; empty where there is no Perl, or the kernel is not Linux.
    static Optional<Forker> find(Path pods, Log log) {
        if (!ProcessTable.available()) {
            return Optional.empty();
        }
        return List.of("/usr/bin/perl", "/bin/perl", "/usr/local/bin/perl").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new Forker(path, pods, log));
    }

    /// Throws [IOException] when no process can be made.
    Birth fork(OrderFields order) throws IOException {
        long id = orders.incrementAndGet();
        writing.lock();
        try {
            Serving now = serving();
            byte[] bytes = now.release(order.tell('i', Long.toString(id))).bytes();
            Birth birth = new Birth(now, id);
            now.unborn().put(id, birth);
            now.in().write(bytes);
            now.in().flush();
            return birth;
        } finally {
            writing.unlock();
        }
    }

    /// Lets an attempt go on whose order said that it waits; or it leaves nothing. When the forker that has it is gone,
    /// so is the attempt.
    void decide(Birth waiting, boolean goes) {
        String word = waiting.shortcut().close() ? " 2" : goes ? " 1" : " 0";
        byte[] words = (waiting.order() + word).getBytes(StandardCharsets.UTF_8);
        writing.lock();
        try {
            if (!goes) {
                waiting.serving().unborn().remove(waiting.order());
            }
            DataOutputStream in = waiting.serving().in();
            in.writeInt(Integer.BYTES + words.length);
            in.writeInt(0); // no supervisor's part
            in.write(words);
            in.flush();
        } catch (IOException e) {
            log.debug("forker is gone", "failure", e.getMessage());
        } finally {
            writing.unlock();
        }
    }

    /// A process of its own that runs one order where a supervisor keeps the container with that record, or beside it.
    Process enter(long supervisor, Path run, OrderFields order) throws IOException {
        return run(order, "enter", Long.toString(supervisor), run.toString());
    }

    /// A process that makes a process namespace with that record, and ends with 0; or says what is wrong.
    Process pause(Path record) throws IOException {
        return builder("pause", record.toString()).start();
    }

    private Process run(OrderFields order, String... words) throws IOException {
        Process process = builder(words).start();
        process.getOutputStream().write(order.bytes());
        process.getOutputStream().flush();
        return process;
    }

    /// Makes a sandbox and ends: with code 0, or with what is wrong on standard error.
    Process probe() throws IOException {
        return run(new OrderFields().add('s', "1").add('n', "probe"), "probe");
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> words = new ArrayList<>(perl);
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(Path.of("/").toFile());
        builder.environment().clear();
        return builder;
    }

    private Serving serving() throws IOException {
        if (closed) {
            throw new IOException("the runtime is closed");
        }
        if (serving == null || !serving.process().isAlive()) {
            Process process = builder("serve", pods.toString())
                    .redirectError(Redirect.DISCARD)
                    .start();
            Serving started = new Serving(
                    process,
                    new DataOutputStream(process.getOutputStream()),
                    new ConcurrentHashMap<>(),
                    new ConcurrentHashMap<>(),
                    new ConcurrentLinkedQueue<>());
            serving = started;
            Thread.ofVirtual().name("forker").start(() -> read(started));
            process.onExit().thenRun(() -> lose(started));
        }
        return serving;
    }

    private void read(Serving from) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(from.process().getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard(from, line);
            }
        } catch (IOException e) {
            log.debug("forker is gone", "failure", e.getMessage());
        }
    }

    /// One line that nobody understands must not keep the others from being read.
    private void heard(Serving from, String line) {
        try {
            take(from, line.split(" ", 4));
        } catch (RuntimeException e) {
            log.error("forker's line", e, "line", line);
        }
    }

    /// Supervisors that live on tell their ends still, but one that is killed now would not be missed.
    private static void lose(Serving gone) {
        IOException why = new Unanswered("the process that starts containers has ended", null);
        gone.unborn().values().forEach(birth -> birth.lost(why));
        gone.alive().values().forEach(birth -> birth.lost(why));
    }

    private static void take(Serving from, String[] words) {
        long number = Long.parseLong(words[1]);
        switch (words[0]) {
            case "W" -> {
                Birth birth = from.unborn().get(number);
                if (birth != null) {
                    birth.shortcut().opens(from.process().pid(), words[2]);
                }
            }
            case "P" -> {
                Birth birth = from.unborn().get(number);
                if (birth != null) {
                    long pid = Long.parseLong(words[2]);
                    from.alive().put(pid, birth);
                    birth.recorded().complete(new Recorded(pid, Long.parseLong(words[3])));
                }
            }
            case "S" -> born(from, number, "");
            case "F" -> born(from, number, text(words));
            case "E" -> {
                Birth birth = from.alive().remove(number);
                if (birth != null) {
                    birth.running().complete("");
                    birth.ended().complete(Integer.parseInt(words[2]));
                }
            }
            default -> Check.that(false, "forker said %s", String.join(" ", words));
        }
    }

    private static void born(Serving from, long id, String why) {
        Birth birth = from.unborn().remove(id);
        if (birth != null) {
            birth.recorded().completeExceptionally(new IOException(why));
            birth.running().complete(why);
        }
    }

    private static String text(String[] words) {
        return words.length > 3 ? words[2] + " " + words[3] : words.length > 2 ? words[2] : "";
    }

    /// Comments are for readers of the source, not for the argument list of the process.
    private static String script() {
        try (InputStream in = Forker.class.getResourceAsStream("forker.pl")) {
            Check.that(in != null, "forker.pl is not in the program");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^ *#.*\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Who writes to a forker that does not read any more holds the lock until that one is gone.
    private void freeTheWriter() {
        try {
            @Nullable Serving stuck = serving;
            if (writing.tryLock(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                writing.unlock();
            } else if (stuck != null) {
                stuck.process().destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        freeTheWriter();
        writing.lock();
        try {
            if (serving != null) {
                serving.in().close();
            }
        } catch (IOException e) {
            log.debug("closing the forker", "failure", e.getMessage());
        } finally {
            writing.unlock();
        }
    }
}
