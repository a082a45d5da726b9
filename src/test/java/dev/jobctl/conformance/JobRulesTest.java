package dev.jobctl.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every row about the Job controller, decided.
class JobRulesTest {
    @TestFactory
    Stream<DynamicTest> jobRules() {
        return RuleRow.read("job-").stream()
                .map(row -> DynamicTest.dynamicTest(row.title(), () -> JobRows.play(row)));
    }
}
