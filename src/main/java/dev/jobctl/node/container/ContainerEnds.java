package dev.jobctl.node.container;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.ContainerEnd;
import dev.jobctl.node.runtime.StartResult;
import dev.jobctl.std.Time;
import java.io.IOException;

/// How containers ended, by the end of the engine's client and what the engine says beside it; and that nothing of them
/// is left.
record ContainerEnds(Engine engine, Time time) {
    /// The engine's own failure, in which no container was made.
    private static final int ENGINE_FAILED = 125;

    private static final int KILLED = 137;
    private static final int START_FAILED = 128;

    /// The engine gave up before the program ran.
    StartResult unstarted(EngineContainer container) throws IOException {
        AttemptFiles files = container.files();
        ContainerEnd end = container.end().join();
        remove(container.name());
        String why = ContainerFiles.complaint(files);
        if (neverBegan(end)) {
            ContainerFiles.forget(files);
            return new StartResult.NotYet("CreateContainerError", why);
        }
        return new StartResult.Failed("StartError", why);
    }

    /// The client ended before the engine had begun with a container: by itself, or somebody killed it.
    private static boolean neverBegan(ContainerEnd end) {
        return end.exitCode() == ENGINE_FAILED || end.reason().equals("ContainerStatusUnknown");
    }

    /// True for an attempt of an earlier life of this node of which the engine made nothing: then nothing is left of
    /// it.
    boolean forgotten(String name, AttemptFiles files, ContainerEnd end) {
        if (!neverBegan(end) || ContainerFiles.created(files, engine.near())) {
            return false;
        }
        try {
            remove(name);
            engine.log()
                    .info("a start that was cut short", "container", name, "cause", ContainerFiles.complaint(files));
            ContainerFiles.forget(files);
            return true;
        } catch (IOException e) {
            engine.log().warning("a start that was cut short", "container", name, "cause", e.getMessage());
            return false;
        }
    }

    /// The engine is not waited for any longer. Where even its client stays, the attempt is still taken, and the next
    /// start comes back to it.
    StartResult hung(EngineContainer container) throws IOException {
        container.kill();
        String why = ContainerFiles.complaint(container.files());
        if (container.ended()) {
            ContainerFiles.forget(container.files());
        }
        remove(container.name());
        String what = "the container engine did not start the container within %d s"
                .formatted(ContainerStart.PATIENCE.toSeconds());
        return new StartResult.NotYet("CreateContainerError", why.isEmpty() ? what : what + ": " + why);
    }

    /// What the client's end says of the container. Asked again, also by a later life of this node, it says the same.
    ///
    /// @param seenStarved whether it was seen to be killed for want of memory; else the engine is asked
    ContainerEnd settled(String name, AttemptFiles files, ContainerEnd end, boolean seenStarved) {
        try {
            if (!ContainerFiles.created(files, engine.near())) {
                clear(name, files);
                String why = ContainerFiles.complaint(files);
                return new ContainerEnd(START_FAILED, "StartError", why, end.startedAt(), end.finishedAt());
            }
            boolean lost = end.reason().equals("ContainerStatusUnknown");
            boolean starved = end.exitCode() == KILLED && !lost && (seenStarved || starved(name, files));
            if (starved && !ContainerFiles.says(files, ContainerFiles.STARVED)) {
                ContainerFiles.note(files, ContainerFiles.STARVED);
            }
            if (lost || end.exitCode() == KILLED || ContainerFiles.kept(files)) {
                clear(name, files);
            }
            return starved
                    ? new ContainerEnd(KILLED, "OOMKilled", end.message(), end.startedAt(), end.finishedAt())
                    : end;
        } catch (IOException e) {
            engine.log().warning("a container's end", "container", name, "cause", e.getMessage());
            return end;
        }
    }

    private boolean starved(String name, AttemptFiles files) throws IOException {
        if (ContainerFiles.says(files, ContainerFiles.STARVED) || ContainerFiles.says(files, ContainerFiles.GONE)) {
            return ContainerFiles.says(files, ContainerFiles.STARVED);
        }
        Engine.Answer answer =
                engine.ask(EngineContainer.PATIENCE, "inspect", "--format", "{{.State.OOMKilled}}", name);
        return answer.good() && answer.output().strip().equals("true");
    }

    /// Once.
    private void clear(String name, AttemptFiles files) throws IOException {
        if (!ContainerFiles.says(files, ContainerFiles.GONE) && remove(name)) {
            ContainerFiles.note(files, ContainerFiles.GONE);
        }
    }

    /// With force; nothing happens when it is not there. False when the engine refuses.
    private boolean remove(String name) throws IOException {
        return engine.ask(EngineContainer.PATIENCE, "rm", "--force", "--volumes", name)
                .good();
    }
}
