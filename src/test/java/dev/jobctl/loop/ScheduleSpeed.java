package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.schedule.NodeLoad;
import dev.jobctl.control.schedule.Scheduler;
import dev.jobctl.control.schedule.SchedulerInput;
import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.view.NodeView;
import dev.jobctl.resource.view.PodView;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Measures the scheduler alone: `java ... dev.jobctl.loop.ScheduleSpeed PODS NODES plain|spread|far|full`. Prints
/// figures; asserts nothing.
final class ScheduleSpeed {
    private static final Instant NOW = VirtualPlane.START;

    private ScheduleSpeed() {}

    static void main(String[] args) {
        int pods = Integer.parseInt(args[0]);
        int nodes = Integer.parseInt(args[1]);
        for (int run = 0; run < 5; run++) {
            SchedulerInput input = new SchedulerInput(pods(pods, args[2]), nodes(nodes, pods, args[2]));
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Decision decision = Scheduler.decide(input, NOW);
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
            System.out.printf(
                    "%s pods=%d nodes=%d changes=%d cpu=%d ms%n",
                    args[2], pods, nodes, decision.changes().size(), spent / 1_000_000);
        }
    }

    private static List<NodeLoad> nodes(int count, int pods, String how) {
        List<NodeLoad> nodes = new ArrayList<>();
        int cpus = how.equals("full") ? 10 : pods / count + 1;
        for (int i = 0; i < count; i++) {
            Node node = new NodeBuilder((Node) VirtualPlane.readyNode("n" + i))
                    .editMetadata()
                    .addToLabels("zone", "z" + i % 5)
                    .addToLabels("host", "n" + i)
                    .withUid("n" + i)
                    .endMetadata()
                    .editStatus()
                    .addToAllocatable("cpu", new Quantity(Integer.toString(cpus)))
                    .endStatus()
                    .build();
            nodes.add(NodeLoad.of(NodeView.of(node), List.of()));
        }
        return nodes;
    }

    private static List<PodView> pods(int count, String how) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withNamespace("default")
                .addToLabels("app", "w")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withNewResources()
                .addToRequests("cpu", new Quantity("1"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
        if (how.equals("spread")) {
            pod.getSpec()
                    .setTopologySpreadConstraints(
                            List.of(new io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder()
                                    .withMaxSkew(1)
                                    .withTopologyKey("zone")
                                    .withWhenUnsatisfiable("DoNotSchedule")
                                    .withNewLabelSelector()
                                    .addToMatchLabels("app", "w")
                                    .endLabelSelector()
                                    .build()));
        }
        if (how.equals("far")) {
            pod.getSpec()
                    .setAffinity(new io.fabric8.kubernetes.api.model.AffinityBuilder()
                            .withNewPodAntiAffinity()
                            .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                            .withTopologyKey("host")
                            .withNewLabelSelector()
                            .addToMatchLabels("app", "w")
                            .endLabelSelector()
                            .endRequiredDuringSchedulingIgnoredDuringExecution()
                            .endPodAntiAffinity()
                            .build());
        }
        List<PodView> pods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Pod each = Json.copy(pod);
            each.getMetadata().setName("p" + i);
            pods.add(PodView.of(Preparation.forCreate(Kinds.POD, Defaults.apply(Kinds.POD, each), "u" + i, NOW)));
        }
        return pods;
    }
}
