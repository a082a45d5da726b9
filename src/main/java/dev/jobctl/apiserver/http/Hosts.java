package dev.jobctl.apiserver.http;

import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// By which names this server may be called. A web page that points its own name at 127.0.0.1 (DNS rebinding) sends
/// that name, and is refused.
final class Hosts {
    private static final Set<String> KNOWN = known();

    private Hosts() {}

    static boolean known(@Nullable HostAndPort authority) {
        return authority != null && KNOWN.contains(authority.host().toLowerCase(Locale.ROOT));
    }

    private static Set<String> known() {
        Set<String> all = new TreeSet<>(Credentials.NAMES);
        all.addAll(Set.of("127.0.0.1", "::1", "[::1]"));
        return Set.copyOf(all);
    }
}
