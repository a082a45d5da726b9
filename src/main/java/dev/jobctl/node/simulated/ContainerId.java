package dev.jobctl.node.simulated;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The id of a simulated container, `simulated://UID/NAME/ATTEMPT/RUN`. It stands in the pod's status and tells a node
/// that starts anew which run that was, and so how it goes on.
///
/// @param run the number of its [Act.Run]
public record ContainerId(String uid, String container, int attempt, int run) {
    private static final Pattern TEXT = Pattern.compile("simulated://([^/]+)/([^/]+)/(\\d{1,9})/(\\d{1,9})");

    /// Empty for the id of another runtime.
    public static Optional<ContainerId> parse(@Nullable String text) {
        Matcher matcher = TEXT.matcher(text == null ? "" : text);
        return matcher.matches()
                ? Optional.of(new ContainerId(
                        matcher.group(1),
                        matcher.group(2),
                        Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(4))))
                : Optional.empty();
    }

    /// Of the newest attempt that has begun.
    public static Optional<ContainerId> of(ContainerStatus status) {
        return parse(status.getContainerID());
    }

    /// What a pod's status says of one container.
    public static Optional<ContainerStatus> status(PodStatus status, String container) {
        return Stream.<@Nullable List<ContainerStatus>>of(
                        status.getContainerStatuses(), status.getInitContainerStatuses())
                .filter(list -> list != null)
                .flatMap(List::stream)
                .filter(each -> container.equals(each.getName()))
                .findFirst();
    }

    /// How often the container was started: its newest attempt counts once it has begun, or ended without. What was
    /// never tried ended at no time.
    static int starts(ContainerStatus status) {
        boolean begun = status.getContainerID() != null
                || status.getState() != null
                        && status.getState().getTerminated() != null
                        && status.getState().getTerminated().getFinishedAt() != null;
        int restarts = status.getRestartCount() == null ? 0 : status.getRestartCount();
        return begun ? restarts + 1 : restarts;
    }

    @Override
    public String toString() {
        return "simulated://" + uid + "/" + container + "/" + attempt + "/" + run;
    }
}
