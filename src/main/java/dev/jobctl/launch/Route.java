package dev.jobctl.launch;

import dev.jobctl.launch.wire.Home;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a command line runs. Decided from the words alone, before anything is parsed: a wrong guess costs time, never
/// a different result, but for descriptors, which are others in the daemon.
enum Route {
    /// In this process.
    HERE,
    /// In the daemon, started first when it does not run.
    DAEMON,
    /// The same, unless `jobctl use` chose a cluster: then no daemon is started for it.
    TARGET,
    /// In the daemon when there is one, otherwise here: it is not worth starting one for this.
    DAEMON_IF_RUNNING;

    /// Global options that take the next word as their value.
    private static final String VALUED =
            " -n --namespace --context --kubeconfig -s --server --cluster --user --token --request-timeout -v ";

    /// Verbs that bring their own control plane, need none, or own the terminal.
    private static final String HERE_VERBS = " run help completion simulate shell edit ";

    static Route of(String[] arguments, Map<String, String> environment, Home home) {
        int at = verbAt(arguments);
        String[] own = beforeDashes(arguments);
        // The daemon's own verbs speak of the daemon, also where all other commands do without it.
        if (at >= 0 && arguments[at].equals("local") && !asks(own)) {
            return ofLocal(at + 1 < arguments.length ? arguments[at + 1] : "");
        }
        String daemon = environment.getOrDefault("JOBCTL_DAEMON", "");
        if (daemon.equals("off")) {
            return HERE;
        }
        if (namesDescriptor(own)) {
            return HERE;
        }
        if (daemon.equals("always")) {
            return DAEMON;
        }
        if (at < 0) {
            return HERE;
        }
        String verb = arguments[at];
        if (among(HERE_VERBS, verb) || interactive(verb, own)) {
            return HERE;
        }
        boolean idle = verb.equals("use")
                || completes(arguments)
                || verb.equals("config")
                || asks(own)
                || namesCluster(own, environment, home);
        return idle ? DAEMON_IF_RUNNING : TARGET;
    }

    /// Whether a shell asks what a line may go on with.
    static boolean completes(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("__complete");
    }

    private static Route ofLocal(String verb) {
        return verb.equals("start") || verb.equals("env") ? DAEMON : DAEMON_IF_RUNNING;
    }

    /// What stands behind `--` is another program's.
    private static String[] beforeDashes(String[] arguments) {
        int end = 0;
        while (end < arguments.length && !arguments[end].equals("--")) {
            end++;
        }
        return Arrays.copyOf(arguments, end);
    }

    /// The index of the first word that is neither an option nor an option's value; -1 when there is none.
    private static int verbAt(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("-")) {
                return i;
            }
            if (among(VALUED, arguments[i])) {
                i++;
            }
        }
        return -1;
    }

    /// Whether the command wants the caller's terminal itself, raw and both ways.
    private static boolean interactive(String verb, String[] arguments) {
        if (!verb.equals("exec") && !verb.equals("attach")) {
            return false;
        }
        for (String argument : arguments) {
            if (argument.equals("--tty") || argument.equals("-t") || argument.equals("-it") || argument.equals("-ti")) {
                return true;
            }
        }
        return false;
    }

    /// Whether it asks for help or the client's version only.
    private static boolean asks(String[] arguments) {
        for (String argument : arguments) {
            if (argument.equals("--help") || argument.equals("-h") || argument.equals("--client")) {
                return true;
            }
        }
        return false;
    }

    /// Whether it names files that are others in another process, as bash's `<(...)` does: `/dev/fd/63`.
    private static boolean namesDescriptor(String[] arguments) {
        for (String argument : arguments) {
            if (argument.contains("/dev/fd/") || argument.contains("/dev/std") || argument.contains("/proc/self/")) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesCluster(String[] arguments, Map<String, String> environment, Home home) {
        for (String argument : arguments) {
            if (argument.startsWith("--context")
                    || argument.startsWith("--kubeconfig")
                    || argument.startsWith("--server")
                    || argument.equals("-s")) {
                return true;
            }
        }
        @Nullable String kubeconfig = environment.get("KUBECONFIG");
        return kubeconfig != null
                && !kubeconfig.isEmpty()
                && !kubeconfig.equals(home.kubeconfig().toString());
    }

    private static boolean among(String words, String word) {
        return words.contains(" " + word + " ");
    }
}
