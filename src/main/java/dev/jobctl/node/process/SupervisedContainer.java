package dev.jobctl.node.process;

import dev.jobctl.node.runtime.RunningContainer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A container whose supervisor runs, as our child or adopted.
///
/// @param run its record, by which its supervisor calls itself
/// @param pipe to its standard input, there where it has any
/// @param screen the link to its terminal, there where it has any
record SupervisedContainer(RunFile.Claim claim, ProcessFamily family, Path run, Path pipe, Path screen, Tenure tenure)
        implements RunningContainer {
    @Override
    public String id() {
        return id(claim);
    }

    static String id(RunFile.Claim claim) {
        return ProcessRuntime.SCHEME + claim.pid() + "-" + claim.startTicks() + "-"
                + claim.startedAt().toEpochMilli();
    }

    @Override
    public Instant startedAt() {
        return claim.startedAt();
    }

    @Override
    public OutputStream input(boolean once) throws IOException {
        if (!Files.exists(pipe)) {
            throw new IOException("the container's input has ended, or it was started without one");
        }
        return FedInput.open(pipe, once ? this::endInput : () -> {});
    }

    @Override
    public Optional<Path> terminal() {
        return Files.isSymbolicLink(screen) ? Optional.of(screen) : Optional.empty();
    }

    @Override
    public void lookAgain() {
        tenure.during(family::lookAgain);
    }

    /// Whoever comes later would write to nobody.
    private void endInput() throws IOException {
        Files.deleteIfExists(pipe);
        tenure.during(family::letGo);
    }

    @Override
    public void terminate() {
        tenure.during(family::terminate);
    }

    @Override
    public void kill() {
        tenure.during((Runnable) family::kill);
    }
}
