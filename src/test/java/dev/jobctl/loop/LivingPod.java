package dev.jobctl.loop;

import dev.jobctl.node.life.Effect;
import dev.jobctl.node.life.LifeEvent;
import dev.jobctl.node.life.LifeStep;
import dev.jobctl.node.life.PodLife;
import dev.jobctl.node.life.PodPlan;
import dev.jobctl.node.life.PodStatuses;
import dev.jobctl.node.life.Step;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One pod of a virtual plane whose life is the real one (`node.life`): a test ends its containers, everything else
/// follows. The plane's simulated node must be silent about it.
final class LivingPod {
    private final VirtualPlane plane;
    private final ObjectRef ref;
    private PodLife life;

    private LivingPod(VirtualPlane plane, Pod pod) {
        this.plane = plane;
        ref = ObjectRef.of(Kinds.POD, pod);
        life = PodLife.begin(PodPlan.of(pod), plane.now());
    }

    /// Its containers start at once, as far as their order lets them.
    static LivingPod begin(VirtualPlane plane, Pod pod) {
        LivingPod living = new LivingPod(plane, pod);
        living.take(new LifeEvent.Woken());
        return living;
    }

    void exits(String container, int code) {
        ends(container, ContainerEnd.exited(code, "", plane.now(), plane.now()));
    }

    void ends(String container, ContainerEnd end) {
        int attempt = life.container(container).orElseThrow().attempt();
        take(new LifeEvent.Exited(container, attempt, end));
    }

    void shutdown() {
        take(new LifeEvent.Shutdown(plane.now().plusSeconds(5)));
    }

    void after(Duration time) {
        plane.pass(time);
        take(new LifeEvent.Woken());
    }

    /// Takes notice of a deletion.
    void follow() {
        if (stored().getMetadata().getDeletionTimestamp() != null) {
            take(LifeEvent.Deleted.at(plane.now().plusSeconds(30)));
        }
    }

    private void take(LifeEvent first) {
        List<LifeEvent> events = new ArrayList<>(List.of(first));
        while (!events.isEmpty()) {
            Step step = LifeStep.step(life, events.removeFirst(), plane.now(), "local");
            life = step.life();
            step.effects().forEach(effect -> events.add(answer(effect)));
        }
        report();
    }

    private LifeEvent answer(Effect effect) {
        return switch (effect) {
            case Effect.Start(String name, int attempt) ->
                new LifeEvent.Started(name, "id://" + name + "-" + attempt, plane.now());
            case Effect.PreStop(String name) ->
                new LifeEvent.PreStopped(
                        name, life.container(name).orElseThrow().attempt());
            case Effect.Terminate(String name) -> exit(name, 143);
            case Effect.Kill(String name) -> exit(name, 137);
        };
    }

    private LifeEvent exit(String name, int code) {
        int attempt = life.container(name).orElseThrow().attempt();
        return new LifeEvent.Exited(name, attempt, ContainerEnd.exited(code, "", plane.now(), plane.now()));
    }

    private void report() {
        Pod pod = stored();
        PodStatuses.Frame frame = PodStatuses.Frame.of(pod, "127.0.0.2", "127.0.0.1");
        PodStatus status = PodStatuses.of(life, pod.getStatus(), frame, plane.now());
        plane.submit(new Write.ReportPod(ref, status));
        if (life.ended() && pod.getMetadata().getDeletionTimestamp() != null) {
            plane.submit(new Write.Delete(ref.key(), Deletion.now(ref.uid())));
        }
    }

    Pod stored() {
        return (Pod) plane.version(Kinds.POD, ref.key().name()).object();
    }

    /// Where one container stands: `running`, `CrashLoopBackOff`, `terminated 137 OOMKilled`.
    String state(String container) {
        ContainerStatus status = Stream.concat(
                        stored().getStatus().getInitContainerStatuses().stream(),
                        stored().getStatus().getContainerStatuses().stream())
                .filter(each -> each.getName().equals(container))
                .findFirst()
                .orElseThrow();
        if (status.getState().getRunning() != null) {
            return "running";
        }
        if (status.getState().getWaiting() != null) {
            return status.getState().getWaiting().getReason();
        }
        return "terminated " + status.getState().getTerminated().getExitCode() + " "
                + status.getState().getTerminated().getReason();
    }
}
