package dev.jobctl.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Memory for bodies that are on their way.
final class BodyBudgetTest {
    private static final int LARGE = 3 * 1024 * 1024;

    @Test
    void whoComesWhenItIsFullIsRefused() {
        BodyBudget budget = new BodyBudget();
        List<BodyBudget.Share> shares = new ArrayList<>();
        BodyBudget.Share last = budget.share();
        while (last.take(LARGE)) {
            shares.add(last);
            last = budget.share();
        }
        assertThat(shares).hasSize((int) (BodyBudget.MAX_BYTES / LARGE));
        assertThat(last.refused()).isTrue();
        shares.getFirst().close();
        assertThat(last.take(1)).as("once refused, refused").isFalse();
        assertThat(budget.share().take(LARGE)).isTrue();
    }

    @Test
    void whatWasTakenComesBackOnce() {
        BodyBudget budget = new BodyBudget();
        BodyBudget.Share share = budget.share();
        assertThat(share.take(10)).isTrue();
        assertThat(share.take(10)).isTrue();
        share.close();
        share.close();
        assertThat(budget.taken()).isZero();
    }
}
