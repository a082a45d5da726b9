package dev.jobctl.store.sqlite;

import dev.jobctl.store.StoreError;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/// SQLite's result codes in words for the user: what is wrong, and what to do.
final class Complaint {
    private Complaint() {}

    static StoreError about(Path file, String doing, SQLException cause) {
        // The low byte is the primary code; the rest is detail.
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(cause.getErrorCode() & 0xFF);
        return new StoreError(text(file, doing, code, cause), cause);
    }

    static StoreError damaged(Path file, RuntimeException cause) {
        return new StoreError(damagedText(file), cause);
    }

    private static String text(Path file, String doing, SQLiteErrorCode code, SQLException cause) {
        return switch (code) {
            case SQLITE_FULL -> "cannot write " + file + ": the disk is full; free some space and try again";
            case SQLITE_READONLY ->
                "cannot write " + file + ": it is read-only; make it and its folder writable for you";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> damagedText(file);
            case SQLITE_BUSY, SQLITE_LOCKED -> file + " is held by another program; close that one and try again";
            case SQLITE_CANTOPEN, SQLITE_PERM ->
                "cannot " + doing + " " + file + ": make it and its folder readable and writable for you";
            case SQLITE_IOERR ->
                "cannot " + doing + " " + file + ": the disk reports an error (" + cause.getMessage()
                        + "); check the disk and its free space";
            default -> "cannot " + doing + " " + file + ": " + cause.getMessage();
        };
    }

    private static String damagedText(Path file) {
        return file + " is damaged: restore it from a backup, or start anew with an empty one (jobctl local reset)";
    }
}
