package dev.jobctl.node.volume;

import dev.jobctl.node.runtime.ConfigError;
import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.resource.view.ClaimNames;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The directories of PersistentVolumeClaims, `claims/NAMESPACE_NAME_UID` in the home: each outlives the pods that use
/// it, and goes with its claim. The uid keeps a new claim from finding what an old one of its name left. Safe from any
/// thread.
public final class Claims {
    private final Path home;
    private final ConfigLookup lookup;

    /// `home` is the control plane's.
    public Claims(Path home, ConfigLookup lookup) {
        this.home = home.resolve("claims");
        this.lookup = lookup;
    }

    /// Made when missing. Throws when there is no such claim.
    Path directory(String namespace, String name) throws ConfigError, IOException {
        Optional<Path> path = path(namespace, name);
        if (path.isEmpty()) {
            throw new ConfigError("persistentvolumeclaim \"" + name + "\" not found");
        }
        if (!Files.isDirectory(path.get())) {
            VolumeFiles.makeDirectory(path.get(), 0777);
        }
        return path.get();
    }

    /// Empty when there is no such claim. Names come checked from the API: none has a slash, or begins with a dot.
    private Optional<Path> path(String namespace, String name) {
        return lookup.claim(namespace, name).map(uid -> home.resolve(namespace + "_" + name + "_" + uid));
    }

    /// Removes the directories of claims that are gone, but for those that a pod of `running` still uses.
    public void sweep(Collection<Pod> running) throws IOException {
        Set<String> used = running.stream()
                .flatMap(ClaimNames::of)
                .map(claim -> claim.namespace() + "_" + claim.name())
                .collect(Collectors.toSet());
        for (PodDirectory directory : PodDirectory.all(home)) {
            String[] parts = directory.path().getFileName().toString().split("_", -1);
            boolean ours = parts.length == 3;
            if (ours && !used.contains(parts[0] + "_" + parts[1]) && !current(parts)) {
                directory.delete();
            }
        }
    }

    private boolean current(String[] parts) {
        @Nullable String uid = lookup.claim(parts[0], parts[1]).orElse(null);
        return parts[2].equals(uid);
    }
}
