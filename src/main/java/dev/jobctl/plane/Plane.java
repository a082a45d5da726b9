package dev.jobctl.plane;

import dev.jobctl.apiserver.Answering;
import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.apiserver.ApiServer;
import dev.jobctl.apiserver.ServerVersion;
import dev.jobctl.apiserver.access.AccountTokens;
import dev.jobctl.apiserver.access.SigningKey;
import dev.jobctl.apiserver.access.Tokens;
import dev.jobctl.apiserver.http.Credentials;
import dev.jobctl.apiserver.http.HttpFront;
import dev.jobctl.apiserver.metrics.Metrics;
import dev.jobctl.loop.Loop;
import dev.jobctl.loop.LoopOptions;
import dev.jobctl.loop.LoopThread;
import dev.jobctl.loop.ObjectCodec;
import dev.jobctl.node.HostFacts;
import dev.jobctl.node.LocalNode;
import dev.jobctl.node.NodeSettings;
import dev.jobctl.node.RuntimeChoice;
import dev.jobctl.node.process.EarlierAttempts;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.node.services.ServiceProxy;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import dev.jobctl.store.MemoryStore;
import dev.jobctl.store.Store;
import dev.jobctl.store.StoreError;
import dev.jobctl.store.sqlite.SqliteStore;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A running control plane: store, loop, controllers, node and API. Safe from any thread. At most one may be open on a
/// home at a time; the caller sees to that.
public final class Plane implements AutoCloseable {
    /// The one node's name, as users see it.
    public static final String NODE = "local";

    private final Store<ObjectVersion> store;
    private final Loop loop;
    private final LoopThread loopThread;
    private final LocalNode node;
    private final ServiceProxy proxy;
    private final String adminToken;
    private final Accounts pods;
    private final ApiServer api;
    private final Log log;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private @Nullable HttpFront front;
    private long requestsSeen;
    private boolean closed;

    private Plane(PlaneOptions options, Store<ObjectVersion> store, Secrets secrets, Optional<Door> door, Log log) {
        Time time = Time.system();
        Luck luck = Luck.secure();
        this.store = store;
        adminToken = secrets.adminToken();
        this.log = log.named("plane");
        LoopOptions settings = LoopOptions.of(options.jobs(), Time.zone()).withEventTtl(options.eventsKept());
        loop = new Loop(
                store,
                time,
                luck,
                log,
                secrets.authority().map(settings::withAuthority).orElse(settings));
        KnownNames names = new KnownNames(store);
        AccountTokens accounts = new AccountTokens(secrets.tokenKey(), store::current, time, luck);
        pods = new Accounts(accounts);
        NodeLink link = new NodeLink(loop, NODE, names, pods, log);
        node = LocalNode.of(
                new NodeSettings(
                        options.home(),
                        NODE,
                        options.podEnvironment(),
                        HostFacts.ofThisMachine(),
                        new RuntimeChoice(options.runtime()),
                        options.sandbox(),
                        options.logs()),
                options.engine(),
                link,
                link,
                time,
                log);
        proxy = new ServiceProxy(log);
        ServiceLink services = new ServiceLink(store, proxy, () -> {
            names.changed();
            node.renamed();
        });
        services.tellAll();
        loop.listen(services::tell); // before the pods: one that starts now finds the names that came with it
        loop.listen(link.listener(node));
        ServerVersion version = serverVersion(options);
        Metrics metrics = new Metrics(loop::waiting, store::current, version.gitVersion());
        loop.listen(metrics::follow);
        api = new ApiServer(new ApiServer.Parts(
                new LoopBackend(loop),
                new LogLink(node.logs(link::pod), node.simulatedLogs(link::pod), node.jobRuns()),
                new DoorLink(node, link::pod),
                Tokens.admin(adminToken),
                accounts,
                new Schemas(),
                time,
                luck,
                log,
                version,
                metrics));
        // Before any pod starts: it is told where the API is.
        front = door.map(made -> made.open(answering(), pods::open)).orElse(null);
        // Before the loop moves: a pod that it makes now must not look like one that no object names.
        node.onlyThese(link.tellAll(node));
        loopThread = LoopThread.start(loop);
        try {
            furnish(loop, luck, time);
        } catch (RuntimeException e) {
            close(true);
            throw e;
        }
    }

    /// By what callers are known.
    ///
    /// @param authority who vouches for the server, as PEM; empty where no pod can reach it
    private record Secrets(String adminToken, SigningKey tokenKey, Optional<String> authority) {
        static Secrets of(Credentials credentials) {
            return new Secrets(credentials.adminToken(), credentials.tokenKey(), Optional.of(credentials.authority()));
        }

        static Secrets fresh() {
            return new Secrets(Luck.secure().uuid().toString(), SigningKey.fresh(), Optional.empty());
        }
    }

    /// Opens the plane of a home: state in `state.db`, credentials and kubeconfig beside it, and an API on the loopback
    /// interface, on the port used last time if that is free. Throws [PlaneError].
    public static Plane open(PlaneOptions options, Log log) {
        Credentials credentials = credentials(options);
        Door door = new Door(options.home(), credentials, log);
        Plane plane = start(options, durable(options), Secrets.of(credentials), Optional.of(door), log);
        try {
            var bootstrap = new Bootstrap(
                    plane.store.current(), Luck.secure(), Time.system().now());
            plane.store(plane.loop, bootstrap.apiServer("127.0.0.1", plane.port()));
            return plane;
        } catch (RuntimeException e) {
            plane.close(true);
            throw e;
        }
    }

    /// Opens a plane for one command: its state is in memory only and nobody but the holder of this object reaches it.
    /// Pods still live in the home.
    public static Plane openPrivate(PlaneOptions options, Log log) {
        return start(options, new MemoryStore<>(), Secrets.fresh(), Optional.empty(), log);
    }

