package dev.jobctl.store.sqlite;

import dev.jobctl.std.Check;
import dev.jobctl.store.Change;
import dev.jobctl.store.Codec;
import dev.jobctl.store.Draft;
import dev.jobctl.store.Entry;
import dev.jobctl.store.MemoryStore;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.Store;
import dev.jobctl.store.StoreError;
import dev.jobctl.store.Watch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A [MemoryStore] whose every commit is first in an SQLite file. After a restart the entries and the revision are
/// those of the last commit that returned.
///
/// A commit that fails may nevertheless have reached the disk (an error while syncing says nothing). Its keys stay
/// *doubtful* and are written again, as published, by the next commit that succeeds.
///
/// Owned by the committing thread, except `current`, `watch` and `retainedSince`.
public final class SqliteStore<V> implements Store<V> {
    /// From so many entries on, handing out work costs less than it saves.
    private static final int MANY = 64;

    private final Path file;
    private final Codec<V> codec;
    private final FileLock lock;
    private final MemoryStore<V> memory;
    private final UnaryOperator<Connection> through;
    /// Null after a failed commit: the driver's statements are dead then, the next commit opens the file anew.
    private @Nullable Tables tables;
    private final Set<String> doubtful = new HashSet<>();
    private boolean closed;

    private SqliteStore(
            Path file,
            Codec<V> codec,
            FileLock lock,
            UnaryOperator<Connection> through,
            Tables tables,
            Snapshot<V> start) {
        this.file = file;
        this.codec = codec;
        this.lock = lock;
        this.through = through;
        this.tables = tables;
        memory = new MemoryStore<>(start);
    }

    /// Opens or creates the file, whose folder must exist. Throws [StoreError], saying what to do, when another process
    /// has it, when it cannot be read or written, or when it is damaged or not ours.
    public static <V> SqliteStore<V> open(Path file, Codec<V> codec) {
        return open(file, codec, connection -> connection);
    }

    /// `through` may wrap the connection: how the tests make it fail.
    static <V> SqliteStore<V> open(Path file, Codec<V> codec, UnaryOperator<Connection> through) {
        FileLock lock = FileLock.take(file);
        @Nullable Tables tables = null;
        try {
            tables = Tables.open(file, through);
            return new SqliteStore<>(file, codec, lock, through, tables, tables.read(codec));
        } catch (SQLException e) {
            release(tables, lock);
            throw Complaint.about(file, "open", e);
        } catch (RuntimeException e) {
            release(tables, lock);
            throw e instanceof StoreError ? e : Complaint.damaged(file, e);
        }
    }

    private static void release(@Nullable Tables tables, FileLock lock) {
        if (tables != null) {
            tables.close();
        }
        lock.close();
    }

    @Override
    public Snapshot<V> current() {
        return memory.current();
    }

    @Override
    public void commit(Draft<V> draft, Runnable published) {
        Check.that(!closed, "commit after close file=%s", file);
        Check.that(
                draft.base() == memory.current(),
                "draft of revision=%s is stale",
                draft.base().revision());
        if (draft.size() > 0) {
            write(draft);
        }
        memory.commit(draft, published);
    }

    /// Only the last version of each key goes to disk: versions in between are for watches.
    private void write(Draft<V> draft) {
        Map<String, @Nullable Entry<V>> last = new LinkedHashMap<>();
        for (String key : doubtful) {
            last.put(key, draft.get(key));
        }
        for (Change<V> change : draft.changes()) {
            last.put(change.key(), change.current());
        }
        encode(last.values());
        boolean written = false;
        try {
            if (tables == null) {
                tables = Tables.open(file, through);
            }
            tables.write(last, codec, draft.snapshot().revision());
            written = true;
            doubtful.clear();
        } catch (SQLException e) {
            throw Complaint.about(file, "write", e);
        } finally {
            if (!written) {
                doubtful.addAll(last.keySet());
                closeTables();
            }
        }
    }

    /// A value remembers its bytes: many are made side by side before the transaction asks for them one by one.
    private void encode(Collection<@Nullable Entry<V>> entries) {
        if (entries.size() >= MANY) {
            entries.parallelStream().filter(Objects::nonNull).forEach(entry -> codec.encode(entry.value()));
        }
    }

    private void closeTables() {
        if (tables != null) {
            tables.close();
            tables = null;
        }
    }

    @Override
    public @Nullable Watch<V> watch(String prefix, long afterRevision) {
        return memory.watch(prefix, afterRevision);
    }

    @Override
    public long retainedSince() {
        return memory.retainedSince();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        memory.close();
        closeTables();
        lock.close();
    }
}
