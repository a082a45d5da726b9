package dev.jobctl.launch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameChannelTest {
    private static final Frame.Command COMMAND = new Frame.Command(
            List.of("get", "jobs", "-l", "größe=ü"),
            Map.of("HOME", "/h", "EMPTY", ""),
            "/work",
            true,
            false,
            132,
            true);

    @Test
    void everyFrameComesBackAsItWasSent() throws IOException {
        List<Frame> frames = List.of(
                new Frame.Hello("0.1.0+1"),
                COMMAND,
                new Frame.Accepted(),
                new Frame.WantInput(),
                new Frame.InputEnd(),
                new Frame.Question(),
                new Frame.Present(),
                new Frame.Cancel(),
                new Frame.Exit(-7),
                new Frame.OtherBuild());
        Pipe pipe = new Pipe();
        FrameChannel channel = new FrameChannel(pipe);
        channel.write(frames.toArray(Frame[]::new));
        for (Frame frame : frames) {
            assertThat(channel.read()).isEqualTo(frame);
        }
        assertThat(channel.read()).isNull();
    }

    @Test
    void piecesComeBackByteForByte() throws IOException {
        byte[] bytes = new byte[100_000];
        new Random(7).nextBytes(bytes);
        Pipe pipe = new Pipe();
        FrameChannel channel = new FrameChannel(pipe);
        channel.write(new Frame.Input(bytes), new Frame.Output(bytes), new Frame.Errors(bytes));
        assertThat(channel.read())
                .isInstanceOfSatisfying(
                        Frame.Input.class, piece -> assertThat(piece.bytes()).isEqualTo(bytes));
        assertThat(channel.read())
                .isInstanceOfSatisfying(
                        Frame.Output.class, piece -> assertThat(piece.bytes()).isEqualTo(bytes));
        assertThat(channel.read())
                .isInstanceOfSatisfying(
                        Frame.Errors.class, piece -> assertThat(piece.bytes()).isEqualTo(bytes));
    }

    @Test
    void aTornFrameCountsAsGone() throws IOException {
        Pipe whole = new Pipe();
        new FrameChannel(whole).write(COMMAND);
        for (int length = 0; length < whole.size(); length++) {
            assertThat(new FrameChannel(whole.first(length)).read())
                    .as("after %d bytes", length)
                    .isNull();
        }
    }

    @Test
    void rubbishIsRefusedWithoutAllocatingForIt() {
        assertThatThrownBy(() -> new FrameChannel(new Pipe(7, 0x7F, 0xFF, 0xFF, 0xFF)).read())
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new FrameChannel(new Pipe(99, 0, 0, 0, 0)).read())
                .hasMessageContaining("unknown kind 99");
        assertThatThrownBy(() -> new FrameChannel(new Pipe(2, 0, 0, 0, 4, 0x7F, 0, 0, 0)).read())
                .hasMessageContaining("count");
        assertThatThrownBy(() -> new FrameChannel(new Pipe(9, 0, 0, 0, 2, 0, 0)).read())
                .hasMessageContaining("too early");
        assertThatThrownBy(() -> new FrameChannel(new Pipe(3, 0, 0, 0, 1, 0)).read())
                .hasMessageContaining("too many");
    }

    @Test
    void anyBytesGiveAFrameAnEndOrAnIOException() {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            int[] bytes = random.ints(random.nextInt(40), 0, 256).toArray();
            if (bytes.length > 4) {
                bytes[1] = bytes[2] = bytes[3] = 0;
            }
            try {
                Frame ignored = new FrameChannel(new Pipe(bytes)).read();
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    /// Bytes written wait to be read; hands out at most three at a time.
    private static final class Pipe implements ByteChannel {
        private byte[] bytes = new byte[0];
        private int read;

        Pipe(int... bytes) {
            this.bytes = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                this.bytes[i] = (byte) bytes[i];
            }
        }

        int size() {
            return bytes.length;
        }

        Pipe first(int length) {
            Pipe pipe = new Pipe();
            pipe.bytes = java.util.Arrays.copyOf(bytes, length);
            return pipe;
        }

        @Override
        public int read(ByteBuffer into) {
            if (read == bytes.length) {
                return -1;
            }
            int count = Math.min(Math.min(into.remaining(), bytes.length - read), bytes.length > 1_000 ? 4_096 : 3);
            into.put(bytes, read, count);
            read += count;
            return count;
        }

        @Override
        public int write(ByteBuffer from) {
            int count = from.remaining();
            bytes = java.util.Arrays.copyOf(bytes, bytes.length + count);
            from.get(bytes, bytes.length - count, count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
