package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.apiserver.PodDoors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Forwards ports over the numbered channels of `v4.channel.k8s.io`, which who names no protocol means, too: two for
/// each port that the request names, the
/// first for data, the second for complaints. Both begin with the port's number.
final class PortChannels {
    private final ApiResponse.Line line;
    private final List<PodDoors.@Nullable Pipe> pipes = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    private PortChannels(ApiResponse.Line line) {
        this.line = line;
    }

    /// Until the client has gone, or all ports have ended.
    static void hold(ApiResponse.Ports ports, ApiResponse.Line line) throws IOException, InterruptedException {
        PortChannels channels = new PortChannels(line);
        try {
            for (int port : ports.numbers()) {
                channels.open(port, ports.connector());
            }
            if (channels.open.get() == 0) {
                return;
            }
            for (byte @Nullable [] message = line.receive(); message != null; message = line.receive()) {
                channels.take(message);
            }
        } finally {
            channels.pipes.forEach(pipe -> {
                if (pipe != null) {
                    pipe.close();
                }
            });
            line.close();
        }
    }

    private void open(int port, ApiResponse.Connector connector) throws IOException, InterruptedException {
        int channel = 2 * pipes.size();
        byte[] number = {(byte) port, (byte) (port >> 8)};
        send(channel, number);
        send(channel + 1, number);
        try {
            PodDoors.Pipe pipe = connector.connect(port);
            pipes.add(pipe);
            open.incrementAndGet();
            PortPump.start(pipe, new PortPump.Listener() {
                @Override
                public void said(byte[] piece) throws IOException, InterruptedException {
                    send(channel, piece);
                }

                @Override
                public void ended() {
                    if (open.decrementAndGet() == 0) {
                        line.close();
                    }
                }
            });
        } catch (IOException e) {
            pipes.add(null);
            send(channel + 1, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(int channel, byte[] content) throws IOException, InterruptedException {
        byte[] message = new byte[content.length + 1];
        message[0] = (byte) channel;
        System.arraycopy(content, 0, message, 1, content.length);
        line.send(message);
    }

    private void take(byte[] message) {
        int channel = message[0] & 0xff;
        if (channel % 2 != 0 || channel / 2 >= pipes.size()) {
            return;
        }
        PodDoors.@Nullable Pipe pipe = pipes.get(channel / 2);
        if (pipe != null) {
            PortPump.write(pipe, message, 1, message.length - 1);
        }
    }
}
