package dev.jobctl.node;

import dev.jobctl.node.runtime.PodAddresses;
import java.util.HashSet;
import java.util.Set;

/// One loopback address per pod, 127.1.0.1 to 127.191.255.254 without those that end in 0 or 255. Safe from any thread.
/// Those above are for Services. When all twelve million are given out, the next is given twice: pods then share it,
/// which only servers notice.
final class LoopbackAddresses implements PodAddresses {
    private static final int LAST_BYTE = 254;
    private static final int COUNT = 191 * 256 * LAST_BYTE;

    private final Set<String> taken = new HashSet<>();
    private int next;

    @Override
    public synchronized String take() {
        for (int tries = 0; tries < COUNT; tries++) {
            String address = address(next);
            next = (next + 1) % COUNT;
            if (taken.add(address)) {
                return address;
            }
        }
        return address(next);
    }

    @Override
    public synchronized void keep(String address) {
        taken.add(address);
    }

    @Override
    public synchronized void give(String address) {
        taken.remove(address);
    }

    private static String address(int number) {
        int last = number % LAST_BYTE + 1;
        int rest = number / LAST_BYTE;
        return "127." + (rest / 256 + 1) + "." + rest % 256 + "." + last;
    }
}
