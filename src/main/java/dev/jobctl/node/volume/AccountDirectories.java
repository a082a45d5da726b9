package dev.jobctl.node.volume;

import dev.jobctl.node.runtime.PodCredentials;
import dev.jobctl.resource.defaults.AccountVolume;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What pods need to speak to the API, one directory for all pods of a service account: signing a token and writing
/// files for each pod would cost as much as the rest of its start. Safe from any thread.
public final class AccountDirectories {
    /// As long as a cluster lets tokens live that pods got without asking.
    private static final Duration LIFE = Duration.ofDays(365);

    private static final Duration NEW_ONE_AFTER = Duration.ofDays(30);
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final Path root;
    private final PodCredentials credentials;
    private final Time time;

    /// Account uid -> when its directory was written. Accounts of a life of the daemon: few.
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    /// `home` is the control plane's, which nobody else can enter.
    public AccountDirectories(Path home, PodCredentials credentials, Time time) {
        root = home.resolve("accounts");
        this.credentials = credentials;
        this.time = time;
    }

    /// The directory for a pod, made or made anew where need be; empty when its account is gone.
    Optional<Path> of(Pod pod) throws IOException {
        @Nullable String uid = credentials.account(pod).orElse(null);
        if (uid == null) {
            return Optional.empty();
        }
        Path directory = root.resolve(uid);
        Instant now = time.now();
        @Nullable Instant before = written.get(uid);
        if (before == null || before.plus(NEW_ONE_AFTER).isBefore(now)) {
            write(pod, directory);
            written.put(uid, now);
        }
        return Optional.of(directory);
    }

    /// Each file is replaced whole: pods of an earlier life of the daemon look into the same directory.
    private void write(Pod pod, Path directory) throws IOException {
        VolumeFiles.makeDirectory(directory, DIRECTORY_MODE);
        write(directory, AccountVolume.NAMESPACE_FILE, pod.getMetadata().getNamespace());
        Optional<String> authority = credentials.authority();
        if (authority.isPresent()) {
            write(directory, AccountVolume.AUTHORITY_FILE, authority.get());
        }
        Optional<String> token = credentials.accountToken(pod, LIFE);
        if (token.isPresent()) {
            write(directory, AccountVolume.TOKEN_FILE, token.get());
        }
    }

    private static void write(Path directory, String name, String text) throws IOException {
        Path draft = Files.createTempFile(directory, "." + name, "");
        Files.writeString(draft, text, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(draft, VolumeFiles.permissions(FILE_MODE));
        Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
