package dev.jobctl.node.runtime;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Pods' directories made ahead of need, each with a container's directory and its empty files. A new file can cost a
/// file system a millisecond, a rename costs it next to nothing, and a pod waits for the one or the other. Safe from
/// any thread.
///
/// They lie beside the pods' own under names with a dot, which no pod has. What an earlier life of the node left is
/// removed when the first one is made.
public final class SpareDirectories {
    /// One to use while the next is made, and one more for pods that end at once.
    private static final int COUNT = 2;

    private static final String PREFIX = ".spare-";

    /// ext4 spreads the children of the pods' home over the disk, and looks at all of that for each: so they get rows,
    /// each long enough to be worth its place and short enough to be left again.
    private static final int ROW = 64;

    private final Path podsHome;
    private final Log log;
    private final BlockingQueue<Spare> ready = new ArrayBlockingQueue<>(COUNT);
    private final AtomicBoolean making = new AtomicBoolean();
    /// Of the spares made so far; written by who holds `making`, and at the end.
    private final Deque<Path> rows = new ConcurrentLinkedDeque<>();

    private long made;
    /// The last container asked for: pods in a row mostly have the same.
    private volatile @Nullable String container;
    private volatile @Nullable Thread maker;
    private volatile boolean closed;

    private record Spare(Path path, String container) {}

    /// `podsHome` need not exist yet.
    public SpareDirectories(Path podsHome, Log log) {
        this.podsHome = podsHome;
        this.log = log;
    }

    /// The container's directory of this pod, made when missing, with mode 0700. Throws when it cannot be made.
    public void prepare(PodDirectory pod, String container) throws IOException {
        boolean again = container.equals(this.container);
        this.container = container;
        if (!take(pod, container)) {
            pod.prepare(container);
        }
        if (again && !closed && ready.remainingCapacity() > 0 && making.compareAndSet(false, true)) {
            maker = Thread.ofVirtual().name("spare directories").start(this::fill);
        }
    }

    private boolean take(PodDirectory pod, String container) throws IOException {
        @Nullable Spare spare = pod.exists() ? null : ready.poll();
        if (spare == null) {
            return false;
        }
        try {
            Files.move(spare.path(), pod.path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) { // somebody removed it: the pod makes its own
            log.debug("spare directory is gone", "directory", spare.path(), "failure", e);
            return false;
        }
        return spare.container().equals(container);
    }

    private void fill() {
        try {
            if (made == 0) {
                removeLeft();
            }
            for (String name = container; name != null && !closed && ready.remainingCapacity() > 0; name = container) {
                ready.add(make(name));
            }
        } catch (IOException e) { // the next pod goes its own way, and says why if it cannot
            log.debug("no spare directory", "failure", e);
        } finally {
            making.set(false);
            if (closed) {
                discard();
            }
        }
    }

    private Spare make(String container) throws IOException {
        if (made % ROW == 0) {
            removeRows();
            rows.add(podsHome.resolve(PREFIX + made / ROW));
        }
        PodDirectory spare = new PodDirectory(rows.getLast().resolve(Long.toString(made++ % ROW)));
        try {
            spare.prepare(container);
            AttemptFiles files = spare.attempt(container, 0);
            for (Path file : List.of(files.log(), files.blank(), files.termination(), spare.hosts(), spare.note())) {
                Files.createFile(file);
            }
            return new Spare(spare.path(), container);
        } catch (IOException e) {
            spare.delete();
            throw e;
        }
    }

    /// But for those of which a spare is not taken yet.
    private void removeRows() throws IOException {
        for (Path row : List.copyOf(rows)) {
            if (removed(row)) {
                rows.remove(row);
            }
        }
    }

    private static boolean removed(Path row) throws IOException {
        try {
            Files.deleteIfExists(row);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    private void removeLeft() throws IOException {
        for (PodDirectory left : PodDirectory.spares(podsHome, PREFIX)) {
            left.delete();
        }
    }

    private void discard() {
        try {
            for (Spare spare = ready.poll(); spare != null; spare = ready.poll()) {
                new PodDirectory(spare.path()).delete();
            }
            removeRows();
        } catch (IOException e) { // the next life of the node removes it
            log.debug("spare directory stays", "failure", e);
        }
    }

    /// Waits for the one under way.
    public void close() throws InterruptedException {
        closed = true;
        @Nullable Thread making = maker;
        if (making != null) {
            making.join();
        }
        discard();
    }
}
