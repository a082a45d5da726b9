import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Measures the API from outside, over TLS and HTTP/1.1, a connection for each client and each watcher. It runs on the
/// same processors as the daemon, so it is as little client as possible: one thread, and the release's own Netty. All
/// loops are bounded.
final class ApiBench implements AutoCloseable {
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
    private static final String JSON = "application/json";

    private final URI server;
    private final String head;
    private final SslContext tls;
    private final MultiThreadIoEventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    ApiBench(Path kubeconfig) throws Exception {
        String text = Files.readString(kubeconfig);
        server = URI.create(field(text, "server"));
        head = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: Bearer " + field(text, "token")
                + "\r\n";
        byte[] pem = Base64.getDecoder().decode(field(text, "certificate-authority-data"));
        tls = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .trustManager(new ByteArrayInputStream(pem))
                .build();
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
        figures.put("getMillis", getByName("many"));
        figures.put("watchMillis99", watch());
    }

    /// Suspended Jobs, so that nothing but their creation is measured; each client sends the next one when the one
    /// before is answered. Seconds.
    double create(String name, int count) throws Exception {
        int[] next = {0};
        int[] running = {CLIENTS};
        CompletableFuture<Void> all = new CompletableFuture<>();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client());
        }
        long start = System.nanoTime();
        for (Client client : clients) {
            thread.execute(new Runnable() {
                @Override
                public void run() {
                    if (next[0] < count) {
                        client.post(JOBS, job(name + "-" + next[0]++), all, this);
                    } else if (--running[0] == 0) {
                        all.complete(null);
                    }
                }
            });
        }
        all.get(4 * LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        clients.forEach(Client::close);
        return seconds;
    }

    double getByName(String name) throws Exception {
        try (Client client = new Client()) {
            double[] millis = new double[GETS];
            for (int i = -GETS / 3; i < GETS; i++) {
                long start = System.nanoTime();
                client.ask("GET", JOBS + "/" + name + "-" + (i + GETS), JSON, "", 200);
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
    double watch() throws Exception {
        long[] sent = new long[CHANGES];
        CountDownLatch[] told = new CountDownLatch[CHANGES];
        Arrays.setAll(told, _ -> new CountDownLatch(WATCHERS));
        double[] millis = new double[WATCHERS * CHANGES];
        List<Client> watchers = new ArrayList<>();
        try (Client client = new Client()) {
            String made = new String(client.ask("POST", MAPS, JSON, map(-1), 201), StandardCharsets.UTF_8);
            String version = made.replaceAll("(?s).*\"resourceVersion\":\"(\\d+)\".*", "$1");
            for (int i = 0; i < WATCHERS; i++) {
                int place = i;
                Client watcher = new Client();
                watchers.add(watcher);
                watcher.follow(MAPS + "?watch=true&resourceVersion=" + version, change -> {
                    millis[change * WATCHERS + place] = (System.nanoTime() - sent[change]) / 1e6;
                    told[change].countDown();
                });
            }
            for (int change = 0; change < CHANGES; change++) {
                sent[change] = System.nanoTime();
                client.ask("PUT", MAPS + "/bench", JSON, map(change), 200);
                if (!told[change].await(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException(told[change].getCount() + " watchers heard nothing");
                }
            }
        }
        watchers.forEach(Client::close);
        return at(Arrays.copyOfRange(millis, WARM_CHANGES * WATCHERS, millis.length), 0.99);
    }

    private static String job(String name) {
        return "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"suspend\":true,\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":"
                + "[{\"name\":\"main\",\"image\":\"busybox\",\"command\":[\"true\"]}]}}}}";
    }

    private static String map(int change) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"bench\"},\"data\":{\"change\":\""
                + change + "\"}}";
    }

    static double at(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))];
    }

    @Override
    public void close() {
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /// One connection, owned by the one thread but for what waits.
    private final class Client extends ChannelInboundHandlerAdapter implements AutoCloseable {
        private final Channel channel;
        private final ByteBuf unread = Unpooled.buffer(4096);
        private volatile Reader reader = bytes -> {};
        private volatile CompletableFuture<?> waiting = new CompletableFuture<>();

        /// Waits until TLS stands.
        Client() throws Exception {
            CompletableFuture<Void> safe = new CompletableFuture<>();
            channel = new Bootstrap()
                    .group(thread)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel made) {
                            SslHandler handler = tls.newHandler(made.alloc(), server.getHost(), server.getPort());
                            handler.handshakeFuture().addListener(done -> settle(safe, done.cause()));
                            made.pipeline().addLast(handler, Client.this);
                        }
                    })
                    .connect(server.getHost(), server.getPort())
                    .sync()
                    .channel();
            safe.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        }

        private static void settle(CompletableFuture<Void> future, Throwable cause) {
            if (cause == null) {
                future.complete(null);
            } else {
                future.completeExceptionally(cause);
            }
        }

        /// Waits for the answer. Its body.
        byte[] ask(String method, String path, String accept, String body, int expected) throws Exception {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            waiting = answer;
            reader = new Answer(method + " " + path, expected, answer::complete);
            send(method, path, accept, body);
            return answer.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        }

        /// On the one thread; so is `then`.
        void post(String path, String body, CompletableFuture<?> failing, Runnable then) {
            waiting = failing;
            reader = new Answer("POST " + path, 201, answer -> then.run());
            send("POST", path, JSON, body);
        }

        /// Waits until the watch stands; changes are told on the one thread.
        void follow(String path, IntConsumer told) throws Exception {
            CompletableFuture<Void> stands = new CompletableFuture<>();
            waiting = stands;
            reader = new Changes(stands, told);
            send("GET", path, JSON, "");
            stands.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void send(String method, String path, String accept, String body) {
            String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
            String all = method + " " + path + head + "Accept: " + accept + "\r\n" + type + "Content-Length: "
                    + body.length() + "\r\n\r\n" + body;
            channel.writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), all), channel.voidPromise());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf piece = (ByteBuf) message;
            unread.writeBytes(piece);
            piece.release();
            reader.read(unread);
            unread.discardSomeReadBytes();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            waiting.completeExceptionally(new IOException("the server has gone"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            waiting.completeExceptionally(cause);
            context.close();
        }

        @Override
        public void close() {
            channel.close().awaitUninterruptibly(LIMIT_MILLIS);
        }
    }

    /// Takes of what is there as much as it understands.
    private interface Reader {
        void read(ByteBuf bytes);
    }

    /// A whole answer, whose length its head tells.
    private record Answer(String what, int expected, Consumer<byte[]> then) implements Reader {
        private static final ByteBuf END = Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII);
        private static final String LENGTH = "content-length: ";

        @Override
        public void read(ByteBuf bytes) {
            int end = ByteBufUtil.indexOf(END, bytes);
            if (end < 0) {
                return;
            }
            int start = bytes.readerIndex();
            String head = bytes.toString(start, end - start, StandardCharsets.US_ASCII);
            int length = head.indexOf(LENGTH) + LENGTH.length();
            int until = head.indexOf('\r', length);
            int size = Integer.parseInt(head, length, until < 0 ? head.length() : until, 10);
            if (bytes.writerIndex() < end + 4 + size) {
                bytes.ensureWritable(size);
                return;
            }
            byte[] body = new byte[size];
            bytes.getBytes(end + 4, body);
            bytes.readerIndex(end + 4 + size);
            if (!head.startsWith(" " + expected + " ", 8)) {
                throw new IllegalStateException(what + ": " + head + "\n" + new String(body, StandardCharsets.UTF_8));
            }
            then.accept(body);
        }
    }

    /// The changes of a watch, of which the next one is waited for.
    private static final class Changes implements Reader {
        private final CompletableFuture<Void> stands;
        private final IntConsumer told;
        private int change;

        Changes(CompletableFuture<Void> stands, IntConsumer told) {
            this.stands = stands;
            this.told = told;
        }

        @Override
        public void read(ByteBuf bytes) {
            for (int length = bytes.bytesBefore((byte) '\n'); length >= 0; length = bytes.bytesBefore((byte) '\n')) {
                String line = bytes.readCharSequence(length + 1, StandardCharsets.ISO_8859_1)
                        .toString();
                if (line.contains("\"change\":\"" + change + "\"")) {
                    told.accept(change++);
                } else if (line.startsWith("HTTP/1.1 200")) {
                    stands.complete(null);
                }
            }
        }
    }
}
