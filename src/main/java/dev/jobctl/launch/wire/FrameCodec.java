package dev.jobctl.launch.wire;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Frame to bytes and back. Strings and pieces are a length and their bytes, lists a count and their parts; all numbers
/// are four bytes, big end first. Dispatch is by `instanceof`: a pattern switch would load the method-handle machinery
/// in the front, which costs more than the whole exchange.
final class FrameCodec {
    private FrameCodec() {}

    static void encode(Frame frame, Bytes to) {
        int start = to.size;
        to.put((byte) kind(frame));
        to.putInt(0);
        if (frame instanceof Frame.Hello hello) {
            to.putString(hello.build());
        } else if (frame instanceof Frame.Command command) {
            encodeCommand(command, to);
        } else if (frame instanceof Frame.Input input) {
            to.putBytes(input.bytes());
        } else if (frame instanceof Frame.Output output) {
            to.putBytes(output.bytes());
        } else if (frame instanceof Frame.Errors errors) {
            to.putBytes(errors.bytes());
        } else if (frame instanceof Frame.Exit exit) {
            to.putInt(exit.code());
        }
        to.setInt(start + 1, to.size - start - 5);
    }

    /// Fails with an [IOException] for anything that `encode` does not write.
    static Frame decode(byte kind, ByteBuffer body) throws IOException {
        try {
            Frame frame = decodeBody(kind, body);
            if (body.hasRemaining()) {
                throw new IOException("frame " + kind + " has " + body.remaining() + " bytes too many");
            }
            return frame;
        } catch (BufferUnderflowException e) {
            throw new IOException("frame " + kind + " ends too early", e);
        }
    }

    private static int kind(Frame frame) {
        if (frame instanceof Frame.Hello) {
            return 1;
        } else if (frame instanceof Frame.Command) {
            return 2;
        } else if (frame instanceof Frame.WantInput) {
            return 3;
        } else if (frame instanceof Frame.Input) {
            return 4;
        } else if (frame instanceof Frame.InputEnd) {
            return 5;
        } else if (frame instanceof Frame.Cancel) {
            return 6;
        } else if (frame instanceof Frame.Output) {
            return 7;
        } else if (frame instanceof Frame.Errors) {
            return 8;
        } else if (frame instanceof Frame.Exit) {
            return 9;
        } else if (frame instanceof Frame.Accepted) {
            return 11;
        } else if (frame instanceof Frame.Question) {
            return 12;
        } else if (frame instanceof Frame.Present) {
            return 13;
        }
        return 10;
    }

    private static Frame decodeBody(byte kind, ByteBuffer body) throws IOException {
        return switch (kind) {
            case 1 -> new Frame.Hello(string(body));
            case 2 -> command(body);
            case 3 -> new Frame.WantInput();
            case 4 -> new Frame.Input(bytes(body));
            case 5 -> new Frame.InputEnd();
            case 6 -> new Frame.Cancel();
            case 7 -> new Frame.Output(bytes(body));
            case 8 -> new Frame.Errors(bytes(body));
            case 9 -> new Frame.Exit(body.getInt());
            case 10 -> new Frame.OtherBuild();
            case 11 -> new Frame.Accepted();
            case 12 -> new Frame.Question();
            case 13 -> new Frame.Present();
            default -> throw new IOException("frame of unknown kind " + kind);
        };
    }

    private static void encodeCommand(Frame.Command command, Bytes to) {
        List<String> arguments = command.arguments();
        to.putInt(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            to.putString(arguments.get(i));
        }
        to.putInt(command.environment().size());
        for (Map.Entry<String, String> variable : command.environment().entrySet()) {
            to.putString(variable.getKey());
            to.putString(variable.getValue());
        }
        to.putString(command.directory());
        to.put((byte) (command.outputIsTerminal() ? 1 : 0));
        to.put((byte) (command.errorsAreTerminal() ? 1 : 0));
        to.putInt(command.width());
        to.put((byte) (command.startedDaemon() ? 1 : 0));
    }

    private static Frame.Command command(ByteBuffer body) throws IOException {
        int count = count(body);
        List<String> arguments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            arguments.add(string(body));
        }
        int variables = count(body);
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables; i++) {
            environment.put(string(body), string(body));
        }
        return new Frame.Command(
                arguments, environment, string(body), body.get() != 0, body.get() != 0, body.getInt(), body.get() != 0);
    }

    /// A count of parts, each of which takes four bytes at least.
    private static int count(ByteBuffer body) throws IOException {
        int count = body.getInt();
        if (count < 0 || count > body.remaining() / 4) {
            throw new IOException("count of " + count + " parts");
        }
        return count;
    }

    private static String string(ByteBuffer body) throws IOException {
        return new String(bytes(body), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer body) throws IOException {
        int length = body.getInt();
        if (length < 0 || length > body.remaining()) {
            throw new IOException("piece of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        body.get(bytes);
        return bytes;
    }

    /// A growing array; owned by the thread that encodes.
    static final class Bytes {
        private byte[] array = new byte[4 << 10];
        private int size;

        void put(byte value) {
            room(1);
            array[size++] = value;
        }

        void putInt(int value) {
            room(4);
            size += 4;
            setInt(size - 4, value);
        }

        void setInt(int at, int value) {
            array[at] = (byte) (value >>> 24);
            array[at + 1] = (byte) (value >>> 16);
            array[at + 2] = (byte) (value >>> 8);
            array[at + 3] = (byte) value;
        }

        void putString(String value) {
            putBytes(value.getBytes(StandardCharsets.UTF_8));
        }

        void putBytes(byte[] bytes) {
            putInt(bytes.length);
            room(bytes.length);
            System.arraycopy(bytes, 0, array, size, bytes.length);
            size += bytes.length;
        }

        ByteBuffer toBuffer() {
            return ByteBuffer.wrap(array, 0, size);
        }

        private void room(int more) {
            if (size + more > array.length) {
                array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
            }
        }
    }
}
