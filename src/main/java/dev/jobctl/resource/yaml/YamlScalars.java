package dev.jobctl.resource.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an unquoted scalar means to Kubernetes' tools. Their YAML is 1.1 with differences: `yes`, `on` and `y` are
/// booleans, `017` and `0o17` are 15, `1_000` is 1000, but `12:30:45` and dates stay text. The tests hold these rules
/// against what kubectl printed.
final class YamlScalars {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern INTEGER = Pattern.compile("([-+]?)(0[xX]|0[oO]|0[bB]|0(?=[0-9]))?([0-9a-fA-F]+)");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Map<String, Integer> RADIX = Map.of("0x", 16, "0o", 8, "0b", 2, "0", 8);
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /// Below this a whole float is written as an integer by Go's JSON encoder, as kubectl uses it.
    private static final double WHOLE_LIMIT = 1e21;

    private YamlScalars() {}

    /// @param value null when the text cannot be what its tag says, or has no JSON form
    /// @param complaint what is wrong then; empty otherwise
    record Resolved(@Nullable JsonNode value, String complaint) {
        static Resolved of(JsonNode value) {
            return new Resolved(value, "");
        }

        static Resolved bad(String complaint) {
            return new Resolved(null, complaint);
        }
    }

    /// @param tag null for none; `!` for a quoted scalar
    static Resolved resolve(@Nullable String tag, boolean plain, String text) {
        if (tag == null || tag.equals("!")) {
            return plain ? plain(text) : Resolved.of(NODES.textNode(text));
        }
        return switch (tag) {
            case "tag:yaml.org,2002:str" -> Resolved.of(NODES.textNode(text));
            case "tag:yaml.org,2002:binary" -> binary(text);
            case "tag:yaml.org,2002:int" -> tagged("!!int", plain(text), JsonNode::isIntegralNumber, text);
            case "tag:yaml.org,2002:float" -> tagged("!!float", plain(text), JsonNode::isNumber, text);
            case "tag:yaml.org,2002:bool" -> tagged("!!bool", plain(text), JsonNode::isBoolean, text);
            case "tag:yaml.org,2002:null" -> tagged("!!null", plain(text), JsonNode::isNull, text);
            default -> Resolved.of(NODES.textNode(text));
        };
    }

    private static Resolved tagged(
            String tag, Resolved found, java.util.function.Predicate<JsonNode> fits, String text) {
        return found.value() != null && fits.test(found.value())
                ? found
                : Resolved.bad("\"" + text + "\" is not " + tag + "; correct the value or remove the tag");
    }

    private static Resolved binary(String text) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text);
            return Resolved.of(NODES.textNode(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Resolved.bad("the value of !!binary is not base64; correct the value or remove the tag");
        }
    }

    private static Resolved plain(String text) {
        if (NULL.contains(text)) {
            return Resolved.of(NODES.nullNode());
        }
        if (TRUE.contains(text)) {
            return Resolved.of(NODES.booleanNode(true));
        }
        if (FALSE.contains(text)) {
            return Resolved.of(NODES.booleanNode(false));
        }
        if (NOT_FINITE.matcher(text).matches()) {
            return Resolved.bad("\"" + text + "\" is a number that JSON cannot carry; quote it to mean the text");
        }
        char first = text.charAt(0);
        if (first != '.' && first != '+' && first != '-' && (first < '0' || first > '9')) {
            return Resolved.of(NODES.textNode(text));
        }
        @Nullable JsonNode number = numeric(first == '.' ? text : text.replace("_", ""));
        return Resolved.of(number == null ? NODES.textNode(text) : number);
    }

    /// Longer texts are beyond every number; reading them as one would take long.
    private static final int MAX_DIGITS = 400;

    private static @Nullable JsonNode numeric(String text) {
        if (text.length() > MAX_DIGITS) {
            return null;
        }
        Matcher integer = INTEGER.matcher(text);
        if (integer.matches()) {
            @Nullable JsonNode whole = integer(integer);
            if (whole != null) {
                return whole;
            }
        }
        if (!FLOAT.matcher(text).matches()) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? null : number(value, text);
    }

    private static @Nullable JsonNode integer(Matcher form) {
        String prefix = form.group(2) == null ? "" : form.group(2).toLowerCase(java.util.Locale.ROOT);
        try {
            BigInteger value = new BigInteger(form.group(3), RADIX.getOrDefault(prefix, 10));
            boolean negative = form.group(1).equals("-");
            boolean fits = value.compareTo(MAX_UNSIGNED) <= 0
                    && (value.bitLength() < 64 || form.group(1).isEmpty());
            if (!fits) {
                return null;
            }
            BigInteger signed = negative ? value.negate() : value;
            return signed.bitLength() < 64 ? whole(signed.longValue()) : NODES.numberNode(signed.doubleValue());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static JsonNode whole(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    /// A number as kubectl passes it on: a whole one without its point, beyond 64 bits with a float's precision.
    static JsonNode number(double value, String text) {
        if (text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
            BigInteger exact = new BigInteger(text);
            if (exact.bitLength() < 64) {
                return whole(exact.longValue());
            }
        }
        boolean integral = value == Math.rint(value) && Math.abs(value) < WHOLE_LIMIT;
        return integral && Math.abs(value) < 0x1p63 ? whole((long) value) : NODES.numberNode(value);
    }
}
