package dev.jobctl.node.simulated;

/// The addresses of one simulated node and its pods; after 64,516 pods they are given again.
final class Addresses {
    private static final int LAST_BYTE = 254;

    private final int number;
    private final String host;
    private int next;

    Addresses(int number) {
        this.number = number;
        host = "10.0." + number / LAST_BYTE + "." + (number % LAST_BYTE);
    }

    /// Of the only node.
    Addresses(String host) {
        number = 0;
        this.host = host;
    }

    /// Such as `10.0.0.2` of node 2.
    String host() {
        return host;
    }

    String next() {
        int pod = next++ % (LAST_BYTE * LAST_BYTE);
        return "10." + (1 + number % LAST_BYTE) + "." + pod / LAST_BYTE + "." + (pod % LAST_BYTE + 1);
    }
}
