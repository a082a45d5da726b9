package dev.jobctl.plane;

import dev.jobctl.apiserver.Answering;
import dev.jobctl.apiserver.http.Credentials;
import dev.jobctl.apiserver.http.HttpFront;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/// The plane's address: keeps the port from one start to the next where it can, so that clients with an open
/// kubeconfig find it again, and writes that kubeconfig.
final class Door {
    private static final String PORT = "port";

    private final Path home;
    private final Credentials credentials;
    private final Log log;

    Door(Path home, Credentials credentials, Log log) {
        this.home = home;
        this.credentials = credentials;
        this.log = log;
    }

    /// Where the API is, and who vouches for it.
    ///
    /// @param authority as PEM
    record Place(String address, String authority) {}

    /// `opened` hears of the place as soon as there is one.
    HttpFront open(Answering answer, Consumer<Place> opened) {
        try {
            HttpFront front = front(answer);
            opened.accept(new Place(front.address(), credentials.authority()));
            write("kubeconfig", credentials.kubeconfig("jobctl", front.address()));
            write(PORT, front.port() + "\n");
            return front;
        } catch (IOException e) {
            throw new PlaneError(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private HttpFront front(Answering answer) throws IOException {
        int port = lastPort();
        if (port > 0) {
            try {
                return HttpFront.open(port, credentials, answer, log);
            } catch (IOException e) {
                log.info("port taken by another program, choosing a new one", "port", port);
            }
        }
        return HttpFront.open(0, credentials, answer, log);
    }

    private int lastPort() throws IOException {
        Path file = home.resolve(PORT);
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).strip();
        return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0;
    }

    /// Whole or not at all, and never readable by others.
    private void write(String name, String text) throws IOException {
        Path draft = home.resolve(name + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text);
        Files.move(draft, home.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
