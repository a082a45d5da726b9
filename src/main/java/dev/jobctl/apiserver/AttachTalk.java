package dev.jobctl.apiserver;

import dev.jobctl.resource.value.ObjectRef;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What a running container writes from now on, and what it is given to read, over the channels of [CommandTalk].
final class AttachTalk {
    /// How long a container that is full has to take what was sent before the client went.
    private static final Duration REST = Duration.ofSeconds(5);

    private AttachTalk() {}

    /// Where the client's messages go.
    ///
    /// @param terminal nothing is asked of it when it is not the container's
    record Into(OutputStream input, CommandTalk.Resizing terminal) {}

    static void hold(PodLogs logs, ObjectRef pod, String container, ApiResponse.Line line)
            throws IOException, InterruptedException {
        follow(logs, pod, container, new Passing(line, new CountDownLatch(1)));
    }

    /// With what the client sends as input, until one of both ends.
    static void hold(PodLogs logs, ObjectRef pod, String container, Into into, ApiResponse.Line line)
            throws IOException, InterruptedException {
        Passing passing = new Passing(line, new CountDownLatch(1));
        Thread feeder = Thread.ofPlatform().daemon().name("attach-in").start(() -> feed(into, passing));
        OutputStream input = into.input();
        try (input) {
            follow(logs, pod, container, passing);
            feeder.join(REST);
        }
    }

    private static void follow(PodLogs logs, ObjectRef pod, String container, Passing passing)
            throws IOException, InterruptedException {
        PodLogs.Options options = new PodLogs.Options(true, false, false, 0L, null, null);
        ApiResponse.Line line = passing.line();
        try {
            logs.write(pod, container, options, passing);
            CommandTalk.tell(line, CommandTalk.outcome(0));
        } catch (FileNotFoundException e) {
            CommandTalk.refuse(line, "container not found (\"" + container + "\")");
        } finally {
            passing.begun().countDown();
            line.close();
        }
    }

    /// On a platform thread: a pipe that is full blocks it.
    private static void feed(Into into, Passing passing) {
        try (OutputStream input = into.input()) {
            passing.begun().await();
            ApiResponse.Line line = passing.line();
            for (byte @Nullable [] message = line.receive(); message != null; message = line.receive()) {
                if (CommandTalk.closesInput(message)) {
                    return;
                }
                if (message.length > 0 && message[0] == CommandTalk.INPUT) {
                    input.write(message, 1, message.length - 1);
                } else if (message.length > 0 && message[0] == CommandTalk.SIZE) {
                    CommandTalk.resize(message, into.terminal());
                }
            }
        } catch (IOException e) {
            // The container has ended: its last output is told by the other thread.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param begun open once it is settled from where the output is followed: an answer to the input is not missed
    private record Passing(ApiResponse.Line line, CountDownLatch begun) implements ApiResponse.Sink {
        @Override
        public void send(byte[] piece) throws IOException, InterruptedException {
            line.send(CommandTalk.message(CommandTalk.OUTPUT, piece, piece.length));
        }

        /// Asked for the first time when there is a place to go on from.
        @Override
        public boolean closed() {
            begun.countDown();
            return line.closed();
        }

        @Override
        public void onClose(Runnable action) {
            line.onClose(action);
        }
    }
}
