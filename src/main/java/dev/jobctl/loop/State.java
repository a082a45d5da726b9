package dev.jobctl.loop;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The state in the middle of a round, as deciders may read it. Valid for the length of one call.
public interface State {
    /// By store key, such as `batch/jobs/default/pi`.
    @Nullable
    ObjectVersion get(String key);

    /// All objects whose store key starts so, in key order. A view; must not be walked while changes are made.
    Collection<Entry<ObjectVersion>> prefixed(String prefix);

    Indexes indexes();
}
