package dev.jobctl.cli;

import dev.jobctl.apiserver.ApiRequest;
import dev.jobctl.apiserver.ApiResponse;
import dev.jobctl.cli.cluster.Answer;
import dev.jobctl.cli.cluster.BodyPipe;
import dev.jobctl.cli.cluster.Call;
import dev.jobctl.cli.cluster.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The API without a socket.
public record InProcess(Function<ApiRequest, ApiResponse> api, Map<String, String> headers) implements Transport {
    @Override
    public Answer send(Call call) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        call.query().forEach((name, value) -> query.put(name, List.of(value)));
        Map<String, String> all = new HashMap<>(headers);
        all.put("accept", call.accept());
        if (!call.contentType().isEmpty()) {
            all.put("content-type", call.contentType());
        }
        ApiResponse response = api.apply(new ApiRequest(call.method(), call.path(), query, all, call.body()));
        return new Answer(response.code(), warnings(response.headers()), body(response));
    }

    private static List<String> warnings(Map<String, String> headers) {
        String all = headers.getOrDefault("warning", "");
        return all.lines()
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                .toList();
    }

    private static java.io.InputStream body(ApiResponse response) {
        return switch (response) {
            case ApiResponse.Whole whole -> new ByteArrayInputStream(whole.body());
            case ApiResponse.Stream stream -> piped(stream.writer());
            case ApiResponse.Upgrade upgrade -> InputStream.nullInputStream();
        };
    }

    private static BodyPipe piped(ApiResponse.Writer writer) {
        BodyPipe pipe = new BodyPipe();
        Thread.ofVirtual().start(() -> {
            try {
                writer.write(new Sink(pipe));
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

    private record Sink(BodyPipe pipe) implements ApiResponse.Sink {
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

    @Override
    public String address() {
        return "local";
    }
}
