package dev.jobctl.node.process;

import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether this host lets us make sandboxes: tried when first asked, until that could be found out. Safe from any
/// thread.
final class Sandboxing {
    /// As the kernel does for want of memory.
    private static final int KILLED = 137;

    /// What passes, and says nothing of the host: then a sandbox is tried, and its pod waits, rather than that it runs
    /// without one.
    private static final List<String> SCARCE =
            List.of("Resource temporarily unavailable", "Cannot allocate memory", "Too many open files");

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

    /// Why there is no sandbox on this host; empty when there is, or nobody can say now.
    String missing() {
        if (missing == null) {
            missing = forker.isPresent() ? probe(forker.get()) : withoutForker();
        }
        return Objects.requireNonNullElse(missing, "");
    }

    private static String withoutForker() {
        return ProcessTable.available()
                ? "there is no Perl (apt-get install perl-base)"
                : "only Linux has the namespaces that it is made of";
    }

    private @Nullable String probe(Forker found) {
        try {
            Process process = found.probe();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            log.debug("sandbox probe", "code", code, "said", said);
            if (code == 0) {
                return "";
            }
            boolean scarce = code == KILLED || SCARCE.stream().anyMatch(said::contains);
            return scarce ? null : "the kernel refuses it (" + said + ")";
        } catch (IOException e) {
            log.warning("sandbox probe", "cause", e.getMessage());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
