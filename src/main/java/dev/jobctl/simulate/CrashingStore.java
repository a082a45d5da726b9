package dev.jobctl.simulate;

import dev.jobctl.store.Draft;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.Store;
import dev.jobctl.store.StoreError;
import dev.jobctl.store.Watch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A store whose commits go wrong on demand: refused as by a full disk, or the process dies just before or just after
/// the commit became durable. Owned by the thread that steps the loop.
public final class CrashingStore<V> implements Store<V> {
    private final Store<V> inner;
    private int refusals;
    private int commits;
    private int crashAt = -1;
    private boolean durableFirst;

    public CrashingStore(Store<V> inner) {
        this.inner = inner;
    }

    /// The control plane died here. An Error, so that nothing on the way catches it.
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crash of the control plane", null, false, false);
        }
    }

    /// The next `count` commits.
    public void refuse(int count) {
        refusals = count;
    }

    /// At the n-th commit from now, 1 being the next.
    public void crashAt(int n, boolean afterItIsDurable) {
        crashAt = commits + n;
        durableFirst = afterItIsDurable;
    }

    /// So far, those that went wrong among them.
    public int commits() {
        return commits;
    }

    @Override
    public Snapshot<V> current() {
        return inner.current();
    }

    @Override
    public void commit(Draft<V> draft, Runnable published) {
        commits++;
        if (refusals > 0) {
            refusals--;
            throw new StoreError("the disk is full: free some space and try again", new IOException("no space"));
        }
        if (commits == crashAt) {
            if (durableFirst) {
                inner.commit(draft, () -> {});
            }
            throw new Crash();
        }
        inner.commit(draft, published);
    }

    @Override
    public @Nullable Watch<V> watch(String prefix, long afterRevision) {
        return inner.watch(prefix, afterRevision);
    }

    @Override
    public long retainedSince() {
        return inner.retainedSince();
    }

    @Override
    public void close() {
        inner.close();
    }
}
