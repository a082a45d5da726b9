package dev.jobctl.node.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.PodDirectory;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.std.Log;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodLogFilesTest {
    private static final ObjectRef POD = new ObjectRef(new ObjectKey(Kinds.POD, "default", "pi"), "u1");
    private static final LogQuery PREVIOUS = new LogQuery(false, true, false, null, null, null);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private AttemptFiles files;
    private volatile boolean ended;

    @BeforeEach
    void prepare() throws IOException {
        PodDirectory directory = PodDirectory.of(home, POD);
        directory.prepare("main");
        files = directory.attempt("main", 0);
    }

    private void append(String text) throws IOException {
        Files.writeString(
                files.log(), text, StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private PodLogFiles logs() {
        return new PodLogFiles(home, (pod, attempt) -> ended);
    }

    private String read(LogQuery query) throws Exception {
        CollectedLog sink = new CollectedLog();
        logs().write(POD, "main", query, sink);
        return sink.text();
    }

    private static LogQuery query(@Nullable Long tail, @Nullable Long limit, boolean timestamps) {
        return new LogQuery(false, false, timestamps, tail, limit, null);
    }

    /// As `truncate -s 2T /proc/self/fd/1` in a container does it.
    private void hole() throws IOException {
        try (var log = new RandomAccessFile(files.log().toFile(), "rw")) {
            log.setLength(log.length() + (2L << 40) - (2L << 40) % 4096);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(20)
    void aHoleOfTerabytesIsPassedOver() throws Exception {
        append("first\n" + "x".repeat(4089) + "\n");
        hole();
        append("second\n");
        hole();
        Instant before = Files.getLastModifiedTime(files.log()).toInstant();
        String all = read(query(null, null, false));
        assertThat(all.replace("\0", "")).isEqualTo("first\n" + "x".repeat(4089) + "\nsecond\n");
        assertThat(all.length()).isLessThan(3 * 64 * 1024);
        assertThat(read(query(2L, null, false)).replace("\0", "")).isEqualTo("second\n");
        assertThat(read(query(9L, null, true)).replace("\0", "")).contains("first\n", " second\n");
        LogQuery since = new LogQuery(false, false, false, null, null, before.minusSeconds(5));
        assertThat(read(since).replace("\0", "")).endsWith("second\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aCutLogTakesRoomForItsRestOnly() throws Exception {
        append(("x".repeat(99) + "\n").repeat(3000));
        LogTrim trim = new LogTrim(100_000, new SystemHole(), Log.none());
        long start = trim.look(files, 0, Files.size(files.log()));
        assertThat(start).isEqualTo(200_000);
        assertThat(read(query(null, null, false))).hasSize(100_000).doesNotContain("\0");
        assertThat(FileCalls.find().orElseThrow().data(files.log(), 0, 300_000)).isBetween(180_000L, 200_000L);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aHoleThatFailsForOnceIsNotImpossible() {
        assertThatThrownBy(() -> new SystemHole().make(home.resolve("no such log"), 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("error 2 of the system");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatKnowsNoHolesSaysSo() throws Exception {
        assertThat(new SystemHole().make(Path.of("/proc/self/comm"), 10)).isInstanceOf(LogTrim.Made.Impossible.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a,b,c,  | 2 | b,c,
        a,b,c   | 2 | b,c
        a,b,c,  | 9 | a,b,c,
        a,b,c,  | 0 | ''
        ,,      | 1 | ,
        ''      | 3 | ''
        """)
    void theTailCountsLinesAlsoAnUnfinishedOne(String log, long lines, String expected) throws Exception {
        append(log.replace(',', '\n'));
        assertThat(read(query(lines, null, false))).isEqualTo(expected.replace(',', '\n'));
    }

    @Test
    void theTailOfLongLinesIsFoundAcrossBlocks() throws Exception {
        String line = "x".repeat(1_000_000) + "\n";
        append("first\n" + line + line);
        assertThat(read(query(1L, null, false))).isEqualTo(line);
        assertThat(read(query(2L, null, false))).isEqualTo(line + line);
        assertThat(read(query(3L, null, false))).isEqualTo("first\n" + line + line);
    }

    @Test
    void theLimitCutsAtTheByte() throws Exception {
        append("one\ntwo\nthree\n");
        assertThat(read(query(null, 5L, false))).isEqualTo("one\nt");
        assertThat(read(query(null, 0L, false))).isEmpty();
        assertThat(read(query(1L, 3L, false))).isEqualTo("thr");
    }

    @Test
    void bytesThatAreNoTextStayAsTheyAre() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            all.append((char) i);
        }
        append(all.toString());
        assertThat(read(LogQuery.whole())).isEqualTo(all.toString());
    }

    @Test
    void everyLineHasItsTime() throws Exception {
        append("one\ntwo\nthree\npart");
        LineTimes.append(files, new LineTimes.Seen(Instant.parse("2026-01-01T00:00:01Z"), 4));
        LineTimes.append(files, new LineTimes.Seen(Instant.parse("2026-01-01T00:00:05.5Z"), 14));
        Files.setLastModifiedTime(files.log(), FileTime.from(Instant.parse("2026-01-01T00:00:09Z")));
        assertThat(read(query(null, null, true))).isEqualTo("""
            2026-01-01T00:00:01.000000000Z one
            2026-01-01T00:00:05.500000000Z two
            2026-01-01T00:00:05.500000000Z three
            2026-01-01T00:00:09.000000000Z part\
            """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2026-01-01T00:00:00Z | one,two,three,
        2026-01-01T00:00:01Z | one,two,three,
        2026-01-01T00:00:02Z | two,three,
        2026-01-01T00:00:06Z | three,
        2026-01-01T00:00:10Z | ''
        """)
    void sinceLeavesOutWhatIsOlder(Instant since, String expected) throws Exception {
        append("one\ntwo\nthree\n");
        LineTimes.append(files, new LineTimes.Seen(Instant.parse("2026-01-01T00:00:01Z"), 4));
        LineTimes.append(files, new LineTimes.Seen(Instant.parse("2026-01-01T00:00:05Z"), 8));
        Files.setLastModifiedTime(files.log(), FileTime.from(Instant.parse("2026-01-01T00:00:09Z")));
        var query = new LogQuery(false, false, false, null, null, since);
        assertThat(read(query)).isEqualTo(expected.replace(',', '\n'));
    }

    @Test
    void thePreviousAttemptIsTheOneBeforeTheNewest() throws Exception {
        append("old\n");
        Files.writeString(files.directory().resolve("1.log"), "new\n");
        assertThat(read(LogQuery.whole())).isEqualTo("new\n");
        assertThat(read(PREVIOUS)).isEqualTo("old\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {restartCount: 2, containerID: b, state: {waiting: {reason: CrashLoopBackOff}}}                    | c
        {restartCount: 2, state: {waiting: {}}, lastState: {terminated: {containerID: a}}}                 | b
        {restartCount: 1, state: {waiting: {}}, lastState: {terminated: {reason: StartError}}}             | a
        {restartCount: 2, containerID: b, state: {running: {}}, lastState: {terminated: {containerID: a}}} | b
        {restartCount: 2, containerID: b, state: {terminated: {containerID: b}}}                           | b
        """)
    void theStatusSaysWhichAttemptIsThePreviousOne(String status, String expected) throws Exception {
        append("a");
        Files.writeString(files.directory().resolve("1.log"), "b");
        Files.writeString(files.directory().resolve("2.log"), "c");
        ContainerStatus known = Serialization.unmarshal("---\n" + status, ContainerStatus.class);
        CollectedLog sink = new CollectedLog();
        new PodLogFiles(home, (pod, attempt) -> true, (pod, container) -> Optional.of(known))
                .write(POD, "main", PREVIOUS, sink);
        assertThat(sink.text()).isEqualTo(expected);
    }

    @Test
    void noLogIsSaid() throws Exception {
        assertThatThrownBy(() -> read(LogQuery.whole())).isInstanceOf(FileNotFoundException.class);
        append("x");
        assertThatThrownBy(() -> read(PREVIOUS)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> logs().write(POD, "other", LogQuery.whole(), new CollectedLog()))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void aFollowerGetsEverythingUntilTheContainerEnds() throws Exception {
        append("one\n");
        CollectedLog sink = new CollectedLog();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = CompletableFuture.runAsync(() -> follow(sink), threads);
            await().atMost(PATIENCE).until(() -> sink.text().equals("one\n"));
            append("two");
            await().atMost(PATIENCE).until(() -> sink.text().equals("one\ntwo"));
            append(" and more\nlast");
            ended = true;
            done.get(20, TimeUnit.SECONDS);
        }
        assertThat(sink.text()).isEqualTo("one\ntwo and more\nlast");
    }

    @Test
    void aFollowerThatLeavesIsLetGoAtOnce() throws Exception {
        append("one\n");
        CollectedLog sink = new CollectedLog();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = CompletableFuture.runAsync(() -> follow(sink), threads);
            await().atMost(PATIENCE).until(() -> !sink.text().isEmpty());
            sink.close();
            done.get(20, TimeUnit.SECONDS);
        }
    }

    private void follow(CollectedLog sink) {
        try {
            logs().write(POD, "main", LogQuery.followed(), sink);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theClockNotesWhenALogGrows() throws Exception {
        append("one\n");
        Files.setLastModifiedTime(files.log(), FileTime.from(Instant.parse("2026-01-01T00:00:01.123456789Z")));
        try (var clock =
                new LogClock(new LogTrim(1 << 20, (file, bytes) -> new LogTrim.Made.Done(), Log.none()), Log.none())) {
            clock.watch(files);
            assertThat(LineTimes.of(files).seen())
                    .containsExactly(new LineTimes.Seen(Instant.parse("2026-01-01T00:00:01.123456789Z"), 4));
            append("two\n");
            await().atMost(PATIENCE)
                    .until(() -> LineTimes.of(files).seen().getLast().length() == 8);
            clock.forget(files);
        }
    }
}
