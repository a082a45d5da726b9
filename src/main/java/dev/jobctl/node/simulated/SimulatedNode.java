package dev.jobctl.node.simulated;

import dev.jobctl.node.NodeReports;
import dev.jobctl.node.life.AlikeParts;
import dev.jobctl.node.life.LifeEvent;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectRef;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A node whose pods only pretend. It has no thread and no clock: it is told of pods, asked when it wants to be woken
/// ([#next]), and moved on ([#advance]). What it knows survives a crash of the control plane, as real processes do.
///
/// Owned by one thread. Reports are made during the calls, in a fixed order.
public final class SimulatedNode {
    /// How the node stands to the world.
    private enum Condition {
        /// Runs its pods, hears and reports.
        UP,
        /// Runs its pods, but neither hears nor reports.
        CUT_OFF,
        /// Runs nothing.
        DOWN
    }

    private final String name;
    private final NodeReports reports;
    private final Addresses addresses;
    private final Alarms alarms = new Alarms();
    private final SimulatedPod.Place place;
    private final Map<String, SimulatedPod> pods = new LinkedHashMap<>();

    /// What changed while nobody could be heard, by uid, newest version.
    private final Map<String, Pod> unheard = new LinkedHashMap<>();

    private Condition condition = Condition.UP;
    private int started;
    private int active;

    /// @param number tells nodes of one world apart in addresses: 1, 2, ...
    public SimulatedNode(String name, int number, Behaviour behaviour, Console console, NodeReports reports) {
        this(name, new Addresses(number), behaviour, console, reports);
    }

    /// The simulated part of a node that has an address of its own.
    public SimulatedNode(String name, String address, Behaviour behaviour, Console console, NodeReports reports) {
        this(name, new Addresses(address), behaviour, console, reports);
    }

    private SimulatedNode(String name, Addresses addresses, Behaviour behaviour, Console console, NodeReports reports) {
        this.name = name;
        this.reports = reports;
        this.addresses = addresses;
        place = new SimulatedPod.Place(this, addresses.host(), behaviour, console, alarms, new AlikeParts());
    }

    public String name() {
        return name;
    }

    /// The node's own address, every pod's hostIP.
    public String address() {
        return addresses.host();
    }

