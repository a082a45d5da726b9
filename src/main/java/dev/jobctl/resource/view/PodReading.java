package dev.jobctl.resource.view;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.view.PodView.Phase;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a [PodView] from a fabric8 Pod.
final class PodReading {
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";
    private static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    private static final String IGNORED_FAILURES = "batch.kubernetes.io/job-index-ignored-failure-count";

    private PodReading() {}

    static PodView read(Pod pod) {
        return read(pod, MetaView.of(Kinds.POD, pod), null, null, new ConditionViews());
    }

    /// The same, made from `like`, the view of the `other` pod, as far as both pods share parts.
    static PodView read(Pod pod, Pod other, PodView like, ConditionViews known) {
        return read(pod, MetaView.of(Kinds.POD, pod, other, like.meta()), other, like, known);
    }

    @SuppressWarnings("ReferenceEquality") // stored parts never change: the same part means the same
    private static PodView read(
            Pod pod, MetaView meta, @Nullable Pod other, @Nullable PodView like, ConditionViews known) {
        @Nullable
        PodView noted = other != null
                        && other.getMetadata().getAnnotations()
                                == pod.getMetadata().getAnnotations()
                ? like
                : null;
        Map<String, String> annotations =
                noted != null ? Map.of() : Settled.map(pod.getMetadata().getAnnotations());
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        @Nullable PodView same = other != null && other.getStatus() == pod.getStatus() ? like : null;
        List<ConditionView> conditions = same != null ? same.conditions() : known.of(status.getConditions());
        @Nullable PodSpec spec = pod.getSpec();
        List<ContainerView> containers =
                same != null ? same.containers() : Holes.views(status.getContainerStatuses(), ContainerView::of);
        List<ContainerView> initContainers =
                same != null ? same.initContainers() : initContainers(status.getInitContainerStatuses(), spec);
        @Nullable ConditionView ready = find(conditions, "Ready");
        return new PodView(
                meta,
                phase(Holes.text(status.getPhase())),
                Holes.text(status.getReason()),
                noted != null ? noted.index() : count(annotations.get(INDEX), PodView.NO_INDEX),
                noted != null ? noted.failureCount() : count(annotations.get(FAILURES), 0),
                noted != null ? noted.ignoredFailureCount() : count(annotations.get(IGNORED_FAILURES), 0),
                ready != null && ready.isTrue(),
                ready == null ? null : ready.lastTransition(),
                conditions,
                containers,
                initContainers,
                restarts(containers) + restarts(initContainers),
                finishTime(meta, containers, initContainers, ready),
                spec == null || Holes.text(spec.getNodeName()).isEmpty() ? null : spec.getNodeName(),
                other != null && like != null && PodNeeds.sameFor(spec, other.getSpec())
                        ? like.needs()
                        : PodNeeds.of(spec),
                Holes.text(status.getNominatedNodeName()).isEmpty() ? null : status.getNominatedNodeName());
    }

    private static List<ContainerView> initContainers(
            @Nullable List<ContainerStatus> statuses, @Nullable PodSpec spec) {
        if (statuses == null || statuses.isEmpty()) {
            return List.of();
        }
        Set<String> sidecars = new HashSet<>();
        for (Container container : Holes.list(spec == null ? null : spec.getInitContainers())) {
            if (ContainerView.sidecar(container)) {
                sidecars.add(Holes.text(container.getName()));
            }
        }
        return Holes.views(
                statuses, status -> ContainerView.of(status, sidecars.contains(Holes.text(status.getName()))));
    }

    private static Phase phase(String name) {
        return switch (name) {
            case "Running" -> Phase.Running;
            case "Succeeded" -> Phase.Succeeded;
            case "Failed" -> Phase.Failed;
            case "Unknown" -> Phase.Unknown;
            default -> Phase.Pending;
        };
    }

    private static @Nullable ConditionView find(List<ConditionView> conditions, String type) {
        for (ConditionView condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /// Rule JOB-422: unreadable, negative and huge values count as absent.
    private static int count(@Nullable String text, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            return value < 0 ? otherwise : value;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static int restarts(List<ContainerView> containers) {
        int restarts = 0;
        for (ContainerView container : containers) {
            restarts += container.restarts();
        }
        return restarts;
    }

    /// Rule JOB-600, job controller, "Finish time of a pod": the last container's end when all app containers and
    /// sidecars have ended; else since when it is not ready; else when its deletion was asked for; else its birth.
    private static Instant finishTime(
            MetaView meta,
            List<ContainerView> containers,
            List<ContainerView> initContainers,
            @Nullable ConditionView ready) {
        @Nullable Instant latest = lastEnd(containers, initContainers);
        if (latest != null) {
            return latest;
        }
        if (ready != null && ready.status().equals("False") && ready.lastTransition() != null) {
            return ready.lastTransition();
        }
        @Nullable Instant deletion = meta.deletion();
        return deletion != null ? deletion.minusSeconds(meta.graceSeconds()) : meta.creation();
    }

    /// Null while one of them has not ended. Asked for every version of every pod: no stream.
    private static @Nullable Instant lastEnd(List<ContainerView> containers, List<ContainerView> initContainers) {
        Instant latest = Instant.MIN;
        for (ContainerView container : containers) {
            @Nullable Instant end = container.finishedAt();
            if (end == null) {
                return null;
            }
            latest = end.isAfter(latest) ? end : latest;
        }
        for (ContainerView init : initContainers) {
            @Nullable Instant end = init.finishedAt();
            if (init.sidecar() && end == null) {
                return null;
            }
            latest = init.sidecar() && end != null && end.isAfter(latest) ? end : latest;
        }
        return latest.equals(Instant.MIN) ? null : latest;
    }
}
