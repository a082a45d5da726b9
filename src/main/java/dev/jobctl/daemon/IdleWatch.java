package dev.jobctl.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Notices that there was nothing to do for the whole limit. Owned by the daemon's main thread; fed at every tick.
/// A clock that jumps back restarts the wait.
final class IdleWatch {
    private final Duration limit;
    private Instant quietSince;

    IdleWatch(Duration limit, Instant now) {
        this.limit = limit;
        quietSince = now;
    }

    /// The reason to end, if it is time. `busy` says in words what there is to do.
    Optional<Ending> tick(Instant now, Optional<String> busy) {
        if (busy.isPresent() || now.isBefore(quietSince)) {
            quietSince = now;
            return Optional.empty();
        }
        boolean over = Duration.between(quietSince, now).compareTo(limit) >= 0;
        return over ? Optional.of(new Ending.Idle(limit)) : Optional.empty();
    }

    /// How long until the next tick is due: a small part of the limit, so that the end comes about in time, and never
    /// less than 50 ms or more than a minute.
    Duration interval() {
        return Duration.ofMillis(Math.clamp(limit.toMillis() / 10, 50, 60_000));
    }
}
