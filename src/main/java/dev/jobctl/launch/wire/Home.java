package dev.jobctl.launch.wire;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directory that holds one local control plane, and where things lie in it.
///
/// @param path absolute; private to its owner
public record Home(Path path) {
    /// What fits into `sun_path` on every system we run on: 104 bytes on macOS, 108 on Linux, one for the final zero.
    private static final int MAX_SOCKET_PATH = 103;

    private static final Set<PosixFilePermission> CLOSED = PosixFilePermissions.fromString("rwx------");

    /// `JOBCTL_HOME`, else `$XDG_STATE_HOME/jobctl`, else `~/.local/state/jobctl`; a relative name starts at
    /// `directory`.
    public static Home of(Map<String, String> environment, String directory, String userHome) throws HomeError {
        Path path = Path.of(directory).resolve(named(environment, userHome)).normalize();
        Home home = new Home(path);
        int length = home.socket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_SOCKET_PATH) {
            throw new HomeError("the home's path is too long for a Unix socket (" + length + " bytes, at most "
                    + MAX_SOCKET_PATH + "): " + home.socket() + "; set JOBCTL_HOME to a shorter path");
        }
        return home;
    }

    /// Makes the directory, mode 0700. One that exists is closed to others, if it is empty or our own; complains when
    /// it holds other things and others can enter it, or when it cannot be written.
    public void prepare() throws HomeError {
        try {
            if (!Files.isDirectory(path)) {
                Path parent = path.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectories(path, PosixFilePermissions.asFileAttribute(CLOSED));
            }
        } catch (IOException e) {
            throw new HomeError(
                    "cannot make the home " + path + ": " + reason(e) + "; set JOBCTL_HOME to a directory of your own");
        }
        if (!Files.isWritable(path)) {
            throw new HomeError("cannot write to the home " + path
                    + ": permission denied; set JOBCTL_HOME to a directory of your own");
        }
        try {
            close();
        } catch (IOException e) {
            throw new HomeError("cannot close the home " + path + " to others: " + reason(e)
                    + "; set JOBCTL_HOME to a directory of your own");
        }
    }

    /// The state in it holds Secrets, so nobody else may enter. A directory that is somebody's other place is not
    /// ours to close.
    private void close() throws IOException, HomeError {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(path);
        if (CLOSED.containsAll(now)) {
            return;
        }
        try (Stream<Path> inside = Files.list(path)) {
            if (inside.findAny().isPresent() && !Files.exists(ownerLock()) && !Files.exists(startLock())) {
                throw new HomeError("others can enter the home " + path + " (" + PosixFilePermissions.toString(now)
                        + "), and it holds other things than jobctl's; set JOBCTL_HOME to a directory of your own, or:"
                        + " chmod 700 "
                        + path);
            }
        }
        Files.setPosixFilePermissions(path, CLOSED);
    }

    /// The command socket.
    public Path socket() {
        return path.resolve("daemon.sock");
    }

    public UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(socket());
    }

    /// Held, by the kernel's lock on it, by the one process that owns the home's state.
    public Path ownerLock() {
        return path.resolve("daemon.lock");
    }

    /// Held by the front that is starting the daemon, so that many first commands start one daemon.
    public Path startLock() {
        return path.resolve("start.lock");
    }

    public Path log() {
        return path.resolve("daemon.log");
    }

    public Path kubeconfig() {
        return path.resolve("kubeconfig");
    }

    /// Whether `jobctl use` chose a cluster. The file is the command line's own; an unreadable one is its business too.
    public boolean remembersCluster() {
        try {
            return Files.readString(path.resolve("config.json")).contains("\"context\"");
        } catch (IOException e) {
            return false;
        }
    }

    private static String named(Map<String, String> environment, String userHome) {
        String own = environment.get("JOBCTL_HOME");
        if (own != null && !own.isEmpty()) {
            return own;
        }
        String state = environment.get("XDG_STATE_HOME");
        if (state != null && state.startsWith("/")) {
            return state + "/jobctl";
        }
        String home = environment.get("HOME");
        return (home == null || home.isEmpty() ? userHome : home) + "/.local/state/jobctl";
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        if (e instanceof NoSuchFileException) {
            return "there can be no directory there";
        }
        @Nullable String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }
}
