package dev.jobctl.plane;

import dev.jobctl.std.Log;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A plane with its socket, and a client that nobody here wrote.
record OpenPlane(Plane plane, KubernetesClient client) implements AutoCloseable {
    static final long PATIENCE_SECONDS = 30;

    static OpenPlane at(Path home) throws IOException {
        Plane plane = Plane.open(new PlaneOptions(home, Map.of("PATH", "/usr/bin:/bin"), "test", "", true), Log.none());
        Config config = Config.fromKubeconfig(Files.readString(home.resolve("kubeconfig")));
        return new OpenPlane(
                plane, new KubernetesClientBuilder().withConfig(config).build());
    }

    @Override
    public void close() {
        client.close();
        plane.close(false);
    }
}
