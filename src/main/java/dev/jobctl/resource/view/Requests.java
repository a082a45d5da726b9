package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sums what pods ask for. Numbers are whole: `cpu` in thousandths of a core, all else in units, rounded up.
final class Requests {
    private static final PodTotals<Long> TOTALS = new PodTotals<>(Requests::amount, Requests::saturatingSum, Math::max);

    private Requests() {}

    /// What the pod needs, with the overhead of its runtime. What is 0 is left out, as it is of [#limits].
    static Map<String, Long> of(PodSpec spec) {
        Map<String, Long> requests = TOTALS.requests(spec);
        amounts(spec.getOverhead()).forEach((name, amount) -> requests.merge(name, amount, Requests::saturatingSum));
        requests.values().removeIf(amount -> amount == 0);
        return requests;
    }

    /// What it may take at most; the overhead adds to that, but limits nothing by itself.
    static Map<String, Long> limits(PodSpec spec) {
        Map<String, Long> limits = TOTALS.limits(spec);
        limits.values().removeIf(amount -> amount == 0);
        amounts(spec.getOverhead())
                .forEach((name, amount) -> limits.computeIfPresent(name, (_, limit) -> saturatingSum(limit, amount)));
        return limits;
    }

    /// By resource name; null for none.
    static Map<String, Long> amounts(@Nullable Map<String, Quantity> quantities) {
        if (quantities == null || quantities.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> amounts = new HashMap<>();
        quantities.forEach((name, quantity) -> amounts.put(name, amount(name, quantity)));
        return amounts;
    }

    /// 0 for what is no quantity; the largest long for what does not fit one.
    private static long amount(String name, @Nullable Quantity quantity) {
        return quantity == null ? 0 : Quantities.whole(name, quantity);
    }

    private static long saturatingSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
