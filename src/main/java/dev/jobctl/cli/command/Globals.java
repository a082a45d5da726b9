package dev.jobctl.cli.command;

import dev.jobctl.cli.cluster.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options that every verb takes.
///
/// @param namespace null: the context's own
/// @param requestLimit zero: none
public record Globals(
        Targets.Wish target, @Nullable String namespace, Duration requestLimit, boolean debug, boolean help) {
    /// A server answers, if only with a timeout, within 60 s, whatever does not stream; one that does not is stopped.
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(65);

    /// The names of those that take a value, read before the verb is known.
    private static final Set<String> VALUED = Set.of(
            "-n",
            "--namespace",
            "-s",
            "--server",
            "--context",
            "--kubeconfig",
            "--token",
            "--certificate-authority",
            "--request-timeout");

    static void declare(CommandSpec spec) {
        add(spec, "NAMESPACE", "Namespace of this request", "-n", "--namespace");
        add(spec, "ADDRESS", "Address of the API server", "-s", "--server");
        add(spec, "NAME", "Context of the kubeconfig, or 'local' for this machine", "--context");
        add(spec, "FILE", "Kubeconfig to use", "--kubeconfig");
        add(spec, "TOKEN", "Bearer token", "--token");
        add(spec, "FILE", "Certificate of the server's authority", "--certificate-authority");
        add(spec, "DURATION", "How long one request may take, such as 5s; 0 for no limit", "--request-timeout");
        flag(spec, "Accept any server certificate", "--insecure-skip-tls-verify");
        flag(spec, "Show stack traces of failures", "--debug");
        flag(spec, "Show this help", "-h", "--help");
    }

    public static Globals of(Parsed parsed) {
        Duration limit = parsed.duration("--request-timeout");
        return new Globals(
                new Targets.Wish(
                        parsed.text("--kubeconfig"),
                        parsed.text("--context"),
                        parsed.text("--server"),
                        parsed.text("--token"),
                        parsed.text("--certificate-authority"),
                        parsed.flag("--insecure-skip-tls-verify")),
                parsed.text("--namespace"),
                limit == null ? REQUEST_LIMIT : limit,
                parsed.flag("--debug"),
                parsed.flag("--help"));
    }

    /// The same for requests that take at most that long.
    public Globals within(Duration limit) {
        boolean shorter = !requestLimit.isZero() && requestLimit.compareTo(limit) < 0;
        return shorter ? this : new Globals(target, namespace, limit, debug, help);
    }

    /// Whether this word is a global option whose value is the next word.
    static boolean takesNext(String word) {
        return VALUED.contains(word);
    }

    /// Whether this word is a global option, with its value or without.
    static boolean starts(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        return VALUED.contains(name)
                || List.of("--insecure-skip-tls-verify", "--debug", "-h", "--help")
                        .contains(name)
                || word.matches("-[ns][^-].*");
    }

    private static void add(CommandSpec spec, String label, String help, String... names) {
        if (spec.findOption(names[names.length - 1]) == null) {
            spec.addOption(OptionSpec.builder(names)
                    .type(String.class)
                    .paramLabel(label)
                    .description(help)
                    .build());
        }
    }

    private static void flag(CommandSpec spec, String help, String... names) {
        spec.addOption(
                OptionSpec.builder(names).type(boolean.class).description(help).build());
    }
}
