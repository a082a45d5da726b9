package dev.jobctl.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.jobctl.node.Busybox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// As much of a registry of images as a pull needs, on loopback with TLS that nobody vouches for: manifests by any tag
/// or by digest, and blobs. Safe from any thread.
final class Registry implements AutoCloseable {
    private static final Pattern PATH = Pattern.compile("/v2/library/([a-z]+)/(manifests|blobs)/([\\w.:-]+)");
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private static final String PASSWORD = "loopback";

    private final HttpsServer server;
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final Map<String, byte[]> small = new ConcurrentHashMap<>();
    private final Map<String, Path> layers = new ConcurrentHashMap<>();

    /// @param directory where it keeps its key
    Registry(Path directory) throws IOException, InterruptedException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certified(directory.resolve("registry.p12"))));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private static SSLContext certified(Path store) throws IOException, InterruptedException {
        String keytool = System.getProperty("java.home") + "/bin/keytool";
        Busybox.output(
                (keytool + " -genkeypair -alias registry -keyalg EC -dname CN=localhost -storetype PKCS12 -storepass "
                                + PASSWORD + " -keystore " + store)
                        .split(" "));
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// An image of tarballs, the lowest first, under every tag.
    void add(String name, List<Path> tarballs) throws IOException {
        List<String> digests =
                tarballs.stream().map(tarball -> digest(read(tarball))).toList();
        byte[] config = """
            {"architecture":"%s","os":"linux",
             "config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]},
             "rootfs":{"type":"layers","diff_ids":[%s]}}\
            """.formatted(
                        architecture(),
                        digests.stream().map(digest -> '"' + digest + '"').collect(Collectors.joining(",")))
                .getBytes(StandardCharsets.UTF_8);
        small.put(digest(config), config);
        StringBuilder layerList = new StringBuilder();
        for (int i = 0; i < tarballs.size(); i++) {
            layers.put(digests.get(i), tarballs.get(i));
            layerList.append(i == 0 ? "" : ",").append(blob(LAYER, digests.get(i), Files.size(tarballs.get(i))));
        }
        byte[] manifest = """
            {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}\
            """.formatted(MANIFEST, blob(CONFIG, digest(config), config.length), layerList)
                .getBytes(StandardCharsets.UTF_8);
        manifests.put(name, manifest);
        manifests.put(digest(manifest), manifest);
    }

    private static String blob(String type, String digest, long size) {
        return """
            {"mediaType":"%s","digest":"%s","size":%d}\
            """.formatted(type, digest, size);
    }

    private static String architecture() {
        return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Matcher parts = PATH.matcher(path);
            if (path.equals("/v2/")) {
                send(exchange, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
            } else if (!parts.matches()) {
                exchange.sendResponseHeaders(404, -1);
            } else if (parts.group(2).equals("manifests")) {
                boolean byDigest = parts.group(3).startsWith("sha256:");
                send(exchange, MANIFEST, manifests.get(byDigest ? parts.group(3) : parts.group(1)));
            } else if (layers.containsKey(parts.group(3))) {
                send(exchange, "application/octet-stream", read(layers.get(parts.group(3))));
            } else {
                send(exchange, "application/octet-stream", small.get(parts.group(3)));
            }
        }
    }

    private static void send(HttpExchange exchange, String type, byte @Nullable [] body) throws IOException {
        if (body == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest(body));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
