package dev.jobctl.node.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Asks `grpc.health.v1.Health/Check`: one request over HTTP/2 without TLS. The answer's one byte of interest lies in
/// its first data frame, so that no header needs to be decoded.
final class GrpcHealth {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;

    private static final int END_STREAM = 1;
    private static final int ACKNOWLEDGED = 1;
    private static final int END_HEADERS = 4;

    /// A health answer has a few bytes; frames that servers send beside it are small, too.
    private static final int FRAME_MAX = 1 << 16;

    private static final int FRAMES_MAX = 100;

    /// The message's compression flag and length come before it.
    private static final int MESSAGE_AT = 5;

    private static final int STATUS_FIELD = 0x08;
    private static final List<String> STATUS = List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

    private GrpcHealth() {}

    /// What is said when it takes too long.
    static Answer late(String host, int port, Duration timeout) {
        return Answer.bad("timeout: failed to connect service \"%s:%d\" within %ds: context deadline exceeded"
                .formatted(host, port, timeout.toSeconds()));
    }

    /// Waits as long as the server lets it; an interrupt ends that.
    static Answer ask(String host, int port, String service) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port));
            var out = new DataOutputStream(socket.getOutputStream());
            out.write(request(host + ":" + port, service));
            out.flush();
            return answer(new DataInputStream(socket.getInputStream()), out);
        } catch (IOException e) {
            return Answer.bad("error: this server does not implement the grpc health protocol or cannot be reached: "
                    + e.getMessage());
        }
    }

    private static byte[] request(String authority, String service) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(PREFACE);
        frame(out, SETTINGS, 0, 0, new byte[0]);
        frame(out, HEADERS, END_HEADERS, 1, headers(authority));
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        var message = new ByteArrayOutputStream();
        if (name.length > 0) {
            message.write(0x0A);
            message.write(name.length);
            message.write(name);
        }
        var data = new ByteArrayOutputStream();
        var dataOut = new DataOutputStream(data);
        dataOut.writeByte(0);
        dataOut.writeInt(message.size());
        dataOut.write(message.toByteArray());
        frame(out, DATA, END_STREAM, 1, data.toByteArray());
        return bytes.toByteArray();
    }

    /// Literal fields that nobody has to remember: no index, no compression.
    private static byte[] headers(String authority) {
        var out = new ByteArrayOutputStream();
        List<String> fields = List.of(
                ":method", "POST",
                ":scheme", "http",
                ":path", "/grpc.health.v1.Health/Check",
                ":authority", authority,
                "content-type", "application/grpc",
                "te", "trailers",
                "user-agent", "kube-probe/1.34");
        for (int i = 0; i < fields.size(); i += 2) {
            out.write(0);
            text(out, fields.get(i));
            text(out, fields.get(i + 1));
        }
        return out.toByteArray();
    }

    /// All of these are shorter than the 127 bytes that one byte of length can say.
    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    private static Answer answer(DataInputStream in, DataOutputStream out) throws IOException {
        for (int frames = 0; frames < FRAMES_MAX; frames++) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            in.readInt();
            if (length > FRAME_MAX) {
                throw new IOException("a frame of " + length + " bytes");
            }
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException("the connection was closed");
            }
            boolean acknowledged = (flags & ACKNOWLEDGED) != 0;
            if (type == DATA && length > 0) {
                return told(payload);
            } else if (type == SETTINGS && !acknowledged) {
                frame(out, SETTINGS, ACKNOWLEDGED, 0, new byte[0]);
            } else if (type == PING && !acknowledged) {
                frame(out, PING, ACKNOWLEDGED, 0, payload);
            } else if (type == RESET || type == GO_AWAY || (type == HEADERS && (flags & END_STREAM) != 0)) {
                return Answer.bad("error: the server knows no health check of this service");
            }
        }
        throw new IOException("no answer");
    }

    private static Answer told(byte[] data) {
        boolean stated = data.length >= MESSAGE_AT + 2 && data[MESSAGE_AT] == STATUS_FIELD;
        int status = stated ? data[MESSAGE_AT + 1] : 0;
        String name = status >= 0 && status < STATUS.size() ? STATUS.get(status) : Integer.toString(status);
        return name.equals("SERVING")
                ? Answer.good()
                : Answer.bad("service unhealthy (responded with \"%s\")".formatted(name));
    }
}
