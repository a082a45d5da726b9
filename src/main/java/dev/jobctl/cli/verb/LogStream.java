package dev.jobctl.cli.verb;

import dev.jobctl.cli.cluster.Answer;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.Call;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Guard;
import dev.jobctl.cli.command.Session;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// One container's log on its way to the user.
///
/// @param what whose log it is, for complaints
/// @param query parameters of `pods/log`
/// @param prefix put before each line; empty for none
record LogStream(String path, String what, Map<String, String> query, String prefix) {
    private static final int PIECE = 8192;

    static LogStream of(String namespace, String pod, Map<String, String> query, String prefix) {
        return new LogStream(KnownTypes.PODS.path(namespace, pod) + "/log", "pod " + pod, query, prefix);
    }

    /// Copies until the log ends or the caller goes. Throws [ApiError] when there is no log.
    void copy(Session session) {
        boolean follow = "true".equals(query.get("follow"));
        Call call =
                follow ? Call.stream(path, query, "*/*") : new Call("GET", path, query, "*/*", "", new byte[0], true);
        try (Answer answer = session.cluster().open(call);
                Guard _ = Guard.over(session, null, answer::close)) {
            if (prefix.isEmpty()) {
                pieces(answer.body(), session.out());
            } else {
                lines(answer.body(), session.out());
            }
        } catch (IOException e) {
            session.checkCancelled();
            throw new java.io.UncheckedIOException("the log of " + what + " broke off", e);
        }
    }

    private static void pieces(InputStream from, PrintStream to) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
            to.write(piece, 0, n);
            to.flush();
        }
    }

    /// Whole lines only, so that those of several streams do not mix.
    private void lines(InputStream from, PrintStream to) throws IOException {
        InputStream buffered = new BufferedInputStream(from, PIECE);
        byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = buffered.read(); b >= 0; b = buffered.read()) {
            if (line.size() == 0) {
                line.writeBytes(start);
            }
            line.write(b);
            if (b == '\n') {
                send(line, to);
            }
        }
        if (line.size() > 0) {
            line.write('\n');
            send(line, to);
        }
    }

    private static void send(ByteArrayOutputStream line, PrintStream to) {
        synchronized (to) {
            to.write(line.toByteArray(), 0, line.size());
            to.flush();
        }
        line.reset();
    }

    /// All at once, one virtual thread each. Returns the exit code.
    static int together(Session session, List<LogStream> streams, boolean ignoreErrors) {
        AtomicInteger code = new AtomicInteger(Exit.OK);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (LogStream stream : streams) {
                threads.execute(() -> {
                    try {
                        stream.copy(session);
                    } catch (ApiError e) {
                        session.err().println("error: " + e.getMessage());
                        if (!ignoreErrors) {
                            code.set(Exit.ERROR);
                        }
                    }
                });
            }
        }
        return code.get();
    }
}
