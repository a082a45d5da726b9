package dev.jobctl.launch;

import dev.jobctl.launch.wire.BrokenRelease;
import dev.jobctl.launch.wire.Entry;
import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.Home;
import dev.jobctl.launch.wire.HomeError;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One command in this process, with the whole program on the class path. A front without it starts the program anew.
record Here(Home home, Frame.Command command, Entry.DaemonStarter starter) {
    int run() throws HomeError, IOException {
        if (Boolean.getBoolean("jobctl.front")) {
            return startWhole();
        }
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption);
        Output out = new Output();
        Entry.Streams streams = new Entry.Streams(
                System.in,
                out,
                new Kept(FileDescriptor.err),
                interruption.cancelled(),
                words -> await(new ProcessBuilder(words).inheritIO().start()));
        try {
            return out.outcome(program().run(home, Main.build(), command, streams, starter));
        } finally {
            interruption.done();
        }
    }

    /// The program behind the door.
    static Entry program() throws HomeError {
        try {
            return Class.forName(Entry.IMPLEMENTATION)
                    .asSubclass(Entry.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new HomeError(BrokenRelease.inWords(e));
        }
    }

    private int startWhole() throws HomeError, IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("jobctl.dist", "."), "lib", "here").toString());
        words.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        builder.environment().put("JOBCTL_TERMINALS", System.getProperty("jobctl.terminals", ""));
        builder.environment().put("JOBCTL_WIDTH", System.getProperty("jobctl.width", "0"));
        return await(builder.start());
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /// Stays open when the command closes it, for what is to be told of the command's own end.
    private static final class Kept extends FileOutputStream {
        Kept(FileDescriptor descriptor) {
            super(descriptor);
        }

        @Override
        public void close() {
            // Nothing is kept back here, and the process ends soon.
        }
    }
}
