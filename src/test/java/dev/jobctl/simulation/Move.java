package dev.jobctl.simulation;

import dev.jobctl.resource.value.Deletion.Propagation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One thing that a user does, or that befalls the cluster. Jobs are named by their number in the schedule; pods and
/// nodes by a number that is taken modulo how many there are, so that a move keeps its meaning when a schedule shrinks.
sealed interface Move {
    // --- users

    record Suspend(int job) implements Move {}

    record Resume(int job) implements Move {}

    record Parallelism(int job, int count) implements Move {}

    /// Completions and parallelism together; Indexed Jobs only.
    record Resize(int job, int count) implements Move {}

    record BackoffLimit(int job, int limit) implements Move {}

    record Deadline(int job, int seconds) implements Move {}

    record Ttl(int job, int seconds) implements Move {}

    /// An annotation: nothing that concerns the controller.
    record Annotate(int job) implements Move {}

    record DeleteJob(int job, Propagation how) implements Move {}

    /// Under its old name, if that is free.
    record CreateAgain(int job) implements Move {}

    /// @param grace null: the pod's own
    record DeletePod(int pod, @Nullable Integer grace) implements Move {}

    /// Takes away the labels that its Job selects by.
    record Unlabel(int pod) implements Move {}

    /// Gives a pod the labels of a Job.
    record Label(int pod, int job) implements Move {}

    /// A pod that nobody owns, with the labels of the Job.
    record OrphanPod(int job) implements Move {}

    /// Puts somebody else's finalizer on a pod, which [Release] takes off again.
    record Hold(int pod) implements Move {}

    record Release(int pod) implements Move {}

    /// At most so many pods in the namespace from now on.
    record Quota(int pods) implements Move {}

    record Unquota() implements Move {}

    /// A CronJob that starts this Job each minute.
    ///
    /// @param history how many finished Jobs of each kind it keeps
    record Cron(JobPlan plan, String policy, int history) implements Move {}

    record DeleteCron(Propagation how) implements Move {}

    /// With all that is in it.
    record DeleteNamespace() implements Move {}

    /// By hand; replaces an earlier one.
    ///
    /// @param effect `NoSchedule` or `NoExecute`
    record Taint(int node, String effect) implements Move {}

    record Untaint(int node) implements Move {}

    // --- accidents

    record PowerFails(int node) implements Move {}

    record CutOff(int node) implements Move {}

    record ComesBack(int node) implements Move {}

    record Reboot(int node) implements Move {}

    /// Takes no new pods.
    record Cordon(int node) implements Move {}

    record Uncordon(int node) implements Move {}

    /// Its pods are told to end within `grace` seconds, as before a shutdown.
    record Interrupt(int node, int grace) implements Move {}

    /// It goes with its object.
    record LoseNode(int node) implements Move {}

    record AddNode() implements Move {}

    /// Between two rounds.
    record Crash() implements Move {}

    record CrashAtCommit(int n, boolean afterItIsDurable) implements Move {}

    record RefuseCommits(int count) implements Move {}

    record Jump(Duration by) implements Move {}
}
