package dev.jobctl.node.probe;

import dev.jobctl.node.life.LifeEvent;
import dev.jobctl.node.life.ProbeKind;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Lifecycle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks one running container's probes, after its postStart hook, and tells what they found; then runs its preStop
/// hook. A virtual thread does the asking, another the stopping.
public final class Prober implements AutoCloseable {
    /// A hook that hangs is the container's own affair until its grace ends it.
    private static final Duration HOOK_MAX = Duration.ofDays(1);

    /// Of a question that could not be asked, before the next period; as the kubelet's `maxProbeRetries`.
    private static final int TRIES = 3;

    private final Container container;
    private final int attempt;
    private final HandlerRun handlers;
    private final Consumer<LifeEvent> events;
    private final CountDownLatch stopped;

    /// `events` takes what is found, from any thread.
    public Prober(Container container, int attempt, String podAddress, Commands commands, Consumer<LifeEvent> events) {
        this.container = container;
        this.attempt = attempt;
        this.events = events;
        stopped = new CountDownLatch(1);
        handlers = new HandlerRun(podAddress, commands, stopped);
    }

    /// Whether there is anything to do for this container.
    public static boolean needed(Container container) {
        return container.getLifecycle() != null || !ProbePlan.of(container).isEmpty();
    }

    /// `begun` skips the postStart hook and the startup probe: the container ran before this node did.
    public void start(boolean begun) {
        Thread.ofVirtual().name("probes-" + container.getName()).start(() -> {
            try {
                if (begun || postStart()) {
                    probe(begun);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean postStart() throws InterruptedException {
        var wanted = lifecycle().map(Lifecycle::getPostStart);
        boolean well = hook(wanted, LifeEvent.Hook.POST_START, HOOK_MAX);
        if (well && wanted.isPresent()) {
            events.accept(new LifeEvent.PostStarted(container.getName(), attempt));
        }
        return well;
    }

    private Optional<Lifecycle> lifecycle() {
        return Optional.ofNullable(container.getLifecycle());
    }

    /// Runs the preStop hook, for at most `grace`, and tells when it is over. Nobody asks probes any more.
    public void preStop(Duration grace) {
        stopped.countDown();
        Thread.ofVirtual().name("preStop-" + container.getName()).start(() -> {
            try {
                hook(lifecycle().map(Lifecycle::getPreStop), LifeEvent.Hook.PRE_STOP, grace);
                events.accept(new LifeEvent.PreStopped(container.getName(), attempt));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean hook(
            Optional<io.fabric8.kubernetes.api.model.LifecycleHandler> wanted, LifeEvent.Hook which, Duration timeout)
            throws InterruptedException {
        Optional<Handler> handler = wanted.flatMap(hook -> Handler.of(hook, container));
        if (handler.isEmpty()) {
            return true;
        }
        HandlerRun own = new HandlerRun(handlers.podAddress(), handlers.commands(), new CountDownLatch(1));
        Answer answer = own.run(handler.get(), timeout);
        if (!answer.well()) {
            events.accept(new LifeEvent.HookFailed(container.getName(), attempt, which));
        }
        return answer.well();
    }

    private void probe(boolean begun) throws InterruptedException {
        List<ProbePlan> plans = ProbePlan.of(container);
        for (ProbePlan plan : plans) {
            if (plan.kind() == ProbeKind.STARTUP && !begun && !ask(plan, true)) {
                return;
            }
        }
        for (ProbePlan plan : plans) {
            if (plan.kind() != ProbeKind.STARTUP) {
                Thread.ofVirtual().name("probe-" + container.getName()).start(() -> {
                    try {
                        ask(plan, false);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        }
    }

    /// Asks until the container is stopped, or a startup or liveness probe has its verdict. True for a good one.
    private boolean ask(ProbePlan plan, boolean untilGood) throws InterruptedException {
        Duration wait = plan.delay();
        int inRow = 0;
        @Nullable Boolean last = null;
        while (!stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            wait = plan.period();
            Answer answer = answer(plan);
            if (stopped.getCount() == 0) {
                return false;
            }
            if (!answer.known()) { // says nothing about the container, for better or worse
                events.accept(new LifeEvent.ProbeErrored(container.getName(), attempt, plan.kind(), answer.message()));
                continue;
            }
            if (answer.doubtful()) {
                events.accept(new LifeEvent.ProbeWarned(container.getName(), attempt, plan.kind(), answer.message()));
            }
            inRow = last != null && last == answer.well() ? inRow + 1 : 1;
            last = answer.well();
            int needed = answer.well() ? plan.successes() : plan.failures();
            boolean verdict = inRow == needed;
            if (!answer.well() || verdict) {
                events.accept(new LifeEvent.Probed(
                        container.getName(),
                        attempt,
                        plan.kind(),
                        answer.well(),
                        verdict,
                        answer.message(),
                        plan.grace()));
            }
            if (verdict && (untilGood || (plan.kind() == ProbeKind.LIVENESS && !answer.well()))) {
                return answer.well();
            }
        }
        return false;
    }

    private Answer answer(ProbePlan plan) throws InterruptedException {
        Answer answer = handlers.run(plan.handler(), plan.timeout());
        for (int i = 1; i < TRIES && !answer.known() && stopped.getCount() > 0; i++) {
            answer = handlers.run(plan.handler(), plan.timeout());
        }
        return answer;
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