    /// A pod bound to this node as it is now: new, changed or being deleted. May be repeated.
    public void podChanged(Pod pod, Instant now) {
        if (condition != Condition.UP) {
            unheard.put(pod.getMetadata().getUid(), pod);
            return;
        }
        String uid = pod.getMetadata().getUid();
        @Nullable SimulatedPod known = pods.get(uid);
        if (known == null) {
            begin(pod, now);
            return;
        }
        known.hear(pod);
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            known.look(now);
        } else {
            known.observe(now);
        }
    }

    /// A pod that has ended before this node ever saw it is only seen off.
    private void begin(Pod pod, Instant now) {
        @Nullable
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        if ("Succeeded".equals(phase) || "Failed".equals(phase)) {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                over(ObjectRef.of(Kinds.POD, pod));
            }
            return;
        }
        SimulatedPod begun = new SimulatedPod(place, pod, address(pod), now);
        begun.resume(now);
        pods.put(pod.getMetadata().getUid(), begun);
        started++;
        active++;
        begun.look(now);
    }

    private String address(Pod pod) {
        @Nullable
        String before = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        return before == null || before.isEmpty() ? addresses.next() : before;
    }

    /// Pods that this node may have begun in an earlier life. Tell of all of them here before any by [#podChanged].
    public void remember(List<Pod> found) {
        place.behaviour().remember(found);
    }

    /// The pod's object is gone.
    public void podRemoved(ObjectRef pod) {
        unheard.remove(pod.uid());
        @Nullable SimulatedPod known = pods.remove(pod.uid());
        if (known != null) {
            active -= known.ended() ? 0 : 1;
            known.remove();
        }
    }

    /// The control plane may have forgotten what it was told last: with the next look at each pod it is told again.
    public void sayAgain() {
        pods.values().forEach(SimulatedPod::sayAgain);
    }

    /// After every pod of this node was told by [#podChanged]: pods whose objects are gone are dropped, the others are
    /// reported on as far as needed.
    public void forgetOthers(Predicate<ObjectRef> exists, Instant now) {
        if (!reachable()) {
            return;
        }
        for (SimulatedPod pod : List.copyOf(pods.values())) {
            if (exists.test(pod.ref())) {
                pod.report(now);
            } else {
                podRemoved(pod.ref());
            }
        }
    }

    /// When something happens here next by itself.
    public Optional<Instant> next() {
        return Optional.ofNullable(alarms.first()).map(Alarms.Alarm::at);
    }

    /// Lets happen what is due.
    public void advance(Instant now) {
        Alarms.@Nullable Alarm due = alarms.take(now);
        while (due != null) {
            due.pod().happened(due.event(), now);
            due = alarms.take(now);
        }
    }

    /// The clock that the instants given here come from was found to have been set by that much, back when negative:
    /// whatever is awaited comes after as long as it was to. Nothing happens in this call. Without it a clock that
    /// jumps is time that has passed.
    public void clockSet(Duration by) {
        alarms.clockSet(by);
        pods.values().forEach(pod -> pod.clockSet(by));
    }

    /// The power fails: all processes end unseen, and nothing is heard of the node.
    public void powerFails() {
        condition = Condition.DOWN;
        alarms.clear();
        pods.values().forEach(SimulatedPod::powerFails);
    }

    /// The network fails: processes go on, nothing is heard.
    public void cutOff() {
        if (condition == Condition.UP) {
            condition = Condition.CUT_OFF;
        }
    }

    /// The node is back: after a power failure its containers are found dead; then it hears and reports what was
    /// missed.
    public void comesBack(Instant now) {
        Condition before = condition;
        condition = Condition.UP;
        List<SimulatedPod> all = List.copyOf(pods.values());
        List<Pod> missed = List.copyOf(unheard.values());
        unheard.clear();
        if (before == Condition.DOWN) {
            missed.forEach(this::hear);
            all.forEach(pod -> pod.boot(now));
        }
        if (before == Condition.CUT_OFF) {
            sayAgain(); // of ready pods the control plane has said meanwhile that they are not
        }
        missed.forEach(pod -> podChanged(pod, now));
        all.forEach(pod -> pod.report(now));
    }

    private void hear(Pod pod) {
        @Nullable SimulatedPod known = pods.get(pod.getMetadata().getUid());
        if (known != null) {
            known.hear(pod);
        }
    }

    /// The pod's app containers end now with that code, whatever they were to do; nothing when they do not run.
    public void end(String podUid, int exitCode, Instant now) {
        @Nullable SimulatedPod known = pods.get(podUid);
        if (known != null && condition != Condition.DOWN) {
            known.end(exitCode, now);
        }
    }

    /// The node is about to go: pods get SIGTERM, and `grace` at most. What calls for this is a spot interruption.
    public void shutDown(Duration grace, Instant now) {
        List.copyOf(pods.values()).forEach(pod -> pod.happened(new LifeEvent.Shutdown(now.plus(grace)), now));
    }

    /// Hears and reports.
    public boolean reachable() {
        return condition == Condition.UP;
    }

    /// How many pods ever began here.
    public int everStarted() {
        return started;
    }

    /// How many pods have not ended.
    public int activePods() {
        return active;
    }

    /// One of them has.
    void podEnded() {
        active--;
    }

    void status(ObjectRef pod, PodStatus status) {
        reports.status(pod, status);
    }

    void over(ObjectRef pod) {
        reports.ended(pod);
    }

    void event(EventDraft event) {
        if (reachable()) {
            reports.event(event);
        }
    }
}
