package dev.jobctl.resource.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Reading and writing by hand is what the JDK's formatter does.
class TimestampsTest {
    @Test
    void aThousandMomentsAreWrittenAndReadAsTheFormatterDoes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            long second = random.nextLong(-70_000_000_000L, 260_000_000_000L);
            Instant moment = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
            Instant whole = moment.truncatedTo(ChronoUnit.SECONDS);
            String text = Timestamps.print(moment);
            assertThat(text).isEqualTo(whole.toString());
            assertThat(Timestamps.parse(text)).contains(whole);
        }
    }

    @Test
    void unusualTextsAreReadAsTheParserDoes() {
        for (String text : List.of(
                "2026-02-28T23:59:59Z",
                "2026-02-29T00:00:00Z",
                "2028-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-12-31T24:00:00Z",
                "2026-12-31T23:60:00Z",
                "2026-12-31T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "2026-01-01t00:00:00z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:0aZ",
                "2026-01-01T00:00:00.5Z",
                "2026-01-01T00:00:00+02:00",
                "2026-01-01T00:00Z",
                "+2026-01-01T00:00:00Z",
                "",
                "yesterday")) {
            assertThat(Timestamps.parse(text)).as(text).isEqualTo(byTheJdk(text));
        }
    }

    private static Optional<Instant> byTheJdk(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
