package dev.jobctl.control.quota;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps what a ResourceQuota's status says. Ask when the quota changes, and when an object that it may count is
/// created, ends or goes.
public final class QuotaController {
    private QuotaController() {}

    /// Rule QUO-007: status.hard is what the spec says, status.used what is there, 0 for none.
    ///
    /// @param next when the usage changes by the mere passing of time; null for never
    public static Decision decide(QuotaUsage usage, @Nullable Instant next) {
        Map<String, String> used = usage.usedText();
        boolean told = usage.quota().statusHard().equals(usage.quota().hardText())
                && usage.quota().statusUsed().equals(used);
        List<Change> changes = told
                ? List.of()
                : List.of(new Change.SetQuotaStatus(
                        usage.quota().ref(), usage.quota().hardText(), used));
        return new Decision(changes, List.of(), next);
    }
}