    private static Plane start(
            PlaneOptions options, Store<ObjectVersion> store, Secrets secrets, Optional<Door> door, Log log) {
        try {
            return new Plane(options, store, secrets, door, log);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static Store<ObjectVersion> durable(PlaneOptions options) {
        try {
            return SqliteStore.open(options.home().resolve("state.db"), new ObjectCodec());
        } catch (StoreError e) {
            throw new PlaneError(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private static Credentials credentials(PlaneOptions options) {
        try {
            return Credentials.open(options.home(), Time.system().now(), Luck.secure());
        } catch (IOException e) {
            throw new PlaneError("cannot keep credentials in " + options.home() + ": " + e.getMessage(), e);
        }
    }

    private void furnish(Loop loop, Luck luck, Time time) {
        store(loop, new Bootstrap(store.current(), luck, time.now()).writes(node.nodeObject()));
    }

    private void store(Loop loop, List<Write> writes) {
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (Write write : writes) {
            answers.add(loop.submit(write));
        }
        for (CompletableFuture<Outcome> answer : answers) {
            try {
                Outcome outcome = answer.join();
                if (!Bootstrap.fine(outcome)) {
                    log.warning("first object not stored", "outcome", outcome);
                }
            } catch (CompletionException e) {
                throw e.getCause() instanceof StoreError failed
                        ? new PlaneError(String.valueOf(failed.getMessage()), failed)
                        : e;
            }
        }
    }

    /// One request by the administrator, without a socket. May wait; call it on a virtual thread.
    public ApiResponse handle(ApiRequest request) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.put("authorization", "Bearer " + adminToken);
        return counted(new ApiRequest(request.method(), request.path(), request.query(), headers, request.body()));
    }

    private Answering answering() {
        return new Answering() {
            @Override
            public boolean welcomes(ApiRequest head) {
                return api.welcomes(head);
            }

            @Override
            public ApiResponse handle(ApiRequest request) {
                return counted(request);
            }
        };
    }

    private ApiResponse counted(ApiRequest request) {
        requests.incrementAndGet();
        ApiResponse response = api.handle(request);
        if (response instanceof ApiResponse.Upgrade(ApiResponse.Talk talk)) {
            return new ApiResponse.Upgrade((ApiResponse.Talk) line -> {
                open.incrementAndGet();
                try {
                    talk.hold(line);
                } finally {
                    open.decrementAndGet();
                }
            });
        }
        if (!(response instanceof ApiResponse.Stream stream)) {
            return response;
        }
        return new ApiResponse.Stream(stream.code(), stream.headers(), sink -> {
            open.incrementAndGet();
            try {
                stream.writer().write(sink);
            } finally {
                open.decrementAndGet();
            }
        });
    }

    private synchronized int port() {
        return Optional.ofNullable(front).map(HttpFront::port).orElseThrow();
    }

    /// Such as `https://127.0.0.1:41235`; empty for a private plane.
    public synchronized Optional<String> address() {
        return Optional.ofNullable(front).map(HttpFront::address);
    }

    /// How many objects are stored, by plural name, in the order of [Kinds#all].
    public Map<String, Long> objects() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Kind kind : Kinds.all()) {
            counts.put(kind.plural(), (long)
                    store.current().prefixed(kind.keyPrefix()).size());
        }
        return counts;
    }

    /// Why the plane has work, in words; empty when it has none. Requests count when they came since the last call.
    public synchronized Optional<String> busy() {
        long unfinished = store.current().prefixed(Kinds.JOB.keyPrefix()).stream()
                .filter(entry -> !finished((Job) entry.value().object()))
                .count();
        long scheduled = store.current().prefixed(Kinds.CRON_JOB.keyPrefix()).stream()
                .filter(entry -> !suspended((CronJob) entry.value().object()))
                .count();
        long before = requestsSeen;
        requestsSeen = requests.get();
        if (unfinished > 0) {
            return Optional.of(unfinished + " unfinished Jobs");
        }
        if (scheduled > 0) {
            return Optional.of(scheduled + " scheduled CronJobs");
        }
        if (node.activePods() > 0) {
            return Optional.of(node.activePods() + " running pods");
        }
        if (open.get() > 0) {
            return Optional.of(open.get() + " open watches or logs");
        }
        return requestsSeen > before ? Optional.of("requests since the last look") : Optional.empty();
    }

    private static boolean suspended(CronJob cronJob) {
        return Boolean.TRUE.equals(cronJob.getSpec().getSuspend());
    }

    private static boolean finished(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(c -> "True".equals(c.getStatus())
                                && ("Complete".equals(c.getType()) || "Failed".equals(c.getType())));
    }

    private static ServerVersion serverVersion(PlaneOptions options) {
        return new ServerVersion(
                options.version(),
                "unknown",
                "2026-01-01T00:00:00Z",
                String.valueOf(Runtime.version().feature()),
                HostFacts.ofThisMachine().os() + "/" + HostFacts.ofThisMachine().architecture());
    }

    /// Ends it and its pods.
    @Override
    public void close() {
        close(false);
    }

    /// Whether pods run that a plane of this home left behind, when there is none now.
    public static boolean leftPods(Path home) {
        return EarlierAttempts.anyRuns(PodDirectory.home(home));
    }

    /// Ends it; with `keepPods` process pods go on and the next plane of this home adopts them. Everything is durable
    /// when this returns. A second call does nothing.
    public synchronized void close(boolean keepPods) {
        if (closed) {
            return;
        }
        closed = true;
        if (front != null) {
            front.close();
        }
        proxy.close();
        try {
            node.close(keepPods);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loopThread.close();
        store.close();
    }
}
