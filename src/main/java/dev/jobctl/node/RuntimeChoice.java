package dev.jobctl.node;

import dev.jobctl.node.simulated.ContainerId;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which runtime a pod gets on this node: the one that it names, else that of the node.
///
/// @param otherwise for a pod that names none; one of [#NAMES]
public record RuntimeChoice(String otherwise) {
    /// Names a runtime for one pod, before its runtimeClassName.
    public static final String ANNOTATION = "jobctl.dev/runtime";

    public static final String PROCESS = "process";
    public static final String CONTAINER = "container";
    public static final String SIMULATED = "simulated";

    /// The runtimes there are, the usual one first.
    public static final List<String> NAMES = List.of(PROCESS, CONTAINER, SIMULATED);

    public RuntimeChoice {
        if (!NAMES.contains(otherwise)) {
            throw new IllegalArgumentException(unknown(otherwise));
        }
    }

    /// The name that counts for the pod; it may be none of [#NAMES].
    public String of(Pod pod) {
        @Nullable Map<String, String> annotations = pod.getMetadata().getAnnotations();
        @Nullable String annotated = annotations == null ? null : annotations.get(ANNOTATION);
        if (annotated != null && !annotated.isEmpty()) {
            return annotated;
        }
        @Nullable String named = pod.getSpec().getRuntimeClassName();
        return named == null || named.isEmpty() ? otherwise : named;
    }

    /// Whether the pod only pretends. One that has begun stays what it is, also when the usual runtime has changed
    /// since.
    boolean simulates(Pod pod) {
        return begun(pod).map(id -> ContainerId.parse(id).isPresent()).orElseGet(() -> of(pod).equals(SIMULATED));
    }

    /// The id of a container that has begun.
    static Optional<String> begun(Pod pod) {
        @Nullable PodStatus status = pod.getStatus();
        return status == null
                ? Optional.empty()
                : Stream.<@Nullable List<ContainerStatus>>of(
                                status.getContainerStatuses(), status.getInitContainerStatuses())
                        .filter(Objects::nonNull)
                        .flatMap(List::stream)
                        .map(ContainerStatus::getContainerID)
                        .filter(id -> id != null && !id.isEmpty())
                        .findFirst();
    }

    /// Why no runtime here can take the pod; empty when one can.
    Optional<String> refusal(Pod pod) {
        String name = of(pod);
        return NAMES.contains(name) ? Optional.empty() : Optional.of(unknown(name));
    }

    /// What to say to somebody who wants a runtime that is not there.
    public static String unknown(String name) {
        String all = String.join(", ", NAMES.subList(0, NAMES.size() - 1)) + " or " + NAMES.getLast();
        return "there is no pod runtime \"" + name + "\" here: use " + all;
    }
}
