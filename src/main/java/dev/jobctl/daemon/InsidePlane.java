package dev.jobctl.daemon;

import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.cli.cluster.Answer;
import dev.jobctl.cli.cluster.BodyPipe;
import dev.jobctl.cli.cluster.Call;
import dev.jobctl.cli.cluster.Transport;
import dev.jobctl.plane.Plane;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Requests to a plane of this same process: the same API, without the socket and its encryption.
///
/// @param headers that every request has
public record InsidePlane(Function<ApiRequest, ApiResponse> api, Supplier<String> place, Map<String, String> headers)
        implements Transport {
    static InsidePlane of(Plane plane) {
        return new InsidePlane(plane::handle, () -> plane.address().orElse("this process"), Map.of());
    }

    @Override
    public Answer send(Call call) {
        ApiResponse response = api.apply(request(call));
        return new Answer(response.code(), warnings(response.headers().get("warning")), body(response));
    }

    @Override
    public String address() {
        return place.get();
    }

    private ApiRequest request(Call call) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        call.query().forEach((name, value) -> query.put(name, List.of(value)));
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("accept", call.accept());
        if (!call.contentType().isEmpty()) {
            all.put("content-type", call.contentType());
        }
        return new ApiRequest(call.method(), call.path(), query, all, call.body());
    }

    /// Texts of `299 - "TEXT"` lines.
    private static List<String> warnings(@Nullable String header) {
        return header == null
                ? List.of()
                : header.lines()
                        .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                        .map(text -> text.replace("\\\"", "\""))
                        .toList();
    }

    private static InputStream body(ApiResponse response) {
        return switch (response) {
            case ApiResponse.Whole whole -> new ByteArrayInputStream(whole.body());
            case ApiResponse.Stream stream -> piped(stream.writer());
            case ApiResponse.Upgrade upgrade -> InputStream.nullInputStream();
        };
    }

    private static BodyPipe piped(ApiResponse.Writer writer) {
        BodyPipe pipe = new BodyPipe();
        Thread.ofVirtual().name("response").start(() -> {
            try {
                writer.write(new Passing(pipe));
            } catch (IOException e) {
                pipe.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                pipe.end();
            }
        });
        return pipe;
    }

    private record Passing(BodyPipe pipe) implements ApiResponse.Sink {
        @Override
        public void send(byte[] piece) throws IOException, InterruptedException {
            pipe.send(piece);
        }

        @Override
        public boolean closed() {
            return pipe.closed();
        }

        @Override
        public void onClose(Runnable action) {
            pipe.onClose(action);
        }
    }
}
