package dev.jobctl.control.job;

import dev.jobctl.resource.view.ConditionView;
import java.util.ArrayList;
import java.util.List;

/// Keeps a Job's list of conditions as the controller does.
final class Conditions {
    private Conditions() {}

    /// Rule JOB-160: an entry is written anew only if status, reason or message differ, in its old place; one that is
    /// not there is appended, but never as False. The same list when nothing changes.
    static List<ConditionView> ensure(List<ConditionView> conditions, ConditionView wanted) {
        for (int i = 0; i < conditions.size(); i++) {
            ConditionView old = conditions.get(i);
            if (old.type().equals(wanted.type())) {
                boolean same = old.status().equals(wanted.status())
                        && old.reason().equals(wanted.reason())
                        && old.message().equals(wanted.message());
                return same ? conditions : replaced(conditions, i, wanted);
            }
        }
        if (wanted.status().equals("False")) {
            return conditions;
        }
        List<ConditionView> longer = new ArrayList<>(conditions);
        longer.add(wanted);
        return longer;
    }

    private static List<ConditionView> replaced(List<ConditionView> conditions, int at, ConditionView wanted) {
        List<ConditionView> changed = new ArrayList<>(conditions);
        changed.set(at, wanted);
        return changed;
    }
}
