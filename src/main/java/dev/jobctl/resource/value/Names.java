package dev.jobctl.resource.value;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Names as the API checks and makes them. A check returns the API's own complaints, word for word, in its order; an
/// empty list means that the name is good.
public final class Names {
    /// The part of a generated name before its suffix is cut to this length.
    public static final int MAX_GENERATED_BASE = 58;

    private static final int SUFFIX_LENGTH = 5;
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String OLD_LABEL = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_VALUE = "(" + QUALIFIED + ")?";
    private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";
    private static final String ENV = "[-._a-zA-Z][-._a-zA-Z0-9]*";
    private static final String PORT = "[-a-z0-9]+";

    private static final Pattern PATH_PATTERN = Pattern.compile(PATH);
    private static final Pattern CONFIG_KEY_PATTERN = Pattern.compile(CONFIG_KEY);
    private static final Pattern ENV_PATTERN = Pattern.compile(ENV);
    private static final Pattern PORT_PATTERN = Pattern.compile(PORT);

    private Names() {}

    /// RFC 1123 label: namespaces, containers, volumes.
    public static List<String> dnsLabel(String value) {
        List<String> complaints = tooLong(value, MAX_LABEL);
        if (!isLabel(value, 0, value.length())) {
            complaints.add(
                    isSubdomain(value)
                            ? "must not contain dots"
                            : syntax(
                                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                                            + " '-', and must start and end with an alphanumeric character",
                                    LABEL,
                                    "my-name",
                                    "123-abc"));
        }
        return complaints;
    }

    /// RFC 1035 label, which begins with a letter: Services.
    public static List<String> oldDnsLabel(String value) {
        List<String> complaints = tooLong(value, MAX_LABEL);
        if (!isLabel(value, 0, value.length()) || isDigit(value.charAt(0))) {
            complaints.add(syntax(
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                            + " alphabetic character, and end with an alphanumeric character",
                    OLD_LABEL,
                    "my-name",
                    "abc-123"));
        }
        return complaints;
    }

    /// RFC 1123 subdomain: the names of most objects.
    public static List<String> dnsSubdomain(String value) {
        List<String> complaints = tooLong(value, MAX_SUBDOMAIN);
        if (!isSubdomain(value)) {
            complaints.add(syntax(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                            + " and must start and end with an alphanumeric character",
                    SUBDOMAIN,
                    "example.com"));
        }
        return complaints;
    }

