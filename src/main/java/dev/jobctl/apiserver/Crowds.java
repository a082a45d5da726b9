package dev.jobctl.apiserver;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.std.Check;
import dev.jobctl.store.Change;
import dev.jobctl.store.Watch;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Watchers of one whole collection, in one form, want the same frames: one thread follows the changes for all of them,
/// makes each frame once and hands it round, so that a thousand threads need not wake for it. Whoever cannot take a
/// frame at once is sent away and goes on by itself from where it was: a slow reader never holds the others up.
///
/// Safe from any thread. A crowd's thread ends with its last seat.
final class Crowds {
    /// Frames are handed round in pieces of about this size.
    private static final int FULL = 64 * 1024;
    private static final Duration LONG = Duration.ofHours(1);

    private final ApiBackend backend;
    private final Function<Change<ObjectVersion>, byte[]> frame;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Crowd> crowds = new HashMap<>();

    Crowds(ApiBackend backend, Function<Change<ObjectVersion>, byte[]> frame) {
        this.backend = backend;
        this.frame = frame;
    }

    /// A seat for a reader that has been told all up to the revision `seen`. Null when it must first catch up by
    /// itself, or there is no following from there.
    @Nullable
    Seat join(String prefix, ApiResponse.Sink sink, long seen) {
        lock.lock();
        try {
            @Nullable Crowd crowd = crowds.get(prefix);
            if (crowd == null) {
                @Nullable Watch<ObjectVersion> watch = backend.watch(prefix, seen);
                if (watch == null) {
                    return null;
                }
                crowd = new Crowd(prefix, watch, seen);
                crowds.put(prefix, crowd);
                Thread.ofVirtual().name("watch " + prefix).start(crowd::follow);
            }
            if (seen < crowd.told) {
                return null;
            }
            Seat seat = new Seat(crowd, sink, seen);
            crowd.seats.add(seat);
            return seat;
        } finally {
            lock.unlock();
        }
    }

    /// The place of one reader.
    static final class Seat {
        private final Crowd crowd;
        private final ApiResponse.Sink sink;
        private final Semaphore bell = new Semaphore(0);
        private final ReentrantLock own = new ReentrantLock();
        private long seen;
        private boolean away;

        private Seat(Crowd crowd, ApiResponse.Sink sink, long seen) {
            this.crowd = crowd;
            this.sink = sink;
            this.seen = seen;
        }

        /// Until somebody wakes it, or for so long.
        void rest(Duration patience) throws InterruptedException {
            bell.tryAcquire(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        }

        void wake() {
            bell.release();
        }

        /// True when it was sent away. Before [#leave].
        boolean sentAway() {
            own.lock();
            try {
                return away;
            } finally {
                own.unlock();
            }
        }

        /// The revision up to which this reader has been told all; nothing is handed to it any more.
        long leave() {
            crowd.remove(this);
            own.lock();
            try {
                away = true;
                return seen;
            } finally {
                own.unlock();
            }
        }

        private void take(List<Piece> pieces, long upTo) {
            own.lock();
            try {
                for (Piece piece : pieces) {
                    if (!away && seen < piece.last()) {
                        if (sink.offer(piece.after(seen))) {
                            seen = piece.last();
                        } else {
                            sendAway();
                        }
                    }
                }
                if (!away) {
                    seen = Math.max(seen, upTo);
                }
            } finally {
                own.unlock();
            }
        }

        private void dismiss() {
            own.lock();
            try {
                sendAway();
            } finally {
                own.unlock();
            }
        }

        private void sendAway() {
            away = true;
            bell.release();
        }
    }

    /// Frames of some changes in a row.
    private record Piece(List<Change<ObjectVersion>> changes, List<byte[]> frames, byte[] all) {
        static Piece of(List<Change<ObjectVersion>> changes, List<byte[]> frames) {
            return new Piece(
                    List.copyOf(changes),
                    List.copyOf(frames),
                    frames.size() == 1 ? frames.getFirst() : joined(frames, 0));
        }

        long last() {
            return changes.getLast().revision();
        }

        /// Those that a reader of this revision has not seen.
        byte[] after(long seen) {
            int from = 0;
            while (changes.get(from).revision() <= seen) {
                from++;
            }
            return from == 0 ? all : joined(frames, from);
        }

        private static byte[] joined(List<byte[]> frames, int from) {
            ByteArrayOutputStream all = new ByteArrayOutputStream(FULL);
            frames.subList(from, frames.size()).forEach(all::writeBytes);
            return all.toByteArray();
        }
    }

    /// All of one collection.
    private final class Crowd {
        private final String prefix;
        private final Watch<ObjectVersion> watch;
        /// Under the lock.
        private final Set<Seat> seats = new LinkedHashSet<>();
        /// All seats have been told what came up to here, or are about to be. Under the lock.
        private long told;

        private Crowd(String prefix, Watch<ObjectVersion> watch, long told) {
            this.prefix = prefix;
            this.watch = watch;
            this.told = told;
        }

        /// Until there is no seat left, or nothing to be followed.
        private void follow() {
            try (watch) {
                boolean more = true;
                while (more) {
                    more = switch (watch.next(LONG)) {
                        case Watch.Changes<ObjectVersion>(var changes, long upTo) -> tell(changes, upTo);
                        case Watch.Fell<ObjectVersion> fell -> false;
                        case Watch.Ended<ObjectVersion> ended -> false;
                    };
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                dissolve();
            }
        }

        private boolean tell(List<Change<ObjectVersion>> changes, long upTo) {
            List<Piece> pieces = pieces(changes);
            for (Seat seat : seats(upTo)) {
                seat.take(pieces, upTo);
                if (seat.sentAway()) {
                    remove(seat);
                }
            }
            return true;
        }

        private List<Piece> pieces(List<Change<ObjectVersion>> changes) {
            List<Piece> pieces = new ArrayList<>();
            List<Change<ObjectVersion>> some = new ArrayList<>();
            List<byte[]> frames = new ArrayList<>();
            int size = 0;
            for (Change<ObjectVersion> change : changes) {
                byte[] line = frame.apply(change);
                some.add(change);
                frames.add(line);
                size += line.length;
                if (size >= FULL) {
                    pieces.add(Piece.of(some, frames));
                    some.clear();
                    frames.clear();
                    size = 0;
                }
            }
            if (!some.isEmpty()) {
                pieces.add(Piece.of(some, frames));
            }
            return pieces;
        }

        /// Who comes later has seen what is told now.
        private List<Seat> seats(long upTo) {
            lock.lock();
            try {
                Check.that(upTo >= told, "told=%s again=%s", told, upTo);
                told = upTo;
                return List.copyOf(seats);
            } finally {
                lock.unlock();
            }
        }

        private void remove(Seat seat) {
            lock.lock();
            try {
                seats.remove(seat);
                if (!seats.isEmpty() || !crowds.remove(prefix, this)) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            watch.close();
        }

        /// Nobody is told anything here any more: all go on by themselves.
        private void dissolve() {
            List<Seat> left;
            lock.lock();
            try {
                crowds.remove(prefix, this);
                left = List.copyOf(seats);
                seats.clear();
            } finally {
                lock.unlock();
            }
            left.forEach(Seat::dismiss);
        }
    }
}
