package dev.jobctl.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    boolean simulates(Pod pod) {
        return of(pod).equals(SIMULATED);
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
