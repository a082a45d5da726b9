package dev.jobctl.node.probe;

import dev.jobctl.node.life.ProbeKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One probe of a container, its defaults filled in.
///
/// @param grace between SIGTERM and SIGKILL when its failure ends the container, null for the pod's
record ProbePlan(
        ProbeKind kind,
        Handler handler,
        Duration delay,
        Duration period,
        Duration timeout,
        int successes,
        int failures,
        @Nullable Duration grace) {
    private static final int PERIOD = 10;
    private static final int FAILURES = 3;

    static List<ProbePlan> of(Container container) {
        List<ProbePlan> plans = new ArrayList<>();
        add(plans, ProbeKind.STARTUP, container.getStartupProbe(), container);
        add(plans, ProbeKind.LIVENESS, container.getLivenessProbe(), container);
        add(plans, ProbeKind.READINESS, container.getReadinessProbe(), container);
        return plans;
    }

    private static void add(List<ProbePlan> plans, ProbeKind kind, @Nullable Probe probe, Container container) {
        Handler.of(probe, container).ifPresent(handler -> {
            if (probe != null) {
                plans.add(of(kind, handler, probe));
            }
        });
    }

    private static ProbePlan of(ProbeKind kind, Handler handler, Probe probe) {
        @Nullable Long grace = probe.getTerminationGracePeriodSeconds();
        return new ProbePlan(
                kind,
                handler,
                seconds(probe.getInitialDelaySeconds(), 0),
                seconds(probe.getPeriodSeconds(), PERIOD),
                seconds(probe.getTimeoutSeconds(), 1),
                positive(probe.getSuccessThreshold(), 1),
                positive(probe.getFailureThreshold(), FAILURES),
                grace == null ? null : Duration.ofSeconds(grace));
    }

    private static Duration seconds(@Nullable Integer seconds, int otherwise) {
        return Duration.ofSeconds(otherwise == 0 && seconds != null ? seconds : positive(seconds, otherwise));
    }

    private static int positive(@Nullable Integer number, int otherwise) {
        return number == null || number <= 0 ? otherwise : number;
    }
}
