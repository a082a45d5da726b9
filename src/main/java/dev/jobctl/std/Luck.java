package dev.jobctl.std;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// The only door to chance. Seeded in simulation and tests, secure in a real plane. Safe from any thread.
public interface Luck {
    /// Uniform in `[0, bound)`; `bound` must be positive.
    int below(int bound);

    long nextLong();

    /// A version 4 UUID.
    default UUID uuid() {
        long high = (nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /// Same seed, same sequence. Synchronised, so the sequence is whole but its split over threads is not.
    static Luck seeded(long seed) {
        return of(new SplittableRandom(seed));
    }

    /// Unpredictable: for tokens, uids and names of a real plane.
    static Luck secure() {
        return of(new SecureRandom());
    }

    private static Luck of(RandomGenerator source) {
        return new Luck() {
            @Override
            public synchronized int below(int bound) {
                return source.nextInt(bound);
            }

            @Override
            public synchronized long nextLong() {
                return source.nextLong();
            }
        };
    }
}
