package dev.jobctl.control.schedule;

import java.util.List;

/// Why a node does not take a pod, in the scheduler's own words.
///
/// @param resolvable other pods are in the way: displacing some may help
record Verdict(List<String> reasons, boolean resolvable) {
    Verdict {
        reasons = List.copyOf(reasons);
    }

    static Verdict never(String reason) {
        return new Verdict(List.of(reason), false);
    }

    static Verdict fornow(String reason) {
        return new Verdict(List.of(reason), true);
    }
}
