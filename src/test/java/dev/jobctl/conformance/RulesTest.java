package dev.jobctl.conformance;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every rule row, decided.
class RulesTest {
    @TestFactory
    Stream<DynamicTest> jobs() {
        return play("job-", JobRows::play);
    }

    @TestFactory
    Stream<DynamicTest> timeToLive() {
        return play("ttl", JobRows::play);
    }

    @TestFactory
    Stream<DynamicTest> garbage() {
        return play("garbage", GarbageRows::play);
    }

    @TestFactory
    Stream<DynamicTest> scheduling() {
        return play("schedule", ScheduleRows::play);
    }

    @TestFactory
    Stream<DynamicTest> quotas() {
        return play("quota", QuotaRows::play);
    }

    @TestFactory
    Stream<DynamicTest> admission() {
        return play("admission", AdmissionRows::play);
    }

    @TestFactory
    Stream<DynamicTest> podsThatMustGo() {
        return play("podgc", PodRows::play);
    }

    @TestFactory
    Stream<DynamicTest> budgets() {
        return play("budget", BudgetRows::play);
    }

    @TestFactory
    Stream<DynamicTest> nodes() {
        return play("nodes", NodeRows::play);
    }

    @TestFactory
    Stream<DynamicTest> cronJobs() {
        return play("cron", CronRows::play);
    }

    private static Stream<DynamicTest> play(String subject, Consumer<RuleRow> player) {
        return RuleRow.read(subject).stream()
                .map(row -> DynamicTest.dynamicTest(row.title(), () -> player.accept(row)));
    }
}