    /// A label or annotation key, a condition type: `[prefix/]name`.
    public static List<String> qualifiedName(String value) {
        List<String> complaints = new ArrayList<>();
        String[] parts = value.split("/", -1);
        if (parts.length > 2) {
            complaints.add("a qualified name " + qualifiedWording()
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return complaints;
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                complaints.add("prefix part must be non-empty");
            } else {
                dnsSubdomain(parts[0]).forEach(text -> complaints.add("prefix part " + text));
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            complaints.add("name part must be non-empty");
        }
        tooLong(name, MAX_LABEL).forEach(text -> complaints.add("name part " + text));
        if (!isQualified(name)) {
            complaints.add("name part " + qualifiedWording());
        }
        return complaints;
    }

    private static String qualifiedWording() {
        return syntax(
                "must consist of alphanumeric characters, '-', '_' or '.',"
                        + " and must start and end with an alphanumeric character",
                QUALIFIED,
                "MyName",
                "my.name",
                "123-abc");
    }

    public static List<String> labelValue(String value) {
        List<String> complaints = tooLong(value, MAX_LABEL);
        if (!value.isEmpty() && !isQualified(value)) {
            complaints.add(syntax(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                            + " and must start and end with an alphanumeric character",
                    LABEL_VALUE,
                    "MyValue",
                    "my_value",
                    "12345"));
        }
        return complaints;
    }

    /// A key of a ConfigMap or Secret, which becomes a file name.
    public static List<String> configKey(String value) {
        List<String> complaints = tooLong(value, MAX_SUBDOMAIN);
        if (!matches(CONFIG_KEY_PATTERN, value)) {
            complaints.add(syntax(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                    CONFIG_KEY,
                    "key.name",
                    "KEY_NAME",
                    "key-name"));
        }
        complaints.addAll(fileName(value));
        return complaints;
    }

    /// The name of an environment variable, strictly: letters, digits, `_`, `.`, `-`.
    public static List<String> environmentVariable(String value) {
        List<String> complaints = new ArrayList<>();
        if (!matches(ENV_PATTERN, value)) {
            complaints.add(syntax(
                    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.',"
                            + " and must not start with a digit",
                    ENV,
                    "my.env-name",
                    "MY_ENV.NAME",
                    "MyEnvName1"));
        }
        complaints.addAll(fileName(value));
        return complaints;
    }

    /// The name of an environment variable, relaxed: any printable ASCII but `=`.
    public static List<String> relaxedEnvironmentVariable(String value) {
        List<String> complaints = new ArrayList<>();
        if (value.isEmpty()) {
            complaints.add("environment variable name must be non-empty");
        }
        if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7E || c == '=')) {
            complaints.add("a valid environment variable name must consist only of printable ASCII characters"
                    + " other than '='");
        }
        return complaints;
    }

    /// The name of a container port.
    public static List<String> portName(String value) {
        List<String> complaints = tooLong(value, 15);
        if (!matches(PORT_PATTERN, value)) {
            complaints.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (value.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            complaints.add("must contain at least one letter (a-z)");
        }
        if (value.contains("--")) {
            complaints.add("must not contain consecutive hyphens");
        }
        if (value.startsWith("-") || value.endsWith("-")) {
            complaints.add("must not begin or end with a hyphen");
        }
        return complaints;
    }

    /// `acme.io/foo`: what managedBy and finalizers of others must look like.
    public static List<String> domainPrefixedPath(String value) {
        if (value.isEmpty()) {
            return List.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        int slash = value.indexOf('/');
        if (slash <= 0 || slash == value.length() - 1) {
            return List.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        List<String> complaints = new ArrayList<>();
        dnsSubdomain(value.substring(0, slash)).forEach(complaints::add);
        if (!matches(PATH_PATTERN, value.substring(slash + 1))) {
            complaints.add("Invalid path (regex used for validation is '" + PATH + "')");
        }
        return complaints;
    }

    /// A name that becomes a path segment and nothing stricter: events' kinds, nodes of other worlds.
    public static List<String> pathSegment(String value) {
        List<String> complaints = new ArrayList<>();
        if (value.equals(".") || value.equals("..")) {
            complaints.add("may not be '" + value + "'");
        }
        for (String part : List.of("/", "%")) {
            if (value.contains(part)) {
                complaints.add("may not contain '" + part + "'");
            }
        }
        return complaints;
    }

    /// The API's generateName: the base, cut to 58, and five letters.
    ///
    /// @param draw any random number; it alone picks the letters
    public static String generate(String base, long draw) {
        StringBuilder name = new StringBuilder(cut(base, MAX_GENERATED_BASE));
        long rest = draw;
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            name.append(SUFFIX_LETTERS.charAt(Math.floorMod(rest, SUFFIX_LETTERS.length())));
            rest = Math.floorDiv(rest, (long) SUFFIX_LETTERS.length());
        }
        return name.toString();
    }

    /// generateName of a NonIndexed Job's pods: `JOB-`, or `JOB` where the hyphen would not be allowed.
    public static String podBase(String job) {
        String base = job + "-";
        return dnsSubdomain(maskedTrailingDash(base)).isEmpty() ? base : job;
    }

    /// generateName of the pods of one index: `JOB-INDEX-`, the Job's part cut so that the whole is at most 58.
    public static String podBase(String job, int index) {
        StringBuilder base = new StringBuilder(MAX_GENERATED_BASE);
        base.append('-').append(index).append('-');
        return base.insert(0, job, 0, Math.min(job.length(), MAX_GENERATED_BASE - base.length()))
                .toString();
    }

    /// A base checked as if its suffix were there already: a trailing hyphen counts as a letter.
    public static String maskedTrailingDash(String base) {
        return base.length() > 1 && base.endsWith("-") ? base.substring(0, base.length() - 2) + "a" : base;
    }

    private static List<String> fileName(String value) {
        if (value.equals(".")) {
            return List.of("must not be '.'");
        }
        if (value.equals("..")) {
            return List.of("must not be '..'");
        }
        return value.startsWith("..") ? List.of("must not start with '..'") : List.of();
    }

    private static List<String> tooLong(String value, int max) {
        List<String> complaints = new ArrayList<>();
        if (bytes(value) > max) {
            complaints.add("must be no more than " + max + " characters");
        }
        return complaints;
    }

    private static int bytes(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0x7F) {
                return value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            }
        }
        return value.length();
    }

    private static String cut(String value, int max) {
        return value.length() <= max ? value : value.substring(0, max);
    }

    // --- the patterns that every object meets many times, by hand

    /// Whether [#LABEL] matches from `from` to before `to`.
    private static boolean isLabel(String value, int from, int to) {
        if (from == to || value.charAt(from) == '-' || value.charAt(to - 1) == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (!isLower(c) && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    /// Whether [#SUBDOMAIN] matches.
    private static boolean isSubdomain(String value) {
        int from = 0;
        for (int dot = value.indexOf('.'); dot >= 0; dot = value.indexOf('.', from)) {
            if (!isLabel(value, from, dot)) {
                return false;
            }
            from = dot + 1;
        }
        return isLabel(value, from, value.length());
    }

    /// Whether [#QUALIFIED] matches.
    private static boolean isQualified(String value) {
        if (value.isEmpty() || !isAlphanumeric(value.charAt(0)) || !isAlphanumeric(value.charAt(value.length() - 1))) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(char c) {
        return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean matches(Pattern pattern, String value) {
        return pattern.matcher(value).matches();
    }

    /// The API joins its examples with `',  or '`: two spaces, as in every message of a real server.
    private static String syntax(String rule, String pattern, String... examples) {
        StringBuilder text = new StringBuilder(rule).append(" (e.g. ");
        for (int i = 0; i < examples.length; i++) {
            text.append(i > 0 ? " or " : "").append('\'').append(examples[i]).append("', ");
        }
        return text.append("regex used for validation is '")
                .append(pattern)
                .append("')")
                .toString();
    }
}
