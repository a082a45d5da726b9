package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.ConnectionError;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Session;
import dev.jobctl.std.Backoff;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a `tar` in a container makes of one path there, also when it breaks off: then another `tar` packs all of it
/// anew, and a `tail` beside it cuts off what has come already. Whoever reads it notices nothing, unless files change
/// meanwhile: of those, half may be old and half new, as with kubectl. Owned by the command's thread.
final class PodArchive extends InputStream {
    /// `tar cf - PATH | tail -c +FIRST`, but with the exit code of `tar`, which a pipe forgets.
    private static final String REST = "exec 4>&1;"
            + " code=$({ { tar cf - \"$1\"; echo $? >&3; } | tail -c \"+$2\" >&4; } 3>&1);"
            + " exit \"${code:-137}\"";

    /// Between attempts that brought nothing: time for a container or a server to come back.
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    /// What an overloaded server says, besides 5xx: timed out, too many requests.
    private static final Set<Integer> PASSING = Set.of(408, 429);

    private final Session session;
    private final CopyPod pod;
    private final String path;
    private final long retries;
    private Conversation talk;
    private InputStream output;
    private long taken;
    private long retried;
    private int failures;
    private boolean complete;
    private boolean broken;
    private boolean over;
    /// Why the last attempt to go on did not begin.
    private @Nullable RuntimeException failure;

    /// Begins it. `retries` negative: as often as it takes.
    PodArchive(Session session, CopyPod pod, String path, long retries) {
        this.session = session;
        this.pod = pod;
        this.path = path;
        this.retries = retries;
        talk = pod.exec(false, List.of("tar", "cf", "-", path));
        output = talk.output(session.err());
    }

    /// Passes over what nobody has read, since the archive is whole or broken, and returns the exit code of `tar`; told
    /// when it is not 0. A broken one is not begun again for that.
    int code(boolean whole) {
        complete = true;
        broken = !whole;
        try {
            transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new CommandError("cannot write: " + e.getMessage(), e);
        }
        return Conversation.code(session, talk.end());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// Throws [ConnectionError] when it has broken off for good.
    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (!over) {
            try {
                int size = output.read(into, from, length);
                if (size >= 0) {
                    taken += size;
                    failures = 0;
                    return size;
                }
                over = complete || !brokenOff(talk.end()) || !resumed();
            } catch (ConnectionError e) {
                if (broken || !resumed()) {
                    throw e;
                }
            }
        }
        return -1;
    }

    @Override
    public void close() {
        talk.close();
    }

    /// Whether `tar`, whose archive is not complete, has nothing to complain of: a signal ended it, its container went,
    /// or what it wrote was lost.
    private static boolean brokenOff(JsonNode end) {
        return Conversation.exitCode(end).stream().noneMatch(code -> code <= Conversation.LAST_OWN_CODE);
    }

    /// Begins again where it broke off; false when that was tried often enough. Throws why no attempt began at last.
    private boolean resumed() {
        while (retries < 0 || retried < retries) {
            retried++;
            String times = retries < 0 ? "" : "/" + retries;
            session.err().println("Resuming copy at " + taken + " bytes, retry " + retried + times);
            session.pause(PAUSES.after(failures++));
            if (begun()) {
                return true;
            }
        }
        if (retries > 0) {
            session.err().println("Dropping out copy after " + retried + " retries");
        }
        if (failure != null) {
            throw failure;
        }
        return false;
    }

    private boolean begun() {
        try {
            pod.mayGoOn();
        } catch (ConnectionError e) {
            return failed(e);
        } catch (ApiError e) {
            return failedOrThrow(e, PASSING.contains(e.code()));
        }
        try {
            Conversation next = pod.exec(false, List.of("sh", "-c", REST, "sh", path, Long.toString(taken + 1)));
            talk.close();
            talk = next;
            output = next.output(session.err());
            failure = null;
            return true;
        } catch (ConnectionError e) {
            return failed(e);
        } catch (ApiError e) { // whose container may come back, since the pod is there
            return failedOrThrow(e, PASSING.contains(e.code()) || e.code() == 404 || e.code() == 409);
        }
    }

    private boolean failedOrThrow(ApiError e, boolean passes) {
        if (!passes && e.code() < 500) {
            throw e;
        }
        return failed(e);
    }

    private boolean failed(RuntimeException e) {
        failure = e;
        return false;
    }
}
