import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Measures the release, in a home of its own that is removed at the end; called by scripts/bench. All loops are
/// bounded.
public final class Bench {
    private static final int COLD_RUNS = 7;
    private static final int WARM_RUNS = 21;
    private static final int COLD_PODS = 60;
    private static final int BUSY_PODS = 3_000;
    private static final int PODS = 200;
    /// The same shells as the pods', started by a shell one after the other.
    private static final String SHELLS = "for i in $(seq 200); do bash -c 'echo $EPOCHREALTIME $EPOCHREALTIME'; done";
    private static final int LIMIT_SECONDS = 180;
    private static final int MANY_PODS = 100_000;
    private static final int FEW_PODS = 1_000;
    private static final int FEW_RUNS = 15;
    private static final int SIMULATED_PODS = 10_000;
    private static final int SIMULATED_RUNS = 3;
    private static final int INPUTS = 1_000;
    private static final int INPUT_RUNS = 3;
    private static final int KEPT_PODS = 10_000;
    private static final int CONTAINERS = 40;
    private static final int CONTAINERS_AT_ONCE = 4;
    private static final int CONTAINER_RUNS = 3;
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    /// What can be asked for alone, in order.
    private static final List<String> PARTS =
            List.of("cold", "get", "next", "parallel", "containers", "simulated", "memory", "virtual", "api");

    private final String jobctl;
    private final Path home;
    private final Figures figures = new Figures();
    private boolean sandbox = true;

    private Bench(String jobctl, Path home) {
        this.jobctl = jobctl;
        this.home = home;
    }

