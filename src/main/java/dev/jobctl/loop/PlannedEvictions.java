package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.resource.value.ObjectRef;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pods whose patience with a taint of their node ends some day, so that it can be told when it need not. Bounded
/// by
/// the pods that there are. Lost at a restart, as in a real controller, and then found out anew; an undone round may
/// lose the telling. Owned by the loop's thread.
final class PlannedEvictions {
    private final Map<String, ObjectRef> planned = new HashMap<>();

    void carryOut(Change.PlanEviction plan) {
        if (plan.planned()) {
            planned.put(plan.pod().key().path(), plan.pod());
        } else {
            planned.remove(plan.pod().key().path());
        }
    }

    /// Null when nothing is planned for the pod of that store key.
    @Nullable
    ObjectRef of(String key) {
        return planned.get(key);
    }
}
