package dev.jobctl.resource.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /// Rule CRON-101, Rule CRON-102: the cron library's own cases, in New York.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2012-07-09T14:45:00-04:00;0/15 * * * *;2012-07-09T15:00:00-04:00",
                "2012-07-09T14:59:59-04:00;0/15 * * * *;2012-07-09T15:00:00-04:00",
                "2012-07-09T15:45:00-04:00;20-35/15 * * * *;2012-07-09T16:20:00-04:00",
                "2012-07-09T23:46:00-04:00;*/15 * * * *;2012-07-10T00:00:00-04:00",
                "2012-07-09T23:35:00-04:00;15-45/15 20 * * *;2012-07-10T20:15:00-04:00",
                "2012-07-09T23:35:00-04:00;0 0 9 Apr-Oct ?;2012-08-09T00:00:00-04:00",
                "2012-07-09T23:35:00-04:00;0 0 */5 Apr,Aug,Oct Mon;2012-08-01T00:00:00-04:00",
                "2012-07-09T23:35:00-04:00;0 0 */5 Oct Mon;2012-10-01T00:00:00-04:00",
                "2012-07-09T23:35:00-04:00;0 0 29 Feb ?;2016-02-29T00:00:00-05:00",
                "2012-07-09T23:35:00-04:00;0 0 * Feb Mon;2013-02-04T00:00:00-05:00",
                "2012-12-31T23:59:45-05:00;* * * * *;2013-01-01T00:00:00-05:00",
                "2012-07-09T00:00:00-04:00;0 0 13 * 5;2012-07-13T00:00:00-04:00",
                "2012-07-13T00:00:00-04:00;0 0 13 * 5;2012-07-20T00:00:00-04:00",
                "2012-07-13T15:00:00-04:00;30 6-16/4 * * 1-5;2012-07-16T06:30:00-04:00",
                "2012-07-09T00:00:00-04:00;0 0 * * SUN-TUE;2012-07-10T00:00:00-04:00",
                "2012-07-09T00:00:00-04:00;@yearly;2013-01-01T00:00:00-05:00",
                "2012-07-09T00:00:00-04:00;@annually;2013-01-01T00:00:00-05:00",
                "2012-07-09T00:00:00-04:00;@monthly;2012-08-01T00:00:00-04:00",
                "2012-07-09T00:00:00-04:00;@weekly;2012-07-15T00:00:00-04:00",
                "2012-07-09T00:00:00-04:00;@daily;2012-07-10T00:00:00-04:00",
                "2012-07-09T00:00:00-04:00;@midnight;2012-07-10T00:00:00-04:00",
                "2012-07-09T00:00:00-04:00;@hourly;2012-07-09T01:00:00-04:00"
            })
    void findsTheNextTime(String after, String schedule, String expected) {
        assertNext(after, schedule, expected);
    }

    /// Rule CRON-103
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2012-03-11T00:00:00-05:00;30 2 11 Mar ?;2013-03-11T02:30:00-04:00",
                "2012-03-11T00:00:00-05:00;0 * * * *;2012-03-11T01:00:00-05:00",
                "2012-03-11T01:00:00-05:00;0 * * * *;2012-03-11T03:00:00-04:00",
                "2012-03-11T00:00:00-05:00;0 2 * * *;2012-03-12T02:00:00-04:00",
                "2012-11-04T00:00:00-04:00;30 2 04 Nov ?;2012-11-04T02:30:00-05:00",
                "2012-11-04T00:00:00-04:00;45 1 04 Nov ?;2012-11-04T01:45:00-04:00",
                "2012-11-04T01:45:00-04:00;45 1 04 Nov ?;2012-11-04T01:45:00-05:00",
                "2012-11-04T01:00:00-04:00;0 * * * *;2012-11-04T01:00:00-05:00",
                "2012-11-04T01:00:00-04:00;0 1 * * *;2012-11-04T01:00:00-05:00",
                "2018-10-17T05:00:00-04:00;TZ=America/Sao_Paulo 0 9 10 * ?;2018-11-10T06:00:00-05:00",
                "2018-02-14T05:00:00-05:00;TZ=America/Sao_Paulo 0 9 22 * ?;2018-02-22T07:00:00-05:00",
                "2018-11-03T12:00:00-03:00;TZ=America/Sao_Paulo 0 0 * * *;2018-11-05T00:00:00-02:00",
                "2012-07-09T00:00:00-04:00;CRON_TZ=UTC 0 9 * * *;2012-07-09T09:00:00Z"
            })
    void clockChangesAreMetAsTheLibraryMeetsThem(String after, String schedule, String expected) {
        assertNext(after, schedule, expected);
    }

    /// Rule CRON-104
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2012-07-09T14:45:00Z;@every 5s;2012-07-09T14:45:05Z",
                "2012-07-09T14:45:00.5Z;@every 1h30m;2012-07-09T16:15:00Z",
                "2012-07-09T14:45:00Z;@every 10ms;2012-07-09T14:45:01Z",
                "2012-07-09T14:45:00Z;@every 1m1.9s;2012-07-09T14:46:01Z"
            })
    void everyCountsFromTheLastRun(String after, String schedule, String expected) {
        assertNext(after, schedule, expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 Feb ?", "0 0 31 4 *", "59 23 31 2 *", "0 0 , 1 *"})
    void givesUpAfterFiveYears(String schedule) {
        assertThat(good(schedule)
                        .next(OffsetDateTime.parse("2012-07-09T00:00:00Z").toInstant(), NEW_YORK))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';empty spec string",
                "' ';expected exactly 5 fields, found 0: []",
                "* * * *;expected exactly 5 fields, found 4: [* * * *]",
                "* * * * * *;expected exactly 5 fields, found 6: [* * * * * *]",
                "xyz * * * *;failed to parse int from xyz: strconv.Atoi: parsing \"xyz\": invalid syntax",
                "99999999999999999999 * * * *;failed to parse int from 99999999999999999999: strconv.Atoi: parsing"
                        + " \"99999999999999999999\": value out of range",
                "60 * * * *;end of range (60) above maximum (59): 60",
                "* 24 * * *;end of range (24) above maximum (23): 24",
                "* * 0 * *;beginning of range (0) below minimum (1): 0",
                "* * * 13 *;end of range (13) above maximum (12): 13",
                "* * * * 7;end of range (7) above maximum (6): 7",
                "5-3 * * * *;beginning of range (5) beyond end of range (3): 5-3",
                "1-2-3 * * * *;too many hyphens: 1-2-3",
                "1/2/3 * * * *;too many slashes: 1/2/3",
                "*/0 * * * *;step of range should be a positive number: */0",
                "*/-5 * * * *;negative number (-5) not allowed: -5",
                "@reboot;unrecognized descriptor: @reboot",
                "@Daily;unrecognized descriptor: @Daily",
                "@every x;failed to parse duration @every x: time: invalid duration \"x\"",
                "@every 5;failed to parse duration @every 5: time: missing unit in duration \"5\"",
                "@every 5d;failed to parse duration @every 5d: time: unknown unit \"d\" in duration \"5d\"",
                "TZ=Nowhere * * * * *;provided bad location Nowhere: unknown time zone Nowhere"
            })
    void saysInTheLibrarysWordsWhatIsWrong(String schedule, String message) {
        assertThat(Cron.parse(schedule)).isEqualTo(new Parsed.Bad<Cron>(message));
    }

    @Test
    void emptyPartsOfAListAreSkipped() {
        assertNext("2012-07-09T00:00:00Z", "5,,10 * * * *", "2012-07-09T00:05:00Z");
    }

    @ParameterizedTest
    @CsvSource({"0,PT0S", "1.5h,PT1H30M", "-1m,PT-1M", "1h2m3s4ms,PT1H2M3.004S", "1us,PT0.000001S", ".5s,PT0.5S"})
    void readsGoDurations(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).isEqualTo(new Parsed.Good<>(expected));
    }

    private static void assertNext(String after, String schedule, String expected) {
        assertThat(good(schedule).next(OffsetDateTime.parse(after).toInstant(), NEW_YORK))
                .contains(OffsetDateTime.parse(expected).toInstant());
    }

    private static Cron good(String schedule) {
        return switch (Cron.parse(schedule)) {
            case Parsed.Good<Cron>(Cron cron) -> cron;
            case Parsed.Bad<Cron>(String message) -> throw new AssertionError(message);
        };
    }
}
