package dev.jobctl.node.process;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether this host lets us make sandboxes: tried once, when first asked. Safe from any thread.
final class Sandboxing {
    private final Optional<Forker> forker;
    private final Log log;
    private volatile @Nullable String missing;

    Sandboxing(Optional<Forker> forker, Log log) {
        this.forker = forker;
        this.log = log;
    }

    boolean possible() {
        return missing().isEmpty();
    }

    /// Why there is no sandbox on this host; empty when there is.
    String missing() {
        String known = missing;
        if (known == null) {
            known = forker.map(this::probe).orElseGet(Sandboxing::withoutForker);
            missing = known;
        }
        return known;
    }

    private static String withoutForker() {
        return ProcessTable.available()
                ? "there is no Perl (apt-get install perl-base)"
                : "only Linux has the namespaces that it is made of";
    }

    private String probe(Forker found) {
        try {
            Process process = found.probe();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            log.debug("sandbox probe", "code", code, "said", said);
            return code == 0 ? "" : "the kernel refuses it (" + said + ")";
        } catch (IOException e) {
            return "it cannot be tried (" + e.getMessage() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
