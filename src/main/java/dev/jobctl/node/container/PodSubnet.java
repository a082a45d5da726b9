package dev.jobctl.node.container;

import dev.jobctl.node.runtime.PodAddresses;
import java.util.HashSet;
import java.util.Set;

/// The addresses of one home's container pods, `10.N.0.2` to `10.N.255.254`. Safe from any thread. When all are given
/// out the next is given twice, and the pod's network fails to come up; the node takes no such number of pods.
final class PodSubnet implements PodAddresses {
    private static final int FIRST = 2;
    private static final int LAST = 256 * 256 - 2;

    private final String prefix;
    private final Set<String> taken = new HashSet<>();
    private int next = FIRST;

    /// @param prefix such as `10.93`
    PodSubnet(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    String gateway() {
        return prefix + ".0.1";
    }

    boolean has(String address) {
        return address.startsWith(prefix + ".");
    }

    @Override
    public synchronized String take() {
        for (int tries = FIRST; tries < LAST; tries++) {
            String address = address(next);
            next = next == LAST ? FIRST : next + 1;
            if (taken.add(address)) {
                return address;
            }
        }
        return address(next);
    }

    private String address(int number) {
        return "%s.%d.%d".formatted(prefix, number / 256, number % 256);
    }

    @Override
    public synchronized void keep(String address) {
        taken.add(address);
    }

    @Override
    public synchronized void give(String address) {
        taken.remove(address);
    }
}
