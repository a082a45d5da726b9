package dev.jobctl.daemon;

import dev.jobctl.cli.LocalControl;
import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.FrameChannel;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The daemon of one home: owns its lock, its plane and its command socket, from `open` to the end of `serve`.
/// `serve` is the main thread: it ticks the idle watch and waits for an [Ending]. Sessions run on virtual threads.
final class Daemon implements AutoCloseable {
    /// Commands at one time; the next one is told to come back. Each costs three virtual threads and its own buffers.
    static final int MAX_SESSIONS = 256;

    /// How long commands may go on once the daemon ends: the one that asked for it still has its answer to send.
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration BREATH = Duration.ofMillis(100);

    /// A leaving daemon closes its plane under this lock: pods get their grace period.
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Home home;
    private final String build;
    private final Edge edge;
    private final Time time;
    private final Log log;
    private final Duration idleLimit;
    private final OwnerLock owner;
    private final LocalPlane plane;
    private final ServerSocketChannel socket;
    private final @Nullable Object socketKey;
    private final Instant started;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Ending ending;
    private boolean released;
    private boolean emptying;
    private List<String> foreign = List.of();

    /// What a daemon is made of.
    record Parts(
            Home home,
            String build,
            Duration idleLimit,
            LocalPlane.Opener opener,
            Commands commands,
            Time time,
            Log log) {}

    private Daemon(Parts parts, OwnerLock owner, LocalPlane plane, ServerSocketChannel socket) {
        home = parts.home();
        build = parts.build();
        edge = new Edge(parts.commands(), parts.log(), this::broken);
        time = parts.time();
        log = parts.log();
        idleLimit = parts.idleLimit();
        started = time.now();
        this.owner = owner;
        this.plane = plane;
        this.socket = socket;
        socketKey = socketKey();
    }

