package dev.jobctl.node.services;

import dev.jobctl.std.Log;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Passes connections to Services on to their pods, TCP only. Safe from any thread; its calls do not wait.
public final class ServiceProxy implements AutoCloseable {
    private final Log log;
    private final Map<InetSocketAddress, Forwarding> open = new HashMap<>();
    private final Map<String, Set<InetSocketAddress>> byService = new HashMap<>();
    private boolean closed;

    public ServiceProxy(Log log) {
        this.log = log.named("services");
    }

    /// What a Service wants, instead of what it wanted before: where connections come in, and where they go. A place
    /// without targets refuses them. A place that cannot be listened on is logged, and tried again with the next call.
    ///
    /// @param service store key
    public synchronized void serve(String service, Map<InetSocketAddress, List<InetSocketAddress>> wanted) {
        if (closed) {
            return;
        }
        Set<InetSocketAddress> before = byService.getOrDefault(service, Set.of());
        for (InetSocketAddress place : before) {
            if (!wanted.containsKey(place)) {
                close(place);
            }
        }
        wanted.forEach(this::open);
        if (wanted.isEmpty()) {
            byService.remove(service);
        } else {
            byService.put(service, Set.copyOf(wanted.keySet()));
        }
    }

    private void open(InetSocketAddress place, List<InetSocketAddress> targets) {
        Forwarding known = open.get(place);
        if (known != null) {
            known.to(targets);
            return;
        }
        try {
            open.put(place, Forwarding.open(place, targets, log));
        } catch (java.io.IOException e) {
            log.warning("a Service cannot be reached", "address", place, "cause", e.getMessage());
        }
    }

    private void close(InetSocketAddress place) {
        Forwarding known = open.remove(place);
        if (known != null) {
            known.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Iterator<Forwarding> all = open.values().iterator(); all.hasNext(); all.remove()) {
            all.next().close();
        }
        byService.clear();
    }
}
