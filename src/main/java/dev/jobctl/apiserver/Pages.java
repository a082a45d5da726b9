package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Snapshot;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Remembers the snapshots of lists that go on over several pages, so that every page shows the same state. A snapshot
/// shares nearly everything with its neighbours, so that keeping some costs little. Safe from any thread.
final class Pages {
    /// The oldest is dropped; its reader gets 410 and may start anew or go on inconsistently.
    private static final int MAX_KEPT = 64;
    /// As a cluster, which compacts its history every five minutes.
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    /// A snapshot holds every version that was replaced since; so many may be some hundred megabytes.
    private static final long MAX_LAG = 50_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Long, Page> kept = new LinkedHashMap<>(16, 0.75f, true);

    /// @param since when the first page was sent
    private record Page(Snapshot<ObjectVersion> snapshot, Instant since) {}

    /// Where a list goes on.
    ///
    /// @param revision of the snapshot; 0: the newest, whichever that is
    /// @param start the last store key of the page before
    record Token(long revision, String start) {
        String text() {
            byte[] json = Json.write(Map.of("v", "meta.k8s.io/v1", "rv", revision, "start", start));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        }

        /// Throws [ApiError] 400 for what no server gave out.
        static Token of(String text) {
            try {
                byte[] json = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
                JsonNode tree = Json.tree(json);
                if (tree.path("rv").isIntegralNumber() && tree.path("start").isTextual()) {
                    return new Token(
                            tree.path("rv").asLong(), tree.path("start").asText());
                }
            } catch (IllegalArgumentException | UncheckedIOException e) {
                throw ApiError.badRequest("continue key is not valid: " + e.getMessage());
            }
            throw ApiError.badRequest("continue key is not valid: incorrect encoded start key");
        }
    }

    void keep(Snapshot<ObjectVersion> snapshot, Instant now) {
        lock.lock();
        try {
            kept.putIfAbsent(snapshot.revision(), new Page(snapshot, now));
            if (kept.size() > MAX_KEPT) {
                kept.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<Snapshot<ObjectVersion>> at(long revision) {
        lock.lock();
        try {
            @Nullable Page found = kept.get(revision);
            return Optional.ofNullable(found).map(Page::snapshot);
        } finally {
            lock.unlock();
        }
    }

    /// Drops what is too old. Every list calls it first, so that little is kept for readers that never came back.
    void forget(long newest, Instant now) {
        lock.lock();
        try {
            kept.values()
                    .removeIf(page -> page.since().plus(MAX_AGE).isBefore(now)
                            || newest - page.snapshot().revision() > MAX_LAG);
        } finally {
            lock.unlock();
        }
    }
}
