import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Measures the API from outside, over TLS and HTTP/1.1 with as little client as possible: it runs on the same
/// processors. All loops are bounded.
final class ApiBench {
    private static final int CLIENTS = 64;
    /// Until the daemon's code is compiled, which it does late.
    private static final int WARM_CREATES = 15_000;
    private static final int CREATES = 12_000;
    private static final int GETS = 3_000;
    private static final int LISTS = 9;
    private static final int WATCHERS = 1_000;
    private static final int WARM_CHANGES = 20;
    private static final int CHANGES = WARM_CHANGES + 40;
    private static final int LIMIT_MILLIS = 60_000;
    private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final InetSocketAddress address;
    private final String head;
    private final SSLContext trust;

    ApiBench(Path kubeconfig) throws Exception {
        String text = Files.readString(kubeconfig);
        URI server = URI.create(field(text, "server"));
        address = new InetSocketAddress(server.getHost(), server.getPort());
        head = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: Bearer " + field(text, "token")
                + "\r\n";
        byte[] pem = Base64.getDecoder().decode(field(text, "certificate-authority-data"));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "ca", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        trust = SSLContext.getInstance("TLS");
        trust.init(null, factory.getTrustManagers(), null);
    }

    private static String field(String text, String name) {
        Matcher found = Pattern.compile("(?m)^ *" + name + ": (\\S+)$").matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in the kubeconfig");
        }
        return found.group(1);
    }

    void measure(Figures figures) throws Exception {
        create("warm", WARM_CREATES);
        double seconds = create("many", CREATES);
        figures.put("createsPerSecond", CREATES / seconds);
        figures.put("getMillis", getByName());
        figures.put("watchMillis99", watch());
    }

    /// Suspended Jobs, so that nothing but their creation is measured. Seconds.
    private double create(String name, int count) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        together(CLIENTS, () -> {
            try (Client client = new Client()) {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    client.ask("POST", JOBS, "application/json", """
                        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"%s-%d"},"spec":{"suspend":true,
                        "template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"busybox",
                        "command":["true"]}]}}}}\
                        """.formatted(name, i), 201);
                }
            }
            return null;
        });
        return (System.nanoTime() - start) / 1e9;
    }

    private double getByName() throws Exception {
        try (Client client = new Client()) {
            double[] millis = new double[GETS];
            for (int i = -GETS / 3; i < GETS; i++) {
                long start = System.nanoTime();
                client.ask("GET", JOBS + "/many-" + (i + GETS), "application/json", "", 200);
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - start) / 1e6;
                }
            }
            return at(millis, 0.5);
        }
    }

    /// The median of lists of all pods, which must be so many, as the Table that kubectl asks for.
    double listAsTable(int pods) throws Exception {
        try (Client client = new Client()) {
            double[] millis = new double[LISTS];
            for (int i = -2; i < LISTS; i++) {
                long start = System.nanoTime();
                byte[] body = client.ask(
                        "GET",
                        "/api/v1/namespaces/default/pods",
                        "application/json;as=Table;v=v1;g=meta.k8s.io",
                        "",
                        200);
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - start) / 1e6;
                }
                int rows = new String(body, StandardCharsets.UTF_8).split("\"cells\"", -1).length - 1;
                if (rows < pods) {
                    throw new IllegalStateException("only " + rows + " rows");
                }
            }
            return at(millis, 0.5);
        }
    }

    /// What 99 of 100 tellings of a change take, from the moment in which it is asked for.
    private double watch() throws Exception {
        long[] sent = new long[CHANGES];
        CountDownLatch ready = new CountDownLatch(WATCHERS);
        CountDownLatch[] told = new CountDownLatch[CHANGES];
        Arrays.setAll(told, _ -> new CountDownLatch(WATCHERS));
        double[] millis = new double[WATCHERS * CHANGES];
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Client client = new Client()) {
            String made =
                    new String(client.ask("POST", MAPS, "application/json", map(-1), 201), StandardCharsets.UTF_8);
            String version = made.replaceAll("(?s).*\"resourceVersion\":\"(\\d+)\".*", "$1");
            List<Future<?>> watchers = new ArrayList<>();
            for (int i = 0; i < WATCHERS; i++) {
                int place = i;
                watchers.add(threads.submit(() -> {
                    follow(version, ready, change -> {
                        millis[change * WATCHERS + place] = (System.nanoTime() - sent[change]) / 1e6;
                        told[change].countDown();
                    });
                    return null;
                }));
            }
            await(ready);
            for (int change = 0; change < CHANGES; change++) {
                sent[change] = System.nanoTime();
                client.ask("PUT", MAPS + "/bench", "application/json", map(change), 200);
                await(told[change]);
            }
            for (Future<?> watcher : watchers) {
                watcher.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        return at(Arrays.copyOfRange(millis, WARM_CHANGES * WATCHERS, millis.length), 0.99);
    }

    private void follow(String version, CountDownLatch ready, java.util.function.IntConsumer told) throws IOException {
        try (Client client = new Client()) {
            client.send("GET", MAPS + "?watch=true&resourceVersion=" + version, "application/json", "");
            client.line();
            ready.countDown();
            for (int change = 0; change < CHANGES; ) {
                String line = client.line();
                if (line.contains("\"change\":\"" + change + "\"")) {
                    told.accept(change++);
                }
            }
        }
    }

    private static String map(int change) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"bench\"},\"data\":{\"change\":\""
                + change + "\"}}";
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(latch.getCount() + " watchers heard nothing");
        }
    }

    private static void together(int count, Callable<Void> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> each : threads.invokeAll(java.util.Collections.nCopies(count, work))) {
                each.get();
            }
        }
    }

    private static double at(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))];
    }

    /// One connection. Owned by one thread.
    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final InputStream input;
        private byte[] buffer = new byte[32 * 1024];
        private int from;
        private int to;

        Client() throws IOException {
            socket = trust.getSocketFactory().createSocket(address.getHostString(), address.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(LIMIT_MILLIS);
            input = socket.getInputStream();
        }

        byte[] ask(String method, String path, String accept, String body, int expected) throws IOException {
            send(method, path, accept, body);
            String status = line();
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            byte[] answer = length >= 0 ? take(length) : chunks();
            if (!status.contains(" " + expected + " ")) {
                throw new IOException(
                        method + " " + path + ": " + status + " " + new String(answer, StandardCharsets.UTF_8));
            }
            return answer;
        }

        void send(String method, String path, String accept, String body) throws IOException {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String type = content.length == 0 ? "" : "Content-Type: application/json\r\n";
            byte[] start = (method + " " + path + head + "Accept: " + accept + "\r\n" + type + "Content-Length: "
                            + content.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(start, start.length + content.length);
            System.arraycopy(content, 0, all, start.length, content.length);
            socket.getOutputStream().write(all);
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                all.writeBytes(take(size));
                line();
            }
            line();
            return all.toByteArray();
        }

        /// Reads on, keeping what is not taken yet.
        private void fill() throws IOException {
            if (from > 0) {
                System.arraycopy(buffer, from, buffer, 0, to - from);
                to -= from;
                from = 0;
            }
            if (to == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * to);
            }
            int length = input.read(buffer, to, buffer.length - to);
            if (length < 0) {
                throw new IOException("the server has gone");
            }
            to += length;
        }

        private byte[] take(int length) throws IOException {
            byte[] taken = new byte[length];
            int known = Math.min(length, to - from);
            System.arraycopy(buffer, from, taken, 0, known);
            from += known;
            if (input.readNBytes(taken, known, length - known) < length - known) {
                throw new IOException("the server has gone");
            }
            return taken;
        }

        String line() throws IOException {
            int end = from;
            while (true) {
                while (end < to && buffer[end] != '\n') {
                    end++;
                }
                if (end < to) {
                    break;
                }
                end -= from;
                fill();
                end += from;
            }
            String line = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
            from = end + 1;
            return line.stripTrailing();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
