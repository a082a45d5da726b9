package dev.jobctl.node.life;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the statuses of a thousand pods that live through the same at one instant have in common: made for the first of
/// them, and shared by the others, since what was reported is never changed. Remembers the last of each. Owned by one
/// thread.
public final class AlikeParts {
    private Instant moment = Instant.MIN;
    private String stamp = "";
    private Instant earlier = Instant.MIN;
    private String earlierStamp = "";
    private Instant start = Instant.MIN;
    private @Nullable ContainerState running;
    private final ContainerState none = new ContainerState();
    private List<HostIP> hosts = List.of();
    private @Nullable Conditions conditions;

    /// What was made of what.
    private record Conditions(
            List<PodConditions.Fact> facts,
            List<PodCondition> before,
            @Nullable Long generation,
            String stamp,
            List<PodCondition> made) {
        @SuppressWarnings("ReferenceEquality") // a stored list never changes: the same list means the same
        boolean isOf(List<PodConditions.Fact> now, List<PodCondition> last, @Nullable Long observed, String time) {
            return before == last && stamp.equals(time) && Objects.equals(generation, observed) && facts.equals(now);
        }
    }

    /// As the API writes times. A pod's end speaks of two: when it started, and now.
    String stamp(Instant at) {
        if (!at.equals(moment)) {
            String found = at.equals(earlier) ? earlierStamp : PodStatuses.timestamp(at);
            earlier = moment;
            earlierStamp = stamp;
            moment = at;
            stamp = found;
        }
        return stamp;
    }

    ContainerState running(Instant startedAt) {
        @Nullable ContainerState known = running;
        if (known == null || !startedAt.equals(start)) {
            known = new ContainerState();
            known.setRunning(new ContainerStateRunning(stamp(startedAt)));
            running = known;
            start = startedAt;
        }
        return known;
    }

    /// Of a container that did not end before.
    ContainerState none() {
        return none;
    }

    List<HostIP> hosts(String address) {
        if (hosts.isEmpty() || !hosts.getFirst().getIp().equals(address)) {
            hosts = List.of(new HostIP(address));
        }
        return hosts;
    }

    List<PodCondition> conditions(
            List<PodConditions.Fact> facts, List<PodCondition> before, @Nullable Long generation, Instant now) {
        String time = stamp(now);
        @Nullable Conditions known = conditions;
        if (known == null || !known.isOf(facts, before, generation, time)) {
            known = new Conditions(facts, before, generation, time, PodConditions.of(facts, before, generation, time));
            conditions = known;
        }
        return known.made;
    }
}
