package dev.jobctl.node.process;

import dev.jobctl.node.runtime.RunningContainer;
import java.time.Instant;

/// A container whose supervisor runs, as our child or adopted.
record SupervisedContainer(RunFile.Claim claim, ProcessFamily family) implements RunningContainer {
    @Override
    public String id() {
        return id(claim);
    }

    static String id(RunFile.Claim claim) {
        return "process://" + claim.pid() + "-" + claim.startTicks();
    }

    @Override
    public Instant startedAt() {
        return claim.startedAt();
    }

    @Override
    public void terminate() {
        family.terminate();
    }

    @Override
    public void kill() {
        family.kill();
    }
}
