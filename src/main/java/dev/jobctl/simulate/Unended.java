package dev.jobctl.simulate;

import dev.jobctl.loop.Loop;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The Jobs that have not ended, one way or another. Owned by the world's thread.
final class Unended implements Loop.Listener {
    private final Set<String> uids = new HashSet<>();

    boolean isEmpty() {
        return uids.isEmpty();
    }

    @Override
    public void published(List<Change<ObjectVersion>> changes) {
        for (Change<ObjectVersion> change : changes) {
            if (Observer.concerns(change, Kinds.JOB)) {
                follow(change.current(), change.previous());
            }
        }
    }

    private void follow(@Nullable Entry<ObjectVersion> current, @Nullable Entry<ObjectVersion> previous) {
        if (current == null) {
            if (previous != null) {
                uids.remove(previous.value().ref().uid());
            }
            return;
        }
        if (JobWatch.finished((Job) current.value().object()).isPresent()) {
            uids.remove(current.value().ref().uid());
        } else {
            uids.add(current.value().ref().uid());
        }
    }
}
