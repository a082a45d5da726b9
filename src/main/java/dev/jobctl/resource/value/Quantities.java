package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Arithmetic and print of Kubernetes quantities: `500m`, `1.5Gi`, `2e3`. The API keeps nano precision, rounds up, and
/// prints one canonical form per value and family of suffixes: `1000m` is `1`, `1024Mi` is `1Gi`, `0.5` is `500m`.
public final class Quantities {
    /// What the API says of text that is no quantity.
    public static final String SYNTAX =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final Pattern FORM = Pattern.compile(
            "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?[0-9]{1,9})?");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE);
    private static final int NANO = 9;

    /// As many, with any binary suffix that is shifted here, still fit a long.
    private static final int PLAIN_DIGITS = 9;

    /// Exponents beyond this are capped long before, or round to nothing: no need to compute them.
    private static final int MAX_EXPONENT = 1000;

    private Quantities() {}

    private enum Family {
        Binary,
        Decimal,
        Exponent
    }

    private record Value(BigDecimal amount, Family family) {}

    /// Empty when the text is no quantity.
    public static Optional<BigDecimal> parse(String text) {
        return Optional.ofNullable(value(text)).map(Value::amount);
    }

    /// 0 for null and for what is no quantity: for sums over validated objects.
    public static BigDecimal amount(@Nullable Quantity quantity) {
        return quantity == null ? BigDecimal.ZERO : parse(text(quantity)).orElse(BigDecimal.ZERO);
    }

    /// As written: fabric8 keeps number and suffix apart.
    public static String text(Quantity quantity) {
        String format = quantity.getFormat() == null ? "" : quantity.getFormat();
        return (quantity.getAmount() == null ? "" : quantity.getAmount()) + format;
    }

    /// The canonical form; empty when the text is no quantity.
    public static Optional<String> canonical(String text) {
        return Optional.ofNullable(value(text)).map(Quantities::print);
    }

    /// Written in the first one's family of suffixes, unless that is 0. 0 for what is no quantity.
    public static Quantity sum(Quantity a, Quantity b) {
        BigDecimal more = amount(b);
        @Nullable Value first = value(text(a));
        if (first == null || first.amount().signum() == 0) {
            return b;
        }
        return Quantity.parse(print(new Value(bounded(first.amount().add(more)), first.family())));
    }

    /// The first of two that are the same.
    public static Quantity max(Quantity a, Quantity b) {
        return amount(b).compareTo(amount(a)) > 0 ? b : a;
    }

    /// A resource's amount as a whole number, rounded up: CPU in thousandths of a core, all else in units. 0 for what
    /// is no quantity, the largest long for what does not fit one.
    public static long whole(String resource, Quantity quantity) {
        long plain = plain(quantity, isCpu(resource));
        if (plain >= 0) {
            return plain;
        }
        BigDecimal units = amount(quantity);
        BigDecimal scaled = isCpu(resource) ? units.movePointRight(3) : units;
        return scaled.setScale(0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    /// The same of what most are, without arithmetic of any size: a few digits, alone, in thousandths of a core, or
    /// with a binary suffix. Negative for all others.
    private static long plain(Quantity quantity, boolean cpu) {
        String digits = Settled.orEmpty(quantity.getAmount());
        if (digits.isEmpty() || digits.length() > PLAIN_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return switch (Settled.orEmpty(quantity.getFormat())) {
            case "" -> cpu ? number * 1000 : number;
            case "m" -> cpu ? number : -1;
            case "Ki" -> cpu ? -1 : number << 10;
            case "Mi" -> cpu ? -1 : number << 20;
            case "Gi" -> cpu ? -1 : number << 30;
            default -> -1;
        };
    }

    /// The way back from [#whole]: `500m` of CPU; bytes with a binary suffix where that says it all.
    public static String print(String resource, long amount) {
        if (isCpu(resource)) {
            return print(new Value(BigDecimal.valueOf(amount, 3), Family.Decimal));
        }
        Family family = amount % 1024 == 0 ? Family.Binary : Family.Decimal;
        return print(new Value(BigDecimal.valueOf(amount), family));
    }

    /// `requests.cpu` and the like are names in quotas.
    private static boolean isCpu(String resource) {
        return resource.equals("cpu") || resource.equals("requests.cpu") || resource.equals("limits.cpu");
    }

    private static @Nullable Value value(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(form.group(1));
        String suffix = form.group(2) == null ? "" : form.group(2);
        int binary = BINARY.indexOf(suffix);
        if (binary > 0) {
            return new Value(bounded(number.multiply(new BigDecimal(BigInteger.TWO.pow(10 * binary)))), Family.Binary);
        }
        int decimal = DECIMAL.indexOf(suffix);
        if (decimal >= 0) {
            return new Value(bounded(number.scaleByPowerOfTen(3 * decimal - NANO)), Family.Decimal);
        }
        int exponent = Integer.parseInt(suffix.substring(1));
        int near = Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, exponent));
        return new Value(bounded(number.scaleByPowerOfTen(near)), Family.Exponent);
    }

    /// Rounded away from zero to nano; no larger than 2^63-1.
    private static BigDecimal bounded(BigDecimal number) {
        BigDecimal rounded = number.setScale(NANO, RoundingMode.UP);
        BigDecimal max = new BigDecimal(MAX);
        return rounded.abs().compareTo(max) > 0 ? (rounded.signum() < 0 ? max.negate() : max) : rounded;
    }

    private static String print(Value value) {
        BigDecimal amount = value.amount().stripTrailingZeros();
        if (amount.signum() == 0) {
            return "0";
        }
        boolean whole = amount.scale() <= 0;
        boolean smallBinary = amount.abs().compareTo(BigDecimal.valueOf(1024)) < 0;
        return switch (value.family()) {
            case Binary -> whole && !smallBinary ? binary(amount.toBigIntegerExact()) : decimal(amount);
            case Decimal -> decimal(amount);
            case Exponent -> exponent(amount);
        };
    }

    private static String binary(BigInteger amount) {
        int step = 0;
        BigInteger rest = amount;
        BigInteger kilo = BigInteger.valueOf(1024);
        while (step < BINARY.size() - 1 && rest.mod(kilo).signum() == 0) {
            rest = rest.divide(kilo);
            step++;
        }
        return rest + BINARY.get(step);
    }

    private static String decimal(BigDecimal amount) {
        int power = thousands(amount);
        return mantissa(amount, power) + DECIMAL.get(power / 3 + 3);
    }

    private static String exponent(BigDecimal amount) {
        int power = thousands(amount);
        return mantissa(amount, power) + (power == 0 ? "" : "e" + power);
    }

    /// The largest power of 1000 that leaves a whole number, as an exponent of ten: -9 to 18.
    private static int thousands(BigDecimal amount) {
        return Math.max(-NANO, Math.min(18, Math.floorDiv(-amount.scale(), 3) * 3));
    }

    private static String mantissa(BigDecimal amount, int power) {
        return amount.scaleByPowerOfTen(-power).toBigIntegerExact().toString();
    }
}
