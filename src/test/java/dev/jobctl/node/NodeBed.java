package dev.jobctl.node;

import static org.awaitility.Awaitility.await;

import dev.jobctl.node.container.ContainerRuntime;
import dev.jobctl.node.process.ProcessRuntime;
import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.PodCredentials;
import dev.jobctl.node.runtime.PodRuntime;
import dev.jobctl.std.Log;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A node with real processes in a directory of its own, and verbs for tests.
final class NodeBed implements ConfigLookup {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final Path home;
    final SettableTime time = new SettableTime();
    final RecordedReports reports = new RecordedReports();
    final Map<String, ConfigMap> configMaps = new ConcurrentHashMap<>();
    final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    /// Names to uids.
    final Map<String, String> claims = new ConcurrentHashMap<>();
    PodCredentials credentials = PodCredentials.none();
    LocalNode node;

    private final UnaryOperator<PodRuntime> runtime;
    private final boolean sandbox;
    private RuntimeChoice choice;

    /// Pods see the host as it is, and so the files of the test.
    NodeBed(Path home) {
        this(home, UnaryOperator.identity(), false, RuntimeChoice.PROCESS);
    }

    /// Pods run in sandboxes.
    static NodeBed sandboxed(Path home) {
        return new NodeBed(home, UnaryOperator.identity(), true, RuntimeChoice.PROCESS);
    }

    /// `runtime` may stand before the real one.
    NodeBed(Path home, UnaryOperator<PodRuntime> runtime) {
        this(home, runtime, false, RuntimeChoice.PROCESS);
    }

    /// Pods run in containers of the engine that is on the PATH.
    static NodeBed ofContainers(Path home) {
        return new NodeBed(home, UnaryOperator.identity(), false, RuntimeChoice.CONTAINER);
    }

    private NodeBed(Path home, UnaryOperator<PodRuntime> runtime, boolean sandbox, String choice) {
        this.choice = new RuntimeChoice(choice);
        this.home = home;
        this.runtime = runtime;
        this.sandbox = sandbox;
        node = newNode();
    }

    private LocalNode newNode() {
        HostFacts host = new HostFacts(2, 1L << 30, 100, "linux", "amd64", "6.0", "Test OS", "boot-1");
        Map<String, String> basics = Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString());
        NodeSettings settings = new NodeSettings(home, "local", basics, host, choice, sandbox);
        var place = new ProcessRuntime.Settings(home, sandbox);
        var processes = new ProcessRuntime(place, time, Log.none());
        var containers = new ContainerRuntime(home, TestImage.engine(), processes, time, Log.none());
        var runtimes = new Runtimes(runtime.apply(processes), containers, choice);
        LocalNode made = new LocalNode(settings, reports, this, runtimes, time, Log.none());
        made.podsFound(List.of());
        return made;
    }

    /// As if the daemon had been replaced: what runs goes on.
    void replaceNode() throws InterruptedException {
        node.close(true);
        node = newNode();
    }

    /// The same, with another runtime for pods that name none.
    void replaceNode(String otherRuntime) throws InterruptedException {
        choice = new RuntimeChoice(otherRuntime);
        replaceNode();
    }

    /// Waits until a process runs no more. One that nobody has collected yet (a zombie, where the machine's first
    /// process is slow to collect) runs no more.
    static void awaitGone(long pid) {
        await().atMost(PATIENCE).until(() -> !runs(pid));
    }

    private static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /// A pod with one container `main`.
    static Pod pod(String name, String... command) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withUid("uid-" + name)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(30L)
                .withContainers(new ContainerBuilder()
                        .withName("main")
                        .withImage("busybox")
                        .withCommand(command)
                        .build())
                .endSpec()
                .build();
    }

    /// `$$` means the shell's own id: Kubernetes halves dollar signs, so here they are doubled.
    static Pod shell(String name, String script) {
        return pod(name, "/bin/sh", "-c", script.replace("$$", "$$$$"));
    }

    static Pod deleted(Pod pod, long graceSeconds) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp(Instant.now().plusSeconds(graceSeconds).toString())
                .withDeletionGracePeriodSeconds(graceSeconds)
                .endMetadata()
                .build();
    }

    PodStatus run(Pod pod) {
        node.podChanged(pod);
        return awaitEnd(pod);
    }

    PodStatus awaitEnd(Pod pod) {
        return awaitStatus(
                pod, s -> s.getPhase().equals("Succeeded") || s.getPhase().equals("Failed"));
    }

    PodStatus awaitRunning(Pod pod) {
        return awaitStatus(pod, s -> s.getPhase().equals("Running"));
    }

    PodStatus awaitStatus(Pod pod, Predicate<PodStatus> wanted) {
        String name = pod.getMetadata().getName();
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> reports.of(name).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    static ContainerStatus main(PodStatus status) {
        return status.getContainerStatuses().getFirst();
    }

    String log(Pod pod) {
        return log(pod, "main", 0);
    }

    String log(Pod pod, String container, int attempt) {
        try {
            return Files.readString(directory(pod).resolve(container).resolve(attempt + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory(Pod pod) {
        String name = pod.getMetadata().getName();
        return home.resolve("pods").resolve("default_" + name + "_uid-" + name);
    }

    List<String> reasons() {
        return reports.events.stream().map(e -> e.reason()).toList();
    }

    /// The events told so far, a line each.
    String messages() {
        return String.join(
                "\n",
                reports.events.stream().map(e -> e.reason() + " " + e.message()).toList());
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.ofNullable(configMaps.get(name));
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public Optional<String> claim(String namespace, String name) {
        return Optional.ofNullable(claims.get(name));
    }

    @Override
    public PodCredentials credentials() {
        return credentials;
    }

    void close() throws InterruptedException {
        node.close(false);
    }
}
