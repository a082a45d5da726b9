package dev.jobctl.node.container;

import dev.jobctl.node.runtime.Confinements;
import dev.jobctl.node.runtime.RunningUser;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.Optional;

/// `runAsNonRoot` where the image says whom its program runs as.
final class ImageUser {
    private ImageUser() {}

    /// Asks for an image's user.
    interface Lookup {
        String user() throws IOException;
    }

    /// What is wrong with that user, in the kubelet's words; empty when nothing is.
    static Optional<String> refusal(Pod pod, Container container, Lookup image) throws IOException {
        if (!RunningUser.mustNotBeRoot(pod, container)
                || Confinements.of(pod, container).user() != null) {
            return Optional.empty();
        }
        String user = image.user().replaceFirst(":.*", "");
        String where = "(pod: \"%s_%s(%s)\", container: %s)"
                .formatted(
                        pod.getMetadata().getName(),
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getUid(),
                        container.getName());
        if (user.isEmpty() || user.equals("0")) {
            return Optional.of("container has runAsNonRoot and image will run as root " + where);
        }
        return user.matches("\\d+")
                ? Optional.empty()
                : Optional.of(
                        "container has runAsNonRoot and image has non-numeric user (%s), cannot verify user is non-root %s"
                                .formatted(user, where));
    }
}
