package dev.jobctl.std;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One line per entry: time, level, room, a short noun phrase, then `key=value`. A value passed by constructor, never
/// a static. Levels: ERROR our bug or lost data; WARNING the user should look; INFO lifecycle; DEBUG a decision.
public final class Log {
    /// From quiet to loud.
    public enum Level {
        ERROR,
        WARNING,
        INFO,
        DEBUG
    }

    private final Consumer<String> sink;
    private final Level threshold;
    private final Time time;
    private final String room;

    /// `sink` takes whole lines without the line end and must be safe from any thread.
    public Log(Consumer<String> sink, Level threshold, Time time, String room) {
        this.sink = sink;
        this.threshold = threshold;
        this.time = time;
        this.room = room;
    }

    /// Drops everything.
    public static Log none() {
        return new Log(line -> {}, Level.ERROR, Time.system(), "none");
    }

    public Log named(String otherRoom) {
        return new Log(sink, threshold, time, otherRoom);
    }

    public boolean debugging() {
        return threshold == Level.DEBUG;
    }

    /// `keysAndValues` alternate: key, value, key, value.
    public void error(String what, @Nullable Throwable cause, @Nullable Object... keysAndValues) {
        write(Level.ERROR, what, cause, keysAndValues);
    }

    public void warning(String what, @Nullable Object... keysAndValues) {
        write(Level.WARNING, what, null, keysAndValues);
    }

    public void info(String what, @Nullable Object... keysAndValues) {
        write(Level.INFO, what, null, keysAndValues);
    }

    public void debug(String what, @Nullable Object... keysAndValues) {
        write(Level.DEBUG, what, null, keysAndValues);
    }

    private void write(Level level, String what, @Nullable Throwable cause, @Nullable Object... keysAndValues) {
        if (level.compareTo(threshold) > 0) {
            return;
        }
        StringBuilder line = new StringBuilder(128);
        line.append(time.now())
                .append(' ')
                .append(level)
                .append(' ')
                .append(room)
                .append(": ")
                .append(what);
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            line.append(' ').append(keysAndValues[i]).append('=').append(keysAndValues[i + 1]);
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            line.append("\n  ").append(t);
            for (StackTraceElement frame : t.getStackTrace()) {
                line.append("\n    at ").append(frame);
            }
        }
        sink.accept(line.toString());
    }
}
