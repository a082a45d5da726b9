package dev.jobctl.store.sqlite;

import dev.jobctl.store.Codec;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.StoreError;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// The SQL: table `entries` (key, created, revision, value) and table `meta` (name, value) with the global revision.
/// The file's `application_id` and `user_version` say that it is ours and in which format.
final class Tables implements AutoCloseable {
    /// "jobc" in ASCII.
    private static final int APPLICATION = 0x6A6F6263;

    private static final int FORMAT = 1;

    /// Somebody who looks into the file with the sqlite3 tool may hold it for a moment.
    private static final int BUSY_MILLIS = 5_000;

    private final Connection connection;
    private final PreparedStatement put;
    private final PreparedStatement remove;
    private final PreparedStatement setRevision;

    private Tables(Connection connection) throws SQLException {
        this.connection = connection;
        put = connection.prepareStatement("INSERT INTO entries(key, created, revision, value) VALUES(?,?,?,?) "
                + "ON CONFLICT(key) DO UPDATE SET created=excluded.created, revision=excluded.revision, "
                + "value=excluded.value");
        remove = connection.prepareStatement("DELETE FROM entries WHERE key=?");
        setRevision = connection.prepareStatement("UPDATE meta SET value=? WHERE name='revision'");
    }

    static Tables open(Path file, UnaryOperator<Connection> through) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setGetGeneratedKeys(false); // else one more query after each write
        Connection connection = through.apply(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
        try {
            prepare(file, connection);
            connection.setAutoCommit(false);
            return new Tables(connection);
        } catch (SQLException | RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private static void prepare(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int application = number(statement, "PRAGMA application_id");
            int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
            if (tables > 0 && application != APPLICATION) {
                throw new StoreError(
                        file + " is an SQLite file of another program: move it away and try again",
                        new IllegalStateException("application_id " + application));
            }
            int format = number(statement, "PRAGMA user_version");
            if (format > FORMAT) {
                throw new StoreError(
                        file + " was written by a newer jobctl: use that one, or move the file away",
                        new IllegalStateException("format " + format));
            }
            if (format < FORMAT) {
                create(statement);
            }
        }
    }

    private static void create(Statement statement) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        statement.execute("CREATE TABLE entries(key TEXT PRIMARY KEY NOT NULL, created INTEGER NOT NULL, "
                + "revision INTEGER NOT NULL, value BLOB NOT NULL)");
        statement.execute("CREATE TABLE meta(name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL)");
        statement.execute("INSERT INTO meta VALUES('revision', 0)");
        statement.execute("PRAGMA application_id = " + APPLICATION);
        statement.execute("PRAGMA user_version = " + FORMAT);
        statement.execute("COMMIT");
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    <V> Snapshot<V> read(Codec<V> codec) throws SQLException {
        List<Entry<V>> entries = new ArrayList<>();
        long revision;
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT value FROM meta WHERE name='revision'")) {
                if (!row.next()) {
                    throw new IllegalStateException("no revision");
                }
                revision = row.getLong(1);
            }
            try (ResultSet row = statement.executeQuery("SELECT key, created, revision, value FROM entries")) {
                while (row.next()) {
                    String key = row.getString(1);
                    long at = row.getLong(3);
                    entries.add(new Entry<>(key, row.getLong(2), at, codec.decode(key, at, row.getBytes(4))));
                }
            }
        }
        connection.rollback();
        return Snapshot.of(revision, entries);
    }

    /// One transaction: a null entry removes its key. Throws when it is not certain that all of it is on
    /// disk; then this is of no further use and must be closed, which takes back what was not committed.
    <V> void write(Map<String, @Nullable Entry<V>> entries, Codec<V> codec, long revision) throws SQLException {
        for (Map.Entry<String, @Nullable Entry<V>> each : entries.entrySet()) {
            @Nullable Entry<V> entry = each.getValue();
            if (entry == null) {
                remove.setString(1, each.getKey());
                remove.executeUpdate();
            } else {
                put.setString(1, entry.key());
                put.setLong(2, entry.createdRevision());
                put.setLong(3, entry.revision());
                put.setBytes(4, codec.encode(entry.value()));
                put.executeUpdate();
            }
        }
        setRevision.setLong(1, revision);
        setRevision.executeUpdate();
        connection.commit();
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    /// Everything that matters is on disk already; an error here changes nothing for anybody.
    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            return;
        }
    }
}
