package dev.jobctl.node.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.std.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logs that got too long lose their oldest lines, and nothing else. Holes are made here by writing zeros: that is what
/// readers would see of them.
final class LogTrimTest {
    private static final ObjectRef POD = new ObjectRef(new ObjectKey(Kinds.POD, "default", "pi"), "u1");

    @TempDir
    Path home;

    private AttemptFiles files;

    @BeforeEach
    void prepare() throws IOException {
        PodDirectory directory = PodDirectory.of(home, POD);
        directory.prepare("main");
        files = directory.attempt("main", 0);
    }

    private static LogTrim.Made zeros(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            int written = channel.write(ByteBuffer.allocate((int) bytes), 0);
            assertThat(written).isEqualTo(bytes);
        }
        return new LogTrim.Made.Done();
    }

    /// Ten bytes each, `line 0001` and on.
    private static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(from, to).forEach(i -> text.append("line %04d\n".formatted(i)));
        return text.toString();
    }

    private String read(@Nullable Long tail) throws Exception {
        CollectedLog out = new CollectedLog();
        LogQuery query = new LogQuery(false, false, false, tail, null, null);
        new PodLogFiles(home, (pod, attempt) -> true).write(POD, "main", query, out);
        return out.text();
    }

    private long look(LogTrim trim) throws IOException {
        return trim.look(files, LogTrim.start(files), Files.size(files.log()));
    }

    @Test
    void aQuarterTooLongIsStillLeftAlone() throws Exception {
        Files.writeString(files.log(), lines(1, 125));
        assertThat(look(new LogTrim(1000, LogTrimTest::zeros, Log.none()))).isZero();
        assertThat(files.start()).doesNotExist();
    }

    @Test
    void theOldestLinesGoAndTheRestIsWhole() throws Exception {
        LogTrim trim = new LogTrim(1005, LogTrimTest::zeros, Log.none());
        Files.writeString(files.log(), lines(1, 130));
        assertThat(look(trim)).isEqualTo(300);
        assertThat(read(null)).isEqualTo(lines(31, 130));
        assertThat(read(2L)).isEqualTo(lines(129, 130));
        assertThat(read(5000L)).isEqualTo(lines(31, 130));
        Files.writeString(files.log(), lines(131, 170), StandardOpenOption.APPEND);
        assertThat(look(trim)).isEqualTo(700);
        assertThat(read(null)).isEqualTo(lines(71, 170));
    }

    @Test
    void oneEndlessLineIsCutWithin() throws Exception {
        Files.writeString(files.log(), "x".repeat(3000));
        assertThat(look(new LogTrim(1000, LogTrimTest::zeros, Log.none()))).isEqualTo(2000);
        assertThat(read(null)).isEqualTo("x".repeat(1000));
    }

    @Test
    void whereNoHoleCanBeMadeTheLogStaysWhole() throws Exception {
        Files.writeString(files.log(), lines(1, 200));
        AtomicInteger tries = new AtomicInteger();
        LogTrim trim = new LogTrim(
                1000,
                (file, bytes) -> {
                    tries.incrementAndGet();
                    return new LogTrim.Made.Impossible("fallocate failed: Operation not supported");
                },
                Log.none());
        assertThat(look(trim)).isZero();
        assertThat(look(trim)).isZero();
        assertThat(tries).hasValue(1);
        assertThat(read(null)).isEqualTo(lines(1, 200));
    }

    @Test
    void aHoleThatFailsOnceDoesNotEndRotation() throws Exception {
        Files.writeString(files.log(), lines(1, 200));
        AtomicInteger tries = new AtomicInteger();
        LogTrim trim = new LogTrim(
                1000,
                (file, bytes) -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IOException("interrupted");
                    }
                    return zeros(file, bytes);
                },
                Log.none());
        assertThatThrownBy(() -> look(trim)).hasMessage("interrupted");
        assertThat(read(null)).isEqualTo(lines(1, 200));
        assertThat(look(trim)).isEqualTo(1000);
        assertThat(read(null)).isEqualTo(lines(101, 200));
    }
}
