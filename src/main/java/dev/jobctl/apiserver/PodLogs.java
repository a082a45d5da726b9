package dev.jobctl.apiserver;

import dev.jobctl.resource.value.ObjectRef;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where container logs come from.
public interface PodLogs {
    /// Writes the log of one container attempt. Returns when the wanted part is written; with `follow` when the
    /// container has ended and all of it is written, or the sink is closed. Throws [java.io.FileNotFoundException] when
    /// that attempt has no log.
    void write(ObjectRef pod, String container, Options options, ApiResponse.Sink sink)
            throws IOException, InterruptedException;

    /// The parameters of `pods/log`, settled.
    ///
    /// @param previous the attempt before the newest
    /// @param tailLines null for all
    /// @param limitBytes null for no limit
    /// @param since null for the beginning
    record Options(
            boolean follow,
            boolean previous,
            boolean timestamps,
            @Nullable Long tailLines,
            @Nullable Long limitBytes,
            @Nullable Instant since) {}
}
