package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.apiserver.PodDoors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Forwards ports for kubectl, which speaks SPDY/3.1 inside a WebSocket: for each connection a pair of streams that
/// share a request id, one for complaints, one for data. One thread reads; whoever writes holds the lock.
final class SpdyTunnel {
    /// A connection of the user's program more than these is refused.
    private static final int MAX_STREAMS = 2_000;

    private final ApiResponse.Line line;
    private final ApiResponse.Connector connector;
    private final EmbeddedChannel reading = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final EmbeddedChannel writing = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final ReentrantLock lock = new ReentrantLock();
    /// By number of the data stream.
    private final Map<Integer, PodDoors.Pipe> pipes = new ConcurrentHashMap<>();
    /// Request id -> number of the stream for complaints; owned by the reading thread.
    private final Map<String, Integer> complaints = new HashMap<>();

    private SpdyTunnel(ApiResponse.Line line, ApiResponse.Connector connector) {
        this.line = line;
        this.connector = connector;
    }

    /// Until the client has gone.
    static void hold(ApiResponse.Connector connector, ApiResponse.Line line) throws IOException, InterruptedException {
        SpdyTunnel tunnel = new SpdyTunnel(line, connector);
        try {
            for (byte @Nullable [] message = line.receive(); message != null; message = line.receive()) {
                tunnel.take(message);
            }
        } finally {
            tunnel.pipes.values().forEach(PodDoors.Pipe::close);
            tunnel.reading.finishAndReleaseAll();
            tunnel.lock.lock();
            try {
                tunnel.writing.finishAndReleaseAll();
            } finally {
                tunnel.lock.unlock();
            }
            line.close();
        }
    }

    private void take(byte[] bytes) throws IOException, InterruptedException {
        reading.writeInbound(Unpooled.wrappedBuffer(bytes));
        for (Object frame = reading.readInbound(); frame != null; frame = reading.readInbound()) {
            try {
                handle(frame);
            } finally {
                ReferenceCountUtil.release(frame);
            }
        }
    }

    private void handle(Object frame) throws IOException, InterruptedException {
        switch (frame) {
            case SpdySynStreamFrame begun -> begin(begun);
            case SpdyDataFrame data -> data(data);
            case SpdyRstStreamFrame broken -> drop(broken.streamId());
            case SpdyPingFrame ping -> send(ping);
            default -> {}
        }
    }

    private void begin(SpdySynStreamFrame frame) throws IOException, InterruptedException {
        int stream = frame.streamId();
        String type = header(frame.headers(), "streamtype");
        String request = header(frame.headers(), "requestid");
        if (frame.isInvalid() || complaints.size() >= MAX_STREAMS) {
            send(new DefaultSpdyRstStreamFrame(stream, SpdyStreamStatus.REFUSED_STREAM));
            return;
        }
        var reply = new DefaultSpdySynReplyFrame(stream);
        // Go reads a block of headers in any case, and no block at all is written for none.
        reply.headers().set("accepted", "true");
        send(reply);
        if (type.equals("error")) {
            complaints.put(request, stream);
        } else if (type.equals("data")) {
            @Nullable Integer complaint = complaints.remove(request);
            connect(stream, complaint == null ? 0 : complaint, header(frame.headers(), "port"));
        }
    }

    private static String header(SpdyHeaders headers, String name) {
        @Nullable CharSequence value = headers.get(name);
        return value == null ? "" : value.toString();
    }

    private void connect(int stream, int complaint, String port) throws IOException, InterruptedException {
        try {
            PodDoors.Pipe pipe = connector.connect(Integer.parseInt(port));
            pipes.put(stream, pipe);
            PortPump.start(pipe, new PortPump.Listener() {
                @Override
                public void said(byte[] piece) throws IOException, InterruptedException {
                    send(new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(piece)));
                }

                @Override
                public void ended() throws IOException, InterruptedException {
                    end(complaint, "");
                    end(stream, "");
                    drop(stream);
                }
            });
        } catch (IOException e) {
            end(complaint, "error forwarding port " + port + " to pod: " + e.getMessage());
            end(stream, "");
        } catch (NumberFormatException e) {
            end(complaint, "unable to parse \"" + port + "\" as a port");
            end(stream, "");
        }
    }

    /// The last words on a stream.
    private void end(int stream, String words) throws IOException, InterruptedException {
        if (stream > 0) {
            var last = new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(words.getBytes(StandardCharsets.UTF_8)));
            send(last.setLast(true));
        }
    }

    private void data(SpdyDataFrame frame) {
        PodDoors.@Nullable Pipe pipe = pipes.get(frame.streamId());
        if (pipe == null) {
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(frame.content());
        if (bytes.length > 0) {
            PortPump.write(pipe, bytes, 0, bytes.length);
        }
        if (frame.isLast()) {
            try {
                pipe.finish();
            } catch (IOException e) {
                drop(frame.streamId());
            }
        }
    }

    private void drop(int stream) {
        PodDoors.@Nullable Pipe pipe = pipes.remove(stream);
        if (pipe != null) {
            pipe.close();
        }
    }

    private void send(Object frame) throws IOException, InterruptedException {
        byte[] bytes;
        lock.lock();
        try {
            if (!writing.isOpen()) {
                return;
            }
            writing.writeOutbound(frame);
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf piece = writing.readOutbound(); piece != null; piece = writing.readOutbound()) {
                all.writeBytes(piece);
                piece.release();
            }
            bytes = ByteBufUtil.getBytes(all);
            all.release();
            if (bytes.length > 0) {
                line.send(bytes);
            }
        } finally {
            lock.unlock();
        }
    }
}
