package dev.jobctl.cli.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Open clients, kept for the next command of this process: a new one costs a TLS handshake and some 50 ms. At most
/// [#LIMIT]; the one used longest ago is closed. Safe from any thread.
public final class Connections implements AutoCloseable {
    /// Enough for a person who switches between clusters; each holds a selector thread.
    private static final int LIMIT = 8;

    private final LinkedHashMap<Key, HttpTransport> open = new LinkedHashMap<>(LIMIT, 0.75f, true);

    private record Key(Access access, Duration limit) {}

    /// The client for that access. `requestLimit` zero: none.
    public synchronized Transport to(Access access, Duration requestLimit) {
        Key key = new Key(access.withNamespace(""), requestLimit);
        HttpTransport known = open.get(key);
        if (known != null) {
            return known;
        }
        HttpTransport made = new HttpTransport(access, requestLimit);
        open.put(key, made);
        if (open.size() > LIMIT) {
            Map.Entry<Key, HttpTransport> eldest = open.firstEntry();
            open.remove(eldest.getKey());
            eldest.getValue().close();
        }
        return made;
    }

    @Override
    public synchronized void close() {
        open.values().forEach(HttpTransport::close);
        open.clear();
    }
}
