package dev.jobctl.node.container;

import dev.jobctl.std.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A network namespace for each pod, on a bridge of the home, made by `network.sh` before the pod's first container.
/// All containers of a pod share it, one after another and at once. Safe from any thread.
final class PodNetworks implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path SPACES = Path.of("/run/netns");

    /// A name of an interface has at most 15 bytes.
    private static final int MARK = 8;

    private static final int LINK = 13;

    /// CAP_NET_ADMIN and CAP_SYS_ADMIN.
    private static final long NEEDED = 1L << 12 | 1L << 21;

    private final Engine engine;
    private final String mark;
    private final String bridge;
    private final PodSubnet subnet;
    private final String script;
    private boolean bridged;

    private PodNetworks(Engine engine, String mark, PodSubnet subnet) {
        this.engine = engine;
        this.mark = mark;
        this.subnet = subnet;
        bridge = "jc" + mark;
        script = script();
    }

    /// Empty where pods share this machine's network: only root makes networks, and only a near engine uses them. Does
    /// not wait.
    static Optional<PodNetworks> of(Engine engine, EngineSettings settings, Path home) {
        String path = settings.environment().getOrDefault("PATH", "");
        if (!settings.ownNetwork()
                || !engine.near()
                || !mayMake()
                || Engine.program("ip", path).isEmpty()) {
            return Optional.empty();
        }
        String mark = hash(home.toString()).substring(0, MARK);
        try {
            return RouteTable.subnet("jc" + mark, Integer.parseInt(mark.substring(0, 4), 16))
                    .map(prefix -> new PodNetworks(engine, mark, new PodSubnet(prefix)));
        } catch (IOException e) {
            engine.log().warning("pods share this machine's network", "cause", e.getMessage());
            return Optional.empty();
        }
    }

    /// Root alone does not make networks: inside another container it may lack the capabilities.
    private static boolean mayMake() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("CapEff:"))
                    .map(line -> line.substring(line.indexOf('\t') + 1).strip())
                    .anyMatch(set -> (Long.parseUnsignedLong(set, 16) & NEEDED) == NEEDED);
        } catch (IOException e) {
            return false;
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    PodSubnet subnet() {
        return subnet;
    }

    /// The options by which a container of the pod joins its network, which is made when it is not there. Throws with
    /// what is wrong and what to do.
    synchronized List<String> join(String uid, String address) throws IOException {
        Path space = SPACES.resolve(space(uid));
        if (!made(uid)) {
            leave(uid); // the half of one, where this program was killed while it made it
            try {
                if (!bridged) {
                    run("bridge", bridge, subnet.prefix());
                    bridged = true;
                }
                run("join", space(uid), bridge, link(uid), address, subnet.gateway());
            } catch (IOException e) {
                bridged = false;
                leave(uid);
                throw new IOException(
                        "cannot make the pod's network: %s; to share this machine's, set %s=host for the daemon"
                                .formatted(e.getMessage(), EngineSettings.NETWORK),
                        e);
            }
        }
        return List.of("--network", "ns:" + space);
    }

    /// Its mark is the last that it gets.
    private boolean made(String uid) throws IOException {
        return Files.exists(SPACES.resolve(space(uid)))
                && ask("made", space(uid)).good();
    }

    /// Nothing happens where there is none.
    synchronized void leave(String uid) {
        if (Files.exists(SPACES.resolve(space(uid)))) {
            try {
                run("leave", space(uid), link(uid));
            } catch (IOException e) {
                engine.log().warning("a pod's network stays", "pod", uid, "cause", e.getMessage());
            }
        }
    }

    /// Leaves all other pods' networks.
    synchronized void onlyThese(Set<String> uids) {
        try {
            for (Path space : spaces()) {
                String name = space.getFileName().toString();
                if (!uids.contains(name.substring(space("").length()))) {
                    leave(name.substring(space("").length()));
                }
            }
        } catch (IOException e) {
            engine.log().warning("networks of pods that are gone", "cause", e.getMessage());
        }
    }

    private String space(String uid) {
        return "jobctl-" + mark + "-" + uid;
    }

    private static String link(String uid) {
        return "jc" + hash(uid).substring(0, LINK);
    }

    private void run(String... arguments) throws IOException {
        Engine.Answer answer = ask(arguments);
        if (!answer.good()) {
            throw new IOException(answer.complaint());
        }
    }

    private Engine.Answer ask(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", script, "network.sh"));
        words.addAll(Arrays.asList(arguments));
        return engine.run(words, "", PATIENCE);
    }

    /// The bridge goes with the last pod.
    @Override
    public synchronized void close() {
        try {
            if (spaces().isEmpty() && (bridged || Files.exists(Path.of("/sys/class/net", bridge)))) {
                run("gone", bridge, subnet.prefix());
                bridged = false;
            }
        } catch (IOException e) {
            engine.log().warning("a bridge stays", "name", bridge, "cause", e.getMessage());
        }
    }

    private List<Path> spaces() throws IOException {
        if (!Files.isDirectory(SPACES)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(SPACES)) {
            return all.filter(path -> path.getFileName().toString().startsWith("jobctl-" + mark + "-"))
                    .toList();
        }
    }

    /// Comments are for readers of the source, not for the argument list of every shell.
    private static String script() {
        try (InputStream in = PodNetworks.class.getResourceAsStream("network.sh")) {
            Check.that(in != null, "network.sh is not in the program");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^#.*\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
