package dev.jobctl.node;

import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A pod's `resolv.conf`: the host's, as there is no DNS server of the cluster's own, with what `dnsConfig` adds; with
/// the policy None nothing of the host's. Names of pods and Services stand in the hosts file.
record Resolver(Set<String> searches, Set<String> servers, Map<String, String> options) {
    private static Resolver empty() {
        return new Resolver(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
    }

    /// @param host the text of the host's own
    static String text(String host, boolean none, PodDNSConfig wanted) {
        Resolver resolver = empty();
        if (!none) {
            host.lines().forEach(resolver::read);
        }
        resolver.add(wanted);
        return resolver.text();
    }

    /// Of several `search` lines the last counts.
    private void read(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        List<String> rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "nameserver" -> servers.addAll(rest);
            case "search" -> {
                searches.clear();
                searches.addAll(rest);
            }
            case "options" ->
                rest.forEach(word -> {
                    int colon = word.indexOf(':');
                    options.put(colon < 0 ? word : word.substring(0, colon), colon < 0 ? "" : word.substring(colon));
                });
            default -> {}
        }
    }

    private void add(PodDNSConfig wanted) {
        servers.addAll(wanted.getNameservers());
        searches.addAll(wanted.getSearches());
        for (PodDNSConfigOption option : wanted.getOptions()) {
            String value = option.getValue() == null ? "" : ":" + option.getValue();
            options.put(option.getName(), value);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        if (!searches.isEmpty()) {
            text.append("search ").append(String.join(" ", searches)).append('\n');
        }
        servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
        List<String> words = new ArrayList<>();
        options.forEach((name, value) -> words.add(name + value));
        if (!words.isEmpty()) {
            text.append("options ").append(String.join(" ", words)).append('\n');
        }
        return text.toString();
    }
}
