package dev.jobctl.node.container;

import dev.jobctl.node.runtime.PodRuntime.ImageNote;
import dev.jobctl.node.runtime.PodRuntime.ImageResult;
import dev.jobctl.std.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Which images the engine has, and pulls. Words as the kubelet's. Safe from any thread.
final class ImageStore {
    /// Enough for a large image over a slow line.
    private static final Duration PULL_MAX = Duration.ofMinutes(30);

    private static final Duration LOOK_MAX = Duration.ofSeconds(60);

    private final Engine engine;
    private final Time time;

    /// Names that were seen in the engine's storage. One that is removed there meanwhile makes its next start fail,
    /// and is then forgotten.
    private final Set<String> here = ConcurrentHashMap.newKeySet();

    ImageStore(Engine engine, Time time) {
        this.engine = engine;
        this.time = time;
    }

    /// @param policy as `imagePullPolicy`
    ImageResult ready(String image, String policy, Consumer<ImageNote> told) {
        if (!ImageName.valid(image)) {
            return new ImageResult.Missing(
                    "InvalidImageName",
                    "Failed to apply default image tag \"%s\": couldn't parse image name \"%s\": invalid reference format"
                            .formatted(image, image));
        }
        try {
            return switch (policy) {
                case "Never" ->
                    has(image)
                            ? present(image)
                            : new ImageResult.Missing(
                                    "ErrImageNeverPull",
                                    "Container image \"%s\" is not present with pull policy of Never".formatted(image));
                case "Always" -> pull(image, told);
                default -> has(image) ? present(image) : pull(image, told);
            };
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                return new ImageResult.Missing("ErrImagePull", "context canceled");
            }
            return new ImageResult.Missing("ErrImagePull", String.valueOf(e.getMessage()));
        }
    }

    private static ImageResult present(String image) {
        return new ImageResult.Ready(
                new ImageNote("Pulled", "Container image \"%s\" already present on machine".formatted(image)));
    }

    private boolean has(String image) throws IOException {
        if (here.contains(image)) {
            return true;
        }
        boolean found = engine.ask(LOOK_MAX, "image", "inspect", "--format", "{{.Id}}", image)
                .good();
        if (found) {
            here.add(image);
        }
        return found;
    }

    /// The engine says that it has not what it had.
    void forget(String image) {
        here.remove(image);
    }

    /// Whom the image's own program runs as: a name, a number, perhaps with a group; empty for root.
    String user(String image) throws IOException {
        Engine.Answer answer = engine.ask(LOOK_MAX, "image", "inspect", "--format", "{{.Config.User}}", image);
        if (!answer.good()) {
            forget(image);
            throw new IOException(answer.complaint());
        }
        return answer.output().strip();
    }

    private ImageResult pull(String image, Consumer<ImageNote> told) throws IOException {
        told.accept(new ImageNote("Pulling", "Pulling image \"%s\"".formatted(image)));
        Instant begun = time.now();
        Engine.Answer answer = engine.ask(PULL_MAX, "pull", "--quiet", ImageName.qualified(image));
        if (!answer.good()) {
            return new ImageResult.Missing("ErrImagePull", answer.complaint());
        }
        here.add(image);
        Duration took = Duration.between(begun, time.now());
        String seconds = took.toMillis() < 1000 ? took.toMillis() + "ms" : "%.3fs".formatted(took.toMillis() / 1000.0);
        return new ImageResult.Ready(new ImageNote(
                "Pulled",
                "Successfully pulled image \"%s\" in %s (%s including waiting)".formatted(image, seconds, seconds)));
    }
}