    /// Takes the home, opens its plane, then its socket: whoever can connect can be served.
    static Daemon open(Parts parts, Map<String, String> environment) throws HomeError, IOException {
        OwnerLock owner = OwnerLock.take(parts.home(), PATIENCE);
        try {
            LocalPlane plane = parts.opener().open(parts.home(), environment, parts.log());
            try {
                return new Daemon(parts, owner, plane, bind(parts.home()));
            } catch (IOException e) {
                plane.close(true);
                throw e;
            }
        } catch (HomeError | IOException | RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    /// Serves until there is a reason to end; returns it.
    Ending serve() throws IOException {
        log.info("serving", "build", build, "address", plane.address(), "home", home.path());
        Thread accepting = Thread.startVirtualThread(this::accept);
        Ending reason = awaitEnding();
        release();
        awaitSessions();
        accepting.interrupt();
        log.info("ended", "reason", reason.reason());
        return reason;
    }

    /// Ends the daemon for this reason, unless it already ends. When this returns the home is free: the plane is
    /// closed, the socket gone and the lock released.
    void end(Ending reason) {
        lock.lock();
        try {
            if (ending == null) {
                ending = reason;
                log.info("ending", "reason", reason.reason(), "keepPods", reason.keepsPods());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        release();
    }

    /// Ends the daemon and empties its home before anybody else can have that. Returns the names that were left alone.
    List<String> reset() throws HomeError {
        lock.lock();
        try {
            if (released) {
                throw new HomeError("the local control plane has just ended; say it again");
            }
            emptying = true;
            end(new Ending.Asked(false));
            return foreign;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        end(new Ending.Asked(true));
    }

    Home home() {
        return home;
    }

    LocalPlane plane() {
        return plane;
    }

    String build() {
        return build;
    }

    Duration idleLimit() {
        return idleLimit;
    }

    Duration uptime() {
        return Duration.between(started, time.now());
    }

    private static ServerSocketChannel bind(Home home) throws IOException {
        Files.deleteIfExists(home.socket());
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(home.address());
        Files.setPosixFilePermissions(home.socket(), PosixFilePermissions.fromString("rw-------"));
        return channel;
    }

    /// Ticks until somebody or idleness gives a reason.
    private Ending awaitEnding() {
        IdleWatch watch = new IdleWatch(idleLimit, time.now());
        lock.lock();
        try {
            while (ending == null) {
                boolean ignored = changed.await(watch.interval().toMillis(), TimeUnit.MILLISECONDS);
                if (ending == null) {
                    ending = tick(watch).orElse(null);
                }
            }
            return ending;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ending.Signalled();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Ending> tick(IdleWatch watch) {
        if (!ownsHome()) {
            return Optional.of(new Ending.HomeGone());
        }
        Optional<String> busy = sessions.isEmpty() ? plane.busy() : Optional.of("commands");
        return watch.tick(time.now(), busy);
    }

    /// Whether the socket in the home is still ours: a home that was removed may be another daemon's by now. The kernel
    /// gives our socket's number to no other file before we close it.
    private boolean ownsHome() {
        return socketKey != null && socketKey.equals(socketKey());
    }

    private @Nullable Object socketKey() {
        try {
            return Files.readAttributes(home.socket(), BasicFileAttributes.class)
                    .fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /// Frees the home, once. The lock is held throughout, so that a second caller returns only when it is free.
    private void release() {
        lock.lock();
        try {
            if (released) {
                return;
            }
            released = true;
            try (owner) {
                if (ownsHome()) {
                    Files.deleteIfExists(home.socket());
                }
                socket.close();
                plane.close(ending == null || ending.keepsPods());
                if (emptying) {
                    foreign = HomeFiles.remove(home);
                }
            }
        } catch (IOException e) {
            log.warning("home not freed cleanly", "cause", e);
        } finally {
            lock.unlock();
        }
    }

    private void awaitSessions() {
        Instant deadline = time.now().plus(LAST_WORDS);
        lock.lock();
        try {
            boolean told = false;
            while (!sessions.isEmpty() && time.now().isBefore(deadline)) {
                boolean signalled = changed.await(LAST_WORDS.toMillis() / 5, TimeUnit.MILLISECONDS);
                if (!signalled && !told) {
                    sessions.forEach(Session::cancel);
                    told = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel channel = socket.accept();
                Thread.startVirtualThread(() -> serve(channel));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) { // such as for want of descriptors, and the caller still waits
                log.warning("connection refused", "cause", Trouble.inWords(e));
                LockSupport.parkNanos(BREATH.toNanos());
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (FrameChannel frames = new FrameChannel(channel)) {
            if (!PeerCheck.welcome(channel, home)) {
                log.warning("stranger refused");
                return;
            }
            if (sessions.size() >= MAX_SESSIONS) {
                frames.write(
                        new Frame.Errors(
                                "jobctl: too many commands at one time; try again\n".getBytes(StandardCharsets.UTF_8)),
                        new Frame.Exit(1));
                return;
            }
            Session session = new Session(frames, edge, log);
            sessions.add(session);
            try {
                greet(session, frames);
            } finally {
                sessions.remove(session);
                wake();
            }
        } catch (IOException e) {
            log.debug("connection lost", "cause", e.getMessage());
        }
    }

    private void greet(Session session, FrameChannel frames) throws IOException {
        String caller = session.build();
        if (caller.isEmpty()) {
            return;
        }
        if (!caller.equals(build)) {
            session.skip();
            end(new Ending.OtherBuild(caller));
            frames.write(new Frame.OtherBuild());
            return;
        }
        session.run(startedNow -> control(startedNow));
    }

    private LocalControl control(boolean startedNow) {
        return new DaemonControl(this, startedNow);
    }

    /// Its own end may need what is missing; the home is free all the same.
    private void broken() {
        try {
            end(new Ending.Broken());
        } catch (LinkageError e) {
            log.error("not ended cleanly", e);
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
