package dev.jobctl.loop;

import dev.jobctl.control.job.JobController;
import dev.jobctl.control.job.JobSettings;
import dev.jobctl.control.nodes.NodeGrace;
import dev.jobctl.control.podgc.PodCollector;
import java.time.ZoneId;
import java.util.List;

/// The controllers of a control plane.
public final class Deciders {
    private Deciders() {}

    /// In the order in which they see a change.
    ///
    /// @param local the time zone of CronJobs that name none
    public static List<Decider> all(JobSettings settings, ZoneId local) {
        return List.of(
                new JobDecider(new JobController(settings)),
                new QuotaDecider(),
                new BudgetDecider(),
                new StaleDisruptionDecider(),
                new SharedPodDecider(),
                new ServiceDecider(),
                new ScheduleDecider(),
                new OrphanPodDecider(),
                new NodeDecider(NodeGrace.DEFAULT),
                new HeartbeatDecider(),
                new UnreadyPodDecider(),
                new TaintEvictionDecider(),
                new PodCollectorDecider(),
                new EndedPodsDecider(PodCollector.THRESHOLD),
                new GarbageDecider(),
                new ClaimDecider(),
                new NamespaceDecider(),
                EveryNamespace.hasAccount(),
                new RoleDecider(),
                new TtlDecider(),
                new CronJobDecider(local));
    }
}
