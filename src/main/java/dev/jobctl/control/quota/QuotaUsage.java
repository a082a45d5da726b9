package dev.jobctl.control.quota;

import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.view.QuotaView;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A quota and what is taken of it at one moment.
///
/// @param used by the names in [QuotaView#hard]; a name that is missing means 0
public record QuotaUsage(QuotaView quota, Map<String, Long> used) {
    public QuotaUsage {
        used = Map.copyOf(used);
    }

    long used(String name) {
        return used.getOrDefault(name, 0L);
    }

    /// All names of the quota, as its status shows them.
    Map<String, String> usedText() {
        Map<String, String> text = new TreeMap<>();
        quota.hard().keySet().forEach(name -> text.put(name, Quantities.print(name, used(name))));
        return text;
    }

    /// `pods=1,requests.cpu=500m` of some names, in their order.
    static String print(Collection<String> names, Map<String, Long> amounts) {
        return names.stream()
                .map(name -> name + "=" + Quantities.print(name, amounts.getOrDefault(name, 0L)))
                .collect(Collectors.joining(","));
    }
}
