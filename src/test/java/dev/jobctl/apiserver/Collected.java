package dev.jobctl.apiserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Takes a stream in; closes it when it has enough.
final class Collected implements ApiResponse.Sink {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final Predicate<String> enough;
    private final List<Runnable> actions = new ArrayList<>();
    private volatile boolean closed;

    private Collected(Predicate<String> enough) {
        this.enough = enough;
    }

    static String all(ApiResponse.Stream stream) {
        return until(stream, text -> false);
    }

    /// Reads until `enough` says so of all the text so far, or the stream ends.
    static String until(ApiResponse.Stream stream, Predicate<String> enough) {
        Collected sink = new Collected(enough);
        try {
            stream.writer().write(sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sink.all.toString(StandardCharsets.UTF_8);
    }

    /// At least so many bytes, or all of a stream that ends before.
    static byte[] bytes(ApiResponse.Stream stream, int least) {
        Collected sink = new Collected(text -> text.length() >= least);
        try {
            stream.writer().write(sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sink.all.toByteArray();
    }

    @Override
    public void send(byte[] piece) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        all.writeBytes(piece);
        if (enough.test(all.toString(StandardCharsets.UTF_8))) {
            closed = true;
            actions.forEach(Runnable::run);
        }
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void onClose(Runnable action) {
        actions.add(action);
    }
}
