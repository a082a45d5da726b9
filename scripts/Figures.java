import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What was measured, and how it is shown.
final class Figures {
    private final Map<String, Double> values = new TreeMap<>();

    void put(String name, double value) {
        values.put(name, value);
    }

    /// Of one that was measured.
    double get(String name) {
        return values.get(name);
    }

    String text() {
        return line("cold run of a 'true' Job           %7.0f ms   bar: under 1000 ms", "coldRunMillis")
                + line("warm get jobs                      %7.1f ms", "getJobsMillis")
                + line("kubectl get jobs, same server      %7.1f ms", "kubectlGetJobsMillis")
                + line("ratio                              %7.2f      bar: 1.00 or less", "getJobsRatio")
                + line(
                        "pod's exit to next pod's start     %7.1f ms   bar: under 5 ms (the median, after 3,000 pods)",
                        "nextPodMillis")
                + line("  with the shells' own time        %7.1f ms", "nextPodRawMillis")
                + line("  a shell from shell to shell      %7.1f ms", "shellToShellMillis")
                + line(
                        "  in a daemon just started         %7.1f ms   over 60 pods, with the shells' own time",
                        "nextPodColdMillis")
                + line("  without sandboxes                %7.1f ms", "nextPodBareMillis")
                + line("1,000 times true, 8 at once        %7.0f ms", "inputsMillis")
                + line("  in sandboxes                     %7.0f ms", "inputsSandboxedMillis")
                + line("  GNU parallel -j8                 %7.0f ms", "gnuParallelMillis")
                + line("  ratio                            %7.2f      bar: 1.00 or less", "inputsRatio")
                + line("  ratio in sandboxes               %7.2f      bar: 1.50 or less", "inputsSandboxedRatio")
                + line("daemon, 10,000 finished pods kept  %7.0f MB   bar: under 300 MB", "daemonMegabytes")
                + line("40 containers, 4 at once           %7.0f ms", "containersMillis")
                + line("  podman run alone                 %7.0f ms", "bareContainersMillis")
                + line("  ratio                            %7.2f      bar: 1.30 or less", "containersRatio")
                + line(
                        "simulated pods, durable            %7.0f /s   bar: 2000 or more (10,000 indexes through the"
                                + " daemon)",
                        "simulatedPodsPerSecond")
                + line("virtual clock: 100,000 pods        %7.0f ms   bar: under 5000 ms", "virtualManyPodsMillis")
                + line(
                        "growth 1,000 to 100,000 pods       %7.2f      bar: 1.30 or less (cost per pod)",
                        "virtualGrowth")
                + line(
                        "Jobs created by 64 clients         %7.0f /s   bar: 3000 or more (durable, over TLS)",
                        "createsPerSecond")
                + line("10,000 pods as Table               %7.0f ms   bar: under 150 ms", "listTableMillis")
                + line(
                        "change told to 1,000 watchers      %7.1f ms   bar: under 50 ms (the 99th percentile)",
                        "watchMillis99")
                + line("get by name                        %7.2f ms   bar: under 1 ms (the median)", "getMillis");
    }

    /// Nothing for a figure that was not measured.
    private String line(String format, String figure) {
        Double value = values.get(figure);
        return value == null ? "" : format.formatted(value) + "\n";
    }

    String json() {
        StringBuilder text = new StringBuilder("{");
        values.forEach((name, value) -> text.append(text.length() > 1 ? ", " : "")
                .append('"')
                .append(name)
                .append("\": ")
                .append(String.format(Locale.ROOT, "%.3f", value)));
        return text.append("}\n").toString();
    }
}
