package dev.jobctl.node.volume;

import dev.jobctl.node.runtime.PodCredentials;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.resource.defaults.AccountVolume;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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

    /// Removes the directories of accounts that are gone, but for those that a pod of a namespace in `running` may see.
    ///
    /// @param accounts the uids of those that are there; asked after the directories were looked for, so that none of a
    /// new account is removed
    public void sweep(Supplier<Set<String>> accounts, Set<String> running) throws IOException {
        List<PodDirectory> found = PodDirectory.all(root);
        Set<String> there = accounts.get();
        for (PodDirectory directory : found) {
            Path path = directory.path();
            if (!there.contains(path.getFileName().toString()) && !running.contains(namespace(path))) {
                directory.delete();
            }
        }
    }

    private static String namespace(Path directory) {
        try {
            return Files.readString(directory.resolve(AccountVolume.NAMESPACE_FILE));
        } catch (IOException e) {
            return "";
        }
    }

    /// Removes the drafts of an earlier life of the daemon; called before the first pod.
    public void removeDrafts() throws IOException {
        for (PodDirectory directory : PodDirectory.all(root)) {
            try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory.path(), ".*")) {
                for (Path draft : drafts) {
                    Files.deleteIfExists(draft);
                }
            }
        }
    }

    private static void write(Path directory, String name, String text) throws IOException {
        Path draft = Files.createTempFile(directory, "." + name, "");
        Files.writeString(draft, text, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(draft, VolumeFiles.permissions(FILE_MODE));
        Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
