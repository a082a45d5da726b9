package dev.jobctl.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jobctl.store.Codec;
import dev.jobctl.store.Draft;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.StoreError;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Real files: durability, recovery, and every way in which the surroundings may refuse.
class SqliteStoreTest {
    private static final Codec<String> TEXT = new Codec<>() {
        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(String key, long revision, byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    };

    @TempDir
    Path folder;

    private SqliteStore<String> open(String name) {
        return SqliteStore.open(folder.resolve(name), TEXT);
    }

    private static void put(SqliteStore<String> store, String key, String value) {
        Draft<String> draft = new Draft<>(store.current());
        draft.put(key, revision -> value);
        store.commit(draft, () -> {});
    }

    private static void delete(SqliteStore<String> store, String key) {
        Draft<String> draft = new Draft<>(store.current());
        draft.delete(key);
        store.commit(draft, () -> {});
    }

    /// What a new process finds if this one dies now: a copy of the files as they are.
    private SqliteStore<String> afterKill(String name, String copy) throws IOException {
        for (String suffix : List.of("", "-wal")) {
            Path file = folder.resolve(name + suffix);
            if (Files.exists(file)) {
                Files.copy(file, folder.resolve(copy + suffix));
            }
        }
        return open(copy);
    }

    private static List<Entry<String>> entries(Snapshot<String> snapshot) {
        return List.copyOf(snapshot.prefixed(""));
    }

    @Test
    void everythingCommittedIsThereAfterAKill() throws IOException {
        try (SqliteStore<String> store = open("state.db")) {
            put(store, "a", "1");
            put(store, "b", "2");
            put(store, "a", "3");
            delete(store, "b");
            try (SqliteStore<String> again = afterKill("state.db", "copy.db")) {
                assertThat(entries(again.current())).containsExactly(new Entry<>("a", 1, 3, "3"));
                assertThat(again.current().revision()).isEqualTo(4);
                assertThat(again.retainedSince()).isEqualTo(4);
                assertThat(again.watch("", 3))
                        .as("changes before the restart are not retained")
                        .isNull();
            }
        }
    }

    @Test
    void theRevisionNeverGoesBackEvenWhenAllIsDeleted() {
        try (SqliteStore<String> store = open("state.db")) {
            put(store, "a", "1");
            delete(store, "a");
        }
        try (SqliteStore<String> store = open("state.db")) {
            assertThat(store.current().revision()).isEqualTo(2);
            put(store, "a", "again");
            assertThat(store.current().get("a")).isEqualTo(new Entry<>("a", 3, 3, "again"));
        }
    }

    @Test
    void oneCommitIsAllOrNothing() throws IOException {
        try (SqliteStore<String> store = open("state.db")) {
            Draft<String> draft = new Draft<>(store.current());
            draft.put("a", revision -> "1");
            draft.put("a", revision -> "2");
            draft.put("b", revision -> "x");
            draft.put("gone", revision -> "x");
            draft.delete("gone");
            store.commit(draft, () -> {});
            try (SqliteStore<String> again = afterKill("state.db", "copy.db")) {
                assertThat(entries(again.current())).isEqualTo(entries(store.current()));
                assertThat(again.current().revision()).isEqualTo(5);
            }
        }
    }

    @Test
    void aSecondOpenerIsToldWhoIsInTheWay() {
        try (SqliteStore<String> store = open("state.db")) {
            assertThatThrownBy(() -> open("state.db"))
                    .isInstanceOf(StoreError.class)
                    .hasMessageContaining("in use by another jobctl");
            put(store, "a", "still works");
        }
        open("state.db").close();
    }

    @Test
    void anybodyMayLookIntoTheFileMeanwhile() throws SQLException {
        try (SqliteStore<String> store = open("state.db");
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"))) {
            put(store, "a", "1");
            try (Statement statement = other.createStatement();
                    var row = statement.executeQuery("SELECT key FROM entries")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("a");
                put(store, "b", "2");
            }
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsCalledDamaged() throws IOException {
        Files.writeString(folder.resolve("state.db"), "This is a shopping list, not a database.\n".repeat(100));
        assertThatThrownBy(() -> open("state.db"))
                .isInstanceOf(StoreError.class)
                .hasMessageContaining("state.db is damaged")
                .hasMessageContaining("jobctl local reset");
    }

    @Test
    void damageInTheMiddleIsNoticedNeverAnUnexpectedException() throws IOException {
        try (SqliteStore<String> store = open("state.db")) {
            for (int i = 0; i < 300; i++) {
                put(store, "key" + i, "value".repeat(50));
            }
        }
        byte[] whole = Files.readAllBytes(folder.resolve("state.db"));
        for (int page = 0; page * 4096 < whole.length; page++) {
            byte[] damaged = whole.clone();
            java.util.Arrays.fill(damaged, page * 4096, page * 4096 + 4096, (byte) 0x5A);
            Path file = folder.resolve("damaged" + page + ".db");
            Files.write(file, damaged);
            Throwable seen = catchThrowable(() -> SqliteStore.open(file, TEXT).close());
            if (seen != null) {
                assertThat(seen)
                        .as("page %s", page)
                        .isInstanceOf(StoreError.class)
                        .hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void aCutFileIsCalledDamaged() throws IOException {
        try (SqliteStore<String> store = open("state.db")) {
            for (int i = 0; i < 300; i++) {
                put(store, "key" + i, "value".repeat(50));
            }
        }
        Path file = folder.resolve("state.db");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2), StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> open("state.db"))
                .isInstanceOf(StoreError.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aForeignDatabaseIsLeftAlone() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE recipes(name TEXT)");
        }
        assertThatThrownBy(() -> open("state.db"))
                .isInstanceOf(StoreError.class)
                .hasMessageContaining("another program");
    }

    @Test
    void aNewerFormatIsRefused() throws SQLException {
        open("state.db").close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> open("state.db"))
                .isInstanceOf(StoreError.class)
                .hasMessageContaining("newer jobctl");
    }

    @Test
    void aMissingFolderIsSaidClearly() {
        assertThatThrownBy(() -> SqliteStore.open(folder.resolve("no/such/state.db"), TEXT))
                .isInstanceOf(StoreError.class)
                .hasMessageContaining("folder");
    }

    @Test
    void aFullDiskRefusesTheCommitAndNothingElse() throws SQLException, IOException {
        try (SqliteStore<String> store = SqliteStore.open(folder.resolve("state.db"), TEXT, SqliteStoreTest::small)) {
            put(store, "a", "fits");
            Snapshot<String> before = store.current();
            Draft<String> tooMuch = new Draft<>(before);
            tooMuch.put("a", revision -> "replaced");
            for (int i = 0; i < 200; i++) {
                tooMuch.put("big" + i, revision -> "x".repeat(4000));
            }
            assertThatThrownBy(() -> store.commit(tooMuch, () -> {}))
                    .isInstanceOf(StoreError.class)
                    .hasMessageContaining("disk is full");
            assertThat(store.current()).isSameAs(before);
            put(store, "b", "still fits");
            try (SqliteStore<String> again = afterKill("state.db", "copy.db")) {
                assertThat(entries(again.current())).isEqualTo(entries(store.current()));
            }
        }
    }

    /// SQLite itself then says SQLITE_FULL.
    private static Connection small(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = 40");
            return connection;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// For every n: the n-th step of a commit fails once. Nothing is published, the next commit heals everything, and
    /// what a new process finds is what readers saw.
    @Test
    void theNthWriteFailsForEveryN() throws IOException {
        int n = 1;
        boolean failed = true;
        while (failed) {
            Fuse fuse = new Fuse();
            String name = "n" + n + ".db";
            try (SqliteStore<String> store = SqliteStore.open(folder.resolve(name), TEXT, fuse::wire)) {
                put(store, "a", "1");
                put(store, "b", "1");
                Snapshot<String> before = store.current();
                fuse.blowAt(n);
                Draft<String> draft = new Draft<>(before);
                draft.put("a", revision -> "2");
                draft.delete("b");
                draft.put("c", revision -> "2");
                Throwable seen = catchThrowable(() -> store.commit(draft, () -> {}));
                failed = seen != null;
                if (failed) {
                    assertThat(seen).as("n=%s", n).isInstanceOf(StoreError.class);
                    assertThat(store.current()).as("n=%s", n).isSameAs(before);
                    put(store, "d", "after");
                }
                try (SqliteStore<String> again = afterKill(name, "copy-" + name)) {
                    assertThat(entries(again.current())).as("n=%s", n).isEqualTo(entries(store.current()));
                    assertThat(again.current().revision())
                            .isEqualTo(store.current().revision());
                }
            }
            n++;
        }
        assertThat(n).as("steps that could fail").isGreaterThan(4);
    }

    /// A commit whose error came only after it had reached the disk: its keys are written again as published.
    @Test
    void aCommitThatFailedAfterReachingTheDiskIsUndoneByTheNext() throws IOException {
        Fuse fuse = new Fuse();
        try (SqliteStore<String> store = SqliteStore.open(folder.resolve("state.db"), TEXT, fuse::wire)) {
            put(store, "a", "1");
            put(store, "b", "1");
            fuse.blowAfterCommit();
            Draft<String> draft = new Draft<>(store.current());
            draft.put("a", revision -> "lost");
            draft.delete("b");
            draft.put("c", revision -> "lost");
            assertThatThrownBy(() -> store.commit(draft, () -> {})).isInstanceOf(StoreError.class);
            put(store, "d", "after");
            try (SqliteStore<String> again = afterKill("state.db", "copy.db")) {
                assertThat(entries(again.current())).isEqualTo(entries(store.current()));
            }
        }
    }

    /// Makes the n-th JDBC call that writes fail, once.
    private static final class Fuse {
        private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        private boolean afterCommit;

        void blowAt(int n) {
            left.set(n);
        }

        void blowAfterCommit() {
            afterCommit = true;
        }

        Connection wire(Connection connection) {
            return guarded(Connection.class, connection);
        }

        private <T> T guarded(Class<T> type, T real) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        boolean writes = method.getName().equals("executeUpdate")
                                || method.getName().equals("commit");
                        if (writes && left.decrementAndGet() == 0) {
                            throw ioError();
                        }
                        try {
                            Object result = method.invoke(real, arguments);
                            if (method.getName().equals("commit") && afterCommit) {
                                afterCommit = false;
                                throw ioError();
                            }
                            return result instanceof PreparedStatement statement
                                    ? guarded(PreparedStatement.class, statement)
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        private static SQLException ioError() {
            return new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR);
        }
    }
}
