package dev.jobctl.simulation;

import dev.jobctl.loop.Loop;
import dev.jobctl.loop.LoopOptions;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.VirtualTime;
import dev.jobctl.store.Change;
import dev.jobctl.store.Draft;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.Store;
import dev.jobctl.store.Watch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The quiet property: a control plane that begins anew with the same state at the same instant, and so asks every
/// controller about everything, wants nothing.
final class Stillness implements Store<ObjectVersion> {
    private final Snapshot<ObjectVersion> state;

    private Stillness(Snapshot<ObjectVersion> state) {
        this.state = state;
    }

    static void check(Snapshot<ObjectVersion> state, Instant now, LoopOptions options) {
        Loop loop = new Loop(new Stillness(state), new VirtualTime(now), Luck.seeded(0), Log.none(), options);
        while (loop.step(4_096)) {
            // Each step asks on; a change ends it in commit.
        }
        loop.close();
    }

    @Override
    public Snapshot<ObjectVersion> current() {
        return state;
    }

    @Override
    public void commit(Draft<ObjectVersion> draft, Runnable published) {
        throw Violation.of(
                "asked again, it is quiet",
                draft.changes().stream().map(Stillness::text).toList().toString());
    }

    private static String text(Change<ObjectVersion> change) {
        return change.current() == null
                ? change.key() + " goes"
                : change.key() + " becomes "
                        + Json.tree(change.current().value().object());
    }

    @Override
    public @Nullable Watch<ObjectVersion> watch(String prefix, long afterRevision) {
        return null;
    }

    @Override
    public long retainedSince() {
        return state.revision();
    }

    @Override
    public void close() {}
}
