package dev.jobctl.control.quota;

import dev.jobctl.resource.view.PodClaim;
import dev.jobctl.resource.view.QuotaView;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The running sums of one quota: charges come and go, and the sum is always what a count of everything would give.
/// Mutable; owned by whoever made it.
public final class QuotaAccount {
    private final QuotaView quota;
    private final Map<String, Long> used = new HashMap<>();
    /// By store key: pods being deleted, which stop counting when nobody waits for them any more.
    private final Map<String, QuotaCharge> leaving = new LinkedHashMap<>();

    public QuotaAccount(QuotaView quota) {
        this.quota = quota;
    }

    public QuotaView quota() {
        return quota;
    }

    public void add(String key, QuotaCharge charge) {
        if (charge.counts(quota)) {
            sum(charge, 1, used);
            if (overdue(charge) != null) {
                leaving.put(key, charge);
            }
        }
    }

    /// What was added before under this key.
    public void remove(String key, QuotaCharge charge) {
        if (charge.counts(quota)) {
            sum(charge, -1, used);
            leaving.remove(key);
        }
    }

    private void sum(QuotaCharge charge, int sign, Map<String, Long> sums) {
        charge.amounts().forEach((name, amount) -> {
            if (quota.hard().containsKey(name)) {
                sums.merge(name, sign * amount, Long::sum);
            }
        });
    }

    /// Rule QUO-008: a pod that should have gone long ago, as on a lost node, does not count any more.
    public QuotaUsage usage(QuotaView newest, Instant now) {
        Map<String, Long> sums = new HashMap<>(used);
        for (QuotaCharge charge : leaving.values()) {
            @Nullable Instant overdue = overdue(charge);
            if (overdue != null && now.isAfter(overdue)) {
                sum(charge, -1, sums);
                sum(charge.afterEnd(), 1, sums);
            }
        }
        return new QuotaUsage(newest, sums);
    }

    /// When the usage changes although nothing happens; null for never.
    public @Nullable Instant nextChange(Instant now) {
        return leaving.values().stream()
                .map(QuotaAccount::overdue)
                .filter(at -> at != null && !now.isAfter(at))
                .map(at -> at.plusMillis(1))
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable Instant overdue(QuotaCharge charge) {
        @Nullable PodClaim pod = charge.pod();
        return pod == null || pod.ended() ? null : pod.overdue();
    }
}
