package dev.jobctl.apiserver;

import dev.jobctl.resource.value.ObjectRef;
import java.io.FileNotFoundException;
import java.io.IOException;

/// What a running container writes from now on, over the channels of [CommandTalk].
final class AttachTalk {
    private AttachTalk() {}

    static void hold(PodLogs logs, ObjectRef pod, String container, ApiResponse.Line line)
            throws IOException, InterruptedException {
        PodLogs.Options options = new PodLogs.Options(true, false, false, 0L, null, null);
        try {
            logs.write(pod, container, options, new Passing(line));
            CommandTalk.tell(line, CommandTalk.outcome(0));
        } catch (FileNotFoundException e) {
            CommandTalk.refuse(line, "container not found (\"" + container + "\")");
        } finally {
            line.close();
        }
    }

    private record Passing(ApiResponse.Line line) implements ApiResponse.Sink {
        @Override
        public void send(byte[] piece) throws IOException, InterruptedException {
            line.send(CommandTalk.message(CommandTalk.OUTPUT, piece, piece.length));
        }

        @Override
        public boolean closed() {
            return line.closed();
        }

        @Override
        public void onClose(Runnable action) {
            line.onClose(action);
        }
    }
}
