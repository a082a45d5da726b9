package dev.jobctl.resource.table;

import dev.jobctl.resource.value.Durations;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A pod in one word and three numbers, by the rules of `get pods`. Used for one pod: the fields are what the walk over
/// the containers has found so far.
final class PodSummary {
    private final PodSpec spec;
    private final PodStatus status;
    private final Set<String> sidecars;
    private String word;
    private int ready;
    private int total;
    private long restarts;
    private @Nullable Instant lastRestart;

    private PodSummary(PodSpec spec, PodStatus status) {
        this.spec = spec;
        this.status = status;
        this.sidecars = sidecars(Cells.list(spec.getInitContainers()));
        this.total = Cells.list(spec.getContainers()).size() + sidecars.size();
        this.word = Cells.orElse(status.getReason(), Cells.text(status.getPhase()));
    }

    static PodSummary of(Pod pod, PodSpec spec, PodStatus status) {
        var summary = new PodSummary(spec, status);
        for (PodCondition condition : Cells.list(status.getConditions())) {
            if ("PodScheduled".equals(condition.getType()) && "SchedulingGated".equals(condition.getReason())) {
                summary.word = "SchedulingGated";
            }
        }
        boolean initializing = summary.initContainers();
        if (!initializing || holds(status, "Initialized")) {
            summary.appContainers();
        }
        summary.deletion(pod);
        return summary;
    }

    private static Set<String> sidecars(List<Container> inits) {
        if (inits.isEmpty()) {
            return Set.of();
        }
        return inits.stream()
                .filter(c -> "Always".equals(c.getRestartPolicy()))
                .map(Container::getName)
                .collect(Collectors.toSet());
    }

    String word() {
        return word;
    }

    int ready() {
        return ready;
    }

    int total() {
        return total;
    }

    /// `0`, or `3 (5m ago)` where the time of the last one is known.
    String restarts(Instant now) {
        return restarts == 0 || lastRestart == null
                ? Long.toString(restarts)
                : restarts + " (" + Durations.since(lastRestart, now) + " ago)";
    }

    static boolean holds(PodStatus status, String type) {
        for (PodCondition condition : Cells.list(status.getConditions())) {
            if (type.equals(condition.getType()) && "True".equals(condition.getStatus())) {
                return true;
            }
        }
        return false;
    }

    /// True when one of them is not done yet: then the word is its.
    private boolean initContainers() {
        List<ContainerStatus> inits = Cells.list(status.getInitContainerStatuses());
        for (int i = 0; i < inits.size(); i++) {
            ContainerStatus init = inits.get(i);
            countRestarts(init);
            @Nullable ContainerStateTerminated ended = state(init).getTerminated();
            if (ended != null && Cells.count(ended.getExitCode()) == 0) {
                continue;
            } else if (sidecars.contains(Cells.text(init.getName())) && Cells.yes(init.getStarted())) {
                ready += Cells.yes(init.getReady()) ? 1 : 0;
                continue;
            }
            String waiting = waiting(init);
            if (ended != null) {
                word = "Init:" + ending(ended);
            } else if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
                word = "Init:" + waiting;
            } else {
                word = "Init:" + i + "/" + Cells.list(spec.getInitContainers()).size();
            }
            return true;
        }
        return false;
    }

    /// From here on only sidecars' and app containers' restarts count.
    private void appContainers() {
        restarts = 0;
        lastRestart = null;
        for (ContainerStatus init : Cells.list(status.getInitContainerStatuses())) {
            if (sidecars.contains(Cells.text(init.getName()))) {
                countRestarts(init);
            }
        }
        boolean running = false;
        List<ContainerStatus> all = Cells.list(status.getContainerStatuses());
        for (int i = all.size() - 1; i >= 0; i--) {
            ContainerStatus container = all.get(i);
            countRestarts(container);
            @Nullable ContainerStateTerminated ended = state(container).getTerminated();
            if (!waiting(container).isEmpty()) {
                word = waiting(container);
            } else if (ended != null) {
                word = ending(ended);
            } else if (Cells.yes(container.getReady()) && state(container).getRunning() != null) {
                running = true;
                ready++;
            }
        }
        if (word.equals("Completed") && running) {
            word = holds(status, "Ready") ? "Running" : "NotReady";
        }
    }

    private void deletion(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            return;
        }
        String phase = Cells.text(status.getPhase());
        if ("NodeLost".equals(status.getReason())) {
            word = "Unknown";
        } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
            word = "Terminating";
        }
    }

    private void countRestarts(ContainerStatus container) {
        restarts += Cells.count(container.getRestartCount());
        @Nullable ContainerState last = container.getLastState();
        if (last == null || last.getTerminated() == null) {
            return;
        }
        @Nullable Instant finished = Cells.time(last.getTerminated().getFinishedAt());
        if (finished != null && (lastRestart == null || finished.isAfter(lastRestart))) {
            lastRestart = finished;
        }
    }

    private static ContainerState state(ContainerStatus container) {
        return container.getState() == null ? new ContainerState() : container.getState();
    }

    private static String waiting(ContainerStatus container) {
        ContainerState state = state(container);
        return state.getWaiting() == null ? "" : Cells.text(state.getWaiting().getReason());
    }

    /// `Error`, `Signal:9` or `ExitCode:3`.
    private static String ending(ContainerStateTerminated ended) {
        if (!Cells.text(ended.getReason()).isEmpty()) {
            return ended.getReason();
        }
        return Cells.count(ended.getSignal()) != 0
                ? "Signal:" + ended.getSignal()
                : "ExitCode:" + Cells.count(ended.getExitCode());
    }
}
