package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A command's input, outputs and end, over the numbered channels of `v4.channel.k8s.io` and `v5.channel.k8s.io`: the
/// first byte of each message names the channel. The first version, `channel.k8s.io`, is told only what went wrong, in
/// plain text.
final class CommandTalk {
    static final int INPUT = 0;
    static final int OUTPUT = 1;
    private static final int ERRORS = 2;
    private static final int END = 3;
    static final int SIZE = 4;
    /// In the fifth version: the channel that the second byte names is closed.
    private static final int CLOSE = 255;

    /// Protocols without a Status at the end.
    private static final Set<String> PLAIN = Set.of("", PodStreaming.V1, PodStreaming.V1_TEXT);

    private static final int PIECE = 16 * 1024;
    private static final Duration LOOK = Duration.ofDays(1);

    /// Which channels the client wants.
    record Wish(boolean input, boolean output, boolean errors, boolean terminal) {}

    private final PodDoors.Session session;
    private final Wish wish;
    private final ApiResponse.Line line;

    CommandTalk(PodDoors.Session session, Wish wish, ApiResponse.Line line) {
        this.session = session;
        this.wish = wish;
        this.line = line;
    }

    /// Until the command has ended or the client has gone; then nothing of the command runs any more.
    void hold() throws InterruptedException {
        try (session) {
            CountDownLatch outputs = new CountDownLatch(2);
            follow("exec-out", session.output(), wish.output() ? OUTPUT : -1, outputs);
            follow("exec-err", session.errors(), wish.errors() ? ERRORS : -1, outputs);
            Thread.ofPlatform().daemon().name("exec-end").start(() -> end(outputs));
            if (!wish.input()) {
                session.input().close();
            }
            for (byte @Nullable [] message = line.receive(); message != null; message = line.receive()) {
                take(message);
            }
        } catch (IOException e) {
            // The command takes no more input, or the client has gone: the end is told by the other side.
            drain();
        }
    }

    private void drain() throws InterruptedException {
        byte @Nullable [] message;
        do {
            message = line.receive();
        } while (message != null);
    }

    private void follow(String name, InputStream from, int channel, CountDownLatch done) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                byte[] piece = new byte[PIECE];
                for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
                    if (channel >= 0 && length > 0) {
                        line.send(message(channel, piece, length));
                    }
                }
            } catch (IOException e) {
                // The client or the command has gone; the end follows.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                done.countDown();
            }
        });
    }

    static byte[] message(int channel, byte[] content, int length) {
        byte[] message = new byte[length + 1];
        message[0] = (byte) channel;
        System.arraycopy(content, 0, message, 1, length);
        return message;
    }

    private void take(byte[] message) throws IOException {
        if (message.length == 0) {
            return;
        }
        switch (message[0] & 0xff) {
            case INPUT -> write(message);
            case SIZE -> resize(message, session::resize);
            case CLOSE -> {
                if (closesInput(message)) {
                    session.input().close();
                }
            }
            default -> {}
        }
    }

    /// Whether the client has nothing more to send.
    static boolean closesInput(byte[] message) {
        return message.length > 1 && (message[0] & 0xff) == CLOSE && message[1] == INPUT;
    }

    /// A command that reads no more is no reason to stop listening.
    private void write(byte[] message) {
        try {
            OutputStream input = session.input();
            input.write(message, 1, message.length - 1);
            input.flush();
        } catch (IOException e) {
            return;
        }
    }

    /// Takes the size of a terminal.
    interface Resizing {
        void resize(int columns, int rows) throws IOException;
    }

    static void resize(byte[] message, Resizing terminal) throws IOException {
        JsonNode size = tree(Arrays.copyOfRange(message, 1, message.length));
        int columns = size.path("Width").asInt();
        int rows = size.path("Height").asInt();
        if (columns > 0 && rows > 0) {
            terminal.resize(Math.min(columns, Short.MAX_VALUE), Math.min(rows, Short.MAX_VALUE));
        }
    }

    private static JsonNode tree(byte[] json) {
        try {
            return Json.tree(json);
        } catch (IllegalArgumentException e) {
            return Json.MAPPER.missingNode();
        }
    }

    /// When all output is told, the exit code is.
    private void end(CountDownLatch outputs) {
        try {
            OptionalInt code = session.await(LOOK);
            outputs.await();
            tell(line, code.isPresent() ? outcome(code.getAsInt()) : failure("the command does not end"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            line.close();
        }
    }

    static void refuse(ApiResponse.Line line, String why) throws InterruptedException {
        tell(line, failure(why));
        line.close();
    }

    static void tell(ApiResponse.Line line, ObjectNode status) throws InterruptedException {
        boolean plain = PLAIN.contains(line.protocol());
        if (plain && status.path("status").asText().equals("Success")) {
            return;
        }
        byte[] end = plain ? status.path("message").asText().getBytes(StandardCharsets.UTF_8) : Json.write(status);
        try {
            line.send(message(END, end, end.length));
        } catch (IOException e) {
            // The client has gone before the end: nobody is left to be told.
            return;
        }
    }

    static ObjectNode outcome(int code) {
        if (code == 0) {
            ObjectNode status = Json.MAPPER.createObjectNode();
            status.putObject("metadata");
            return status.put("status", "Success");
        }
        ObjectNode status = failure("command terminated with non-zero exit code: exit status " + code);
        status.put("reason", "NonZeroExitCode");
        status.putObject("details")
                .putArray("causes")
                .addObject()
                .put("reason", "ExitCode")
                .put("message", "" + code);
        return status;
    }

    private static ObjectNode failure(String message) {
        ObjectNode status = Json.MAPPER.createObjectNode();
        status.putObject("metadata");
        return status.put("status", "Failure")
                .put("message", message)
                .put("reason", "InternalError")
                .put("code", 500);
    }
}
