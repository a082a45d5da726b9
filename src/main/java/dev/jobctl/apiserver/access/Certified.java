package dev.jobctl.apiserver.access;

import java.time.Instant;

/// What the connection of a request itself says of the caller.
public sealed interface Certified {
    /// Nothing: it came without a certificate.
    record Not() implements Certified {}

    /// A certificate that the home's authority has signed.
    ///
    /// @param from when it begins to count
    /// @param until when it ends
    record As(Identity who, Instant from, Instant until) implements Certified {
        public boolean at(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }
    }

    /// A certificate that proves nothing here.
    record Wrong(String why) implements Certified {}
}
