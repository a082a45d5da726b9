package dev.jobctl.loop;

import dev.jobctl.control.job.JobController;
import dev.jobctl.control.job.JobSettings;
import java.util.List;

/// The controllers of a control plane.
public final class Deciders {
    private Deciders() {}

    /// In the order in which they see a change.
    public static List<Decider> all(JobSettings settings) {
        return List.of(
                new JobDecider(new JobController(settings)),
                new QuotaDecider(),
                new ScheduleDecider(),
                new OrphanPodDecider(),
                new PodCollectorDecider(),
                new GarbageDecider(),
                new NamespaceDecider(),
                new TtlDecider());
    }
}
