package dev.jobctl.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.control.job.JobSettings;
import dev.jobctl.loop.Deciders;
import org.junit.jupiter.api.Test;

/// Random schedules on the real loop and controllers.
class SchedulesTest {
    @Test
    void noScheduleBreaksAnInvariant() {
        long from = Long.getLong("seed", 1L);
        long count = System.getProperty("seed") != null ? 1 : Long.getLong("schedules", 200L);
        for (long seed = from; seed < from + count; seed++) {
            Schedule schedule = Generator.draw(seed);
            try {
                Player.play(schedule, Deciders.all(JobSettings.DEFAULT));
            } catch (Violation e) {
                throw new AssertionError("seed " + seed + "\n" + schedule + "\n" + e.getMessage(), e);
            }
        }
        assertThat(count).isPositive();
    }
}
