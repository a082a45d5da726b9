package dev.jobctl.resource.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeQuantitiesTest {
    @Test
    void wholeAmountsAreTheExactOnesRoundedUp() {
        for (String number : List.of("0", "1", "007", "64", "999999999", "1000000000", "+5", "1.5")) {
            for (String suffix : List.of("", "m", "Ki", "Mi", "Gi", "Ti", "k", "e3")) {
                Quantity quantity = new Quantity(number, suffix);
                BigDecimal exact = Quantities.amount(quantity);
                assertThat(Quantities.whole("cpu", quantity)).isEqualTo(rounded(exact.movePointRight(3)));
                assertThat(Quantities.whole("memory", quantity)).isEqualTo(rounded(exact));
            }
        }
    }

    private static long rounded(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }
}