    public static void main(String[] arguments) throws Exception {
        boolean json = Arrays.asList(arguments).contains("json")
                || Arrays.asList(arguments).contains("-ojson");
        Path home = Files.createTempDirectory("jb");
        Bench bench = new Bench(arguments[0], home);
        try {
            List<String> wanted =
                    Arrays.stream(arguments).filter(PARTS::contains).toList();
            for (String part : wanted.isEmpty() ? PARTS : wanted) {
                bench.measure(part);
            }
        } finally {
            bench.run(false, List.of(bench.jobctl, "local", "reset"));
            try (var files = Files.walk(home)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        System.out.print(json ? bench.figures.json() : bench.figures.text());
    }

    private void measure(String part) throws Exception {
        switch (part) {
            case "cold" -> coldRun();
            case "get" -> warmGet();
            case "next" -> podToPod();
            case "parallel" -> parallel();
            case "containers" -> containers();
            case "simulated" -> simulatedPods();
            case "memory" -> memory();
            case "virtual" -> virtualClock();
            default -> api();
        }
    }

    private void coldRun() throws IOException, InterruptedException {
        Path manifest = manifest("cold", "[\"true\"]", 1, "NonIndexed");
        double[] times = new double[COLD_RUNS];
        for (int i = 0; i < COLD_RUNS; i++) {
            times[i] = run(true, List.of(jobctl, "run", "-f", manifest.toString()));
        }
        figures.put("coldRunMillis", median(times));
    }

    private void warmGet() throws IOException, InterruptedException {
        run(
                true,
                List.of(
                        jobctl,
                        "apply",
                        "-f",
                        manifest("warm", "[\"true\"]", 1, "NonIndexed").toString()));
        run(true, List.of(jobctl, "wait", "job/warm", "--timeout=60s"));
        double[] ours = new double[WARM_RUNS];
        double[] theirs = new double[WARM_RUNS];
        for (int i = -3; i < WARM_RUNS; i++) {
            double our = run(true, List.of(jobctl, "get", "jobs"));
            double their = run(true, List.of("kubectl", "get", "jobs"));
            if (i >= 0) {
                ours[i] = our;
                theirs[i] = their;
            }
        }
        figures.put("getJobsMillis", median(ours));
        figures.put("kubectlGetJobsMillis", median(theirs));
        figures.put("getJobsRatio", median(ours) / median(theirs));
    }

    /// In sandboxes, first in a daemon that has hardly run a pod, then in one that has run thousands, as a day's work
    /// leaves it; then in such a one without sandboxes.
    private void podToPod() throws IOException, InterruptedException {
        figures.put("nextPodColdMillis", delay("cold", COLD_PODS));
        figures.put("nextPodRawMillis", delayOfBusy("next"));
        double shells = gap(output(List.of("bash", "-c", SHELLS)));
        figures.put("shellToShellMillis", shells);
        figures.put("nextPodMillis", figures.get("nextPodRawMillis") - shells);
        run(false, List.of(jobctl, "local", "stop"));
        sandbox = false;
        figures.put("nextPodBareMillis", delayOfBusy("bare") - shells);
        run(false, List.of(jobctl, "local", "stop"));
        sandbox = true;
    }

    private double delayOfBusy(String name) throws IOException, InterruptedException {
        Path busy = manifest("busy-" + name, "[\"true\"]", BUSY_PODS, "Indexed", 8);
        run(true, List.of(jobctl, "apply", "-f", busy.toString()));
        run(true, List.of(jobctl, "wait", "job/busy-" + name, "--timeout=170s"));
        return delay(name, PODS);
    }

    /// Each pod prints the time at its start and at its end; the median of what lies between the one and the next.
    private double delay(String name, int pods) throws IOException, InterruptedException {
        String command = "[\"bash\", \"-c\", \"echo $EPOCHREALTIME $EPOCHREALTIME\"]";
        run(
                true,
                List.of(
                        jobctl,
                        "apply",
                        "-f",
                        manifest(name, command, pods, "Indexed").toString()));
        run(true, List.of(jobctl, "wait", "job/" + name, "--timeout=120s"));
        return gap(output(List.of(
                "kubectl",
                "logs",
                "-l",
                "batch.kubernetes.io/job-name=" + name,
                "--tail=-1",
                "--max-log-requests=" + pods)));
    }

    private static double gap(String lines) {
        List<double[]> spans = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] words = line.strip().split(" ");
            if (words.length == 2) {
                spans.add(new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])});
            }
        }
        if (spans.size() < 2) {
            throw new IllegalStateException("no times in: " + lines);
        }
        spans.sort((a, b) -> Double.compare(a[0], b[0]));
        double[] delays = new double[spans.size() - 1];
        for (int i = 0; i < delays.length; i++) {
            delays[i] = (spans.get(i + 1)[0] - spans.get(i)[1]) * 1_000;
        }
        return median(delays);
    }

    /// A Job of 1,000 times `true`, 8 at a time, and GNU parallel with as many inputs, in turn; first without
    /// sandboxes. One run of the Job before makes the daemon warm.
    private void parallel() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin/parallel"))) {
            return;
        }
        for (boolean sandboxed : new boolean[] {false, true}) {
            run(false, List.of(jobctl, "local", "stop"));
            sandbox = sandboxed;
            double[] ours = new double[INPUT_RUNS];
            double[] theirs = new double[INPUT_RUNS];
            for (int i = -1; i < INPUT_RUNS; i++) {
                String name = "inputs-" + sandboxed + (i + 1);
                Path manifest = manifest(name, "[\"true\"]", INPUTS, "Indexed", 8);
                double our = run(true, List.of(jobctl, "apply", "-f", manifest.toString()))
                        + run(true, List.of(jobctl, "wait", "job/" + name, "--timeout=170s"));
                double their = run(true, List.of("sh", "-c", "seq " + INPUTS + " | parallel -j8 true"));
                if (i >= 0) {
                    ours[i] = our;
                    theirs[i] = their;
                }
            }
            figures.put(sandboxed ? "inputsSandboxedMillis" : "inputsMillis", median(ours));
            figures.put("gnuParallelMillis", median(theirs));
            figures.put(sandboxed ? "inputsSandboxedRatio" : "inputsRatio", median(ours) / median(theirs));
        }
        sandbox = true;
    }

    /// What the daemon holds of the machine's memory with 10,000 finished pods that it has run itself since its start,
    /// once it has been left alone for a moment.
    private void memory() throws IOException, InterruptedException {
        run(false, List.of(jobctl, "local", "reset"));
        Path manifest = manifest("kept", "[\"true\"]", KEPT_PODS, "Indexed", 8);
        run(true, List.of(jobctl, "apply", "-f", manifest.toString()));
        run(true, List.of(jobctl, "wait", "job/kept", "--timeout=170s"));
        String pid = Files.readString(home.resolve("home/daemon.lock")).strip();
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 30; i++) {
            run(true, List.of("sleep", "1"));
            least = Math.min(least, resident(pid));
        }
        figures.put("daemonMegabytes", least);
    }

    private static double resident(String pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow()
                / 1_024;
    }

    /// Containers of a Job, and as many of a bare `podman run`, of an image that is made here and removed at the end.
    /// The limits are those that podman may always give.
    private void containers() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin/podman")) || !Files.isExecutable(BUSYBOX)) {
            return;
        }
        String image = "localhost/jobctl-bench:" + ProcessHandle.current().pid();
        Path bin = Files.createDirectories(home.resolve("root/bin"));
        Files.copy(BUSYBOX, bin.resolve("true"), StandardCopyOption.COPY_ATTRIBUTES);
        String tar = home.resolve("image.tar").toString();
        run(true, List.of("tar", "-C", home.resolve("root").toString(), "-cf", tar, "."));
        run(true, List.of("podman", "import", "--quiet", tar, image));
        try {
            String bare =
                    "seq %d | xargs -P %d -I{} podman run --rm --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 %s true"
                            .formatted(CONTAINERS, CONTAINERS_AT_ONCE, image);
            double[] ours = new double[CONTAINER_RUNS];
            double[] theirs = new double[CONTAINER_RUNS];
            for (int i = 0; i < CONTAINER_RUNS; i++) {
                Path manifest = manifest("contained-" + i, "[\"true\"]", CONTAINERS, "Indexed", CONTAINERS_AT_ONCE);
                Files.writeString(
                        manifest,
                        Files.readString(manifest)
                                .replace("restartPolicy", "runtimeClassName: container\n      restartPolicy")
                                .replace("busybox", image));
                double started = System.nanoTime();
                run(true, List.of(jobctl, "apply", "-f", manifest.toString()));
                run(true, List.of(jobctl, "wait", "job/contained-" + i, "--timeout=170s"));
                ours[i] = (System.nanoTime() - started) / 1e6;
                theirs[i] = run(true, List.of("sh", "-c", bare));
            }
            figures.put("containersMillis", median(ours));
            figures.put("bareContainersMillis", median(theirs));
            figures.put("containersRatio", median(ours) / median(theirs));
        } finally {
            run(true, List.of("podman", "rmi", "--force", image));
        }
    }

    /// One Indexed Job of pods that only pretend, 1,000 at a time, through the daemon: stored, run, durable, waited
    /// for. The first run makes the daemon warm and does not count.
    private void simulatedPods() throws IOException, InterruptedException {
        double[] seconds = new double[SIMULATED_RUNS];
        for (int i = -1; i < SIMULATED_RUNS; i++) {
            String name = "pretend" + (i + 1);
            Path file = manifest(name, "[\"true\"]", SIMULATED_PODS, "Indexed", 1_000);
            String text = Files.readString(file);
            Files.writeString(file, text.replace("restartPolicy", "runtimeClassName: simulated\n      restartPolicy"));
            double millis = run(true, List.of(jobctl, "apply", "-f", file.toString()))
                    + run(true, List.of(jobctl, "wait", "job/" + name, "--timeout=150s"));
            run(true, List.of(jobctl, "delete", "job", name, "--cascade=foreground"));
            if (i >= 0) {
                seconds[i] = millis / 1_000;
            }
        }
        figures.put("simulatedPodsPerSecond", SIMULATED_PODS / median(seconds));
    }

    /// Requests over the socket; the Jobs of the other figures are gone by then.
    private void api() throws Exception {
        run(true, List.of(jobctl, "get", "jobs"));
        run(true, List.of(jobctl, "delete", "job", "--all", "--cascade=foreground"));
        String name = "listed";
        Path file = manifest(name, "[\"true\"]", SIMULATED_PODS, "Indexed", 1_000);
        String text = Files.readString(file);
        Files.writeString(file, text.replace("restartPolicy", "runtimeClassName: simulated\n      restartPolicy"));
        run(true, List.of(jobctl, "apply", "-f", file.toString()));
        run(true, List.of(jobctl, "wait", "job/" + name, "--timeout=150s"));
        try (ApiBench api = new ApiBench(home.resolve("home/kubeconfig"))) {
            figures.put("listTableMillis", api.listAsTable(SIMULATED_PODS));
            run(true, List.of(jobctl, "delete", "job", name, "--cascade=foreground"));
            api.measure(figures);
        }
    }

    /// One Indexed Job, 1,000 pods at a time, on the virtual clock: `jobctl simulate` in the warm daemon. What a run
    /// with a single pod takes is not the pods' cost and is taken off before costs per pod are compared.
    private void virtualClock() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            simulate(20 * FEW_PODS);
        }
        double[] one = new double[FEW_RUNS];
        double[] few = new double[FEW_RUNS];
        for (int i = 0; i < FEW_RUNS; i++) {
            one[i] = simulate(1);
            few[i] = simulate(FEW_PODS);
        }
        double many = simulate(MANY_PODS);
        figures.put("virtualManyPodsMillis", many);
        figures.put("virtualGrowth", (many - median(one)) / MANY_PODS / ((median(few) - median(one)) / FEW_PODS));
    }

    private double simulate(int pods) throws IOException, InterruptedException {
        Path job = manifest("pods" + pods, "[\"true\"]", pods, "Indexed", 1_000);
        return run(true, List.of(jobctl, "simulate", "-f", job.toString(), "--duration", "1s", "--nodes", "10"));
    }

    private Path manifest(String name, String command, int completions, String mode) throws IOException {
        return manifest(name, command, completions, mode, 1);
    }

    private Path manifest(String name, String command, int completions, String mode, int parallelism)
            throws IOException {
        String text = """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: %s}
            spec:
              completions: %d
              parallelism: %d
              completionMode: %s
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: busybox, command: %s}]
            """.formatted(name, completions, parallelism, mode, command);
        return Files.writeString(home.resolve(name + ".yaml"), text);
    }

    /// Wall milliseconds of one command.
    private double run(boolean mustSucceed, List<String> command) throws IOException, InterruptedException {
        File log = home.resolve("output").toFile();
        long start = System.nanoTime();
        Process process =
                builder(command).redirectErrorStream(true).redirectOutput(log).start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("not finished within " + LIMIT_SECONDS + " s: " + command);
        }
        double millis = (System.nanoTime() - start) / 1e6;
        if (mustSucceed && process.exitValue() != 0) {
            throw new IllegalStateException(
                    "exit code " + process.exitValue() + " of " + command + ": " + Files.readString(log.toPath()));
        }
        return millis;
    }

    private String output(List<String> command) throws IOException, InterruptedException {
        run(true, command);
        return Files.readString(home.resolve("output"));
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        builder.environment().put("JOBCTL_HOME", home.resolve("home").toString());
        builder.environment().remove("JOBCTL_DAEMON");
        builder.environment().put("JOBCTL_SANDBOX", sandbox ? "auto" : "off");
        builder.environment().put("KUBECACHEDIR", home.resolve("cache").toString());
        if (command.getFirst().equals("kubectl")) {
            builder.environment()
                    .put("KUBECONFIG", home.resolve("home/kubeconfig").toString());
        } else {
            builder.environment().remove("KUBECONFIG");
        }
        return builder;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
