package dev.jobctl.simulate;

import dev.jobctl.loop.LoopOptions;
import dev.jobctl.node.HostFacts;
import dev.jobctl.node.simulated.Behaviour;
import dev.jobctl.node.simulated.Console;
import dev.jobctl.std.Check;
import java.time.Instant;

/// What a world is made of.
///
/// @param seed of names, uids and of whatever the behaviour draws
/// @param start the first instant
/// @param nodes how many, called `node-1`, `node-2`, ...
/// @param capacity of each
/// @param podEvents whether nodes record what they do with containers (`Created`, `Started`, ...), as real ones do
public record WorldOptions(
        long seed,
        Instant start,
        int nodes,
        HostFacts capacity,
        LoopOptions loop,
        Behaviour behaviour,
        Console console,
        boolean podEvents) {
    /// Where every world begins that says nothing else.
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// Far more than any Job of a test asks for; `pods` is the kubelet's usual limit.
    public static final HostFacts LARGE = new HostFacts(64, 256L << 30, 110, "linux", "amd64", "simulated", "jobctl");

    public WorldOptions {
        Check.that(nodes > 0, "nodes=%s", nodes);
    }

    /// `nodes` large nodes, pods that behave so.
    public static WorldOptions of(long seed, int nodes, Behaviour behaviour) {
        return new WorldOptions(
                seed,
                START,
                nodes,
                LARGE,
                LoopOptions.standard(),
                behaviour,
                (pod, container, attempt, at, line) -> {},
                true);
    }

    public WorldOptions withCapacity(HostFacts each) {
        return new WorldOptions(seed, start, nodes, each, loop, behaviour, console, podEvents);
    }

    public WorldOptions withPodsPerNode(int pods) {
        return withCapacity(new HostFacts(
                capacity.cpus(),
                capacity.memoryBytes(),
                pods,
                capacity.os(),
                capacity.architecture(),
                capacity.kernel(),
                capacity.osImage()));
    }

    public WorldOptions withLoop(LoopOptions options) {
        return new WorldOptions(seed, start, nodes, capacity, options, behaviour, console, podEvents);
    }

    public WorldOptions withConsole(Console taker) {
        return new WorldOptions(seed, start, nodes, capacity, loop, behaviour, taker, podEvents);
    }

    public WorldOptions withStart(Instant first) {
        return new WorldOptions(seed, first, nodes, capacity, loop, behaviour, console, podEvents);
    }

    public WorldOptions withoutPodEvents() {
        return new WorldOptions(seed, start, nodes, capacity, loop, behaviour, console, false);
    }
}
