package dev.jobctl.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The same texts as GNU diff gives.
class UnifiedDiffTest {
    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    @Test
    void nothingIsSaidOfTheSame() {
        assertThat(UnifiedDiff.of("a\n", "a\n")).isEmpty();
    }

    @Test
    void threeLinesAroundAreShown() {
        assertThat(UnifiedDiff.of(lines(1, 9), lines(1, 4) + "x\n" + lines(6, 9)))
                .isEqualTo("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
    }

    @Test
    void aNewTextIsAllAdded() {
        assertThat(UnifiedDiff.of("", "a\nb\n")).isEqualTo("@@ -0,0 +1,2 @@\n+a\n+b\n");
        assertThat(UnifiedDiff.of("a\n", "")).isEqualTo("@@ -1 +0,0 @@\n-a\n");
    }

    @Test
    void placesFarFromEachOtherStandApart() {
        String before = lines(1, 30);
        assertThat(UnifiedDiff.of(before, before.replace("5\n6", "5\ny\n6").replace("\n20\n", "\n")))
                .isEqualTo("@@ -3,6 +3,7 @@\n"
                        + " 3\n"
                        + " 4\n"
                        + " 5\n"
                        + "+y\n"
                        + " 6\n"
                        + " 7\n"
                        + " 8\n"
                        + "@@ -17,7 +18,6 @@\n"
                        + " 17\n"
                        + " 18\n"
                        + " 19\n"
                        + "-20\n"
                        + " 21\n"
                        + " 22\n"
                        + " 23\n");
        assertThat(UnifiedDiff.of(
                        lines(1, 20), lines(1, 20).replace("\n5\n", "\nx\n").replace("\n12\n", "\nx\n")))
                .startsWith("@@ -2,14 +2,14 @@\n");
    }
}
