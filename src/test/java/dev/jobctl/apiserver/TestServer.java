package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.apiserver.access.AccountTokens;
import dev.jobctl.apiserver.access.SigningKey;
import dev.jobctl.apiserver.access.Tokens;
import dev.jobctl.apiserver.metrics.Metrics;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.std.Log;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import dev.jobctl.std.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An API server over a [MemoryBackend], with logs that are made up, and short ways to call it.
public final class TestServer {
    public static final String TOKEN = "secret";
    public static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
    public static final String PODS = "/api/v1/namespaces/default/pods";

    public final VirtualTime time = new VirtualTime(Instant.parse("2026-11-21T12:00:00Z"));
    public final MemoryBackend backend;
    public final ApiServer server;

    public TestServer() {
        this(TOKEN);
    }

    public TestServer(String token) {
        backend = new MemoryBackend(time);
        server = server(backend, token, time, Log.none());
    }

    public static ApiServer server(ApiBackend backend, String token, Time time, Log log) {
        ServerVersion version = new ServerVersion("0.1.0", "unknown", "2026-01-01T00:00:00Z", "25", "linux/amd64");
        return new ApiServer(new ApiServer.Parts(
                backend,
                TestServer::writeLog,
                PodDoors.none(),
                Tokens.admin(token),
                new AccountTokens(SigningKey.fresh(), backend::snapshot, time, Luck.seeded(2)),
                new Schemas(),
                time,
                Luck.seeded(1),
                log,
                version,
                new Metrics(() -> 0, backend::snapshot, version.gitVersion())));
    }

    private static void writeLog(ObjectRef pod, String container, PodLogs.Options options, ApiResponse.Sink sink)
            throws IOException, InterruptedException {
        for (String line : List.of("one", "two", "three")) {
            sink.send((line + " " + container + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A request under way; headers by [#with].
    public final class Asking {
        private final String method;
        private final String target;
        private byte[] body;
        private final Map<String, String> headers = new HashMap<>(Map.of("authorization", "Bearer " + TOKEN));

        private Asking(String method, String target, String body) {
            this.method = method;
            this.target = target;
            this.body = body.getBytes(StandardCharsets.UTF_8);
        }

        public Asking body(byte[] bytes) {
            body = bytes;
            return this;
        }

        public Asking with(String header, String value) {
            headers.put(header, value);
            return this;
        }

        public Asking without(String header) {
            headers.remove(header);
            return this;
        }

        public ApiResponse raw() {
            int mark = target.indexOf('?');
            String path = mark < 0 ? target : target.substring(0, mark);
            return server.handle(new ApiRequest(
                    method, path, mark < 0 ? Map.of() : query(target.substring(mark + 1)), headers, body));
        }

        public Answer answer() {
            ApiResponse response = raw();
            return switch (response) {
                case ApiResponse.Whole(int code, Map<String, String> answerHeaders, byte[] bytes) ->
                    new Answer(code, answerHeaders, new String(bytes, StandardCharsets.UTF_8));
                case ApiResponse.Stream stream -> new Answer(stream.code(), stream.headers(), Collected.all(stream));
                case ApiResponse.Upgrade upgrade -> new Answer(upgrade.code(), upgrade.headers(), "");
            };
        }
    }

    /// A whole answer.
    public record Answer(int code, Map<String, String> headers, String body) {
        public JsonNode json() {
            return Json.tree(body.getBytes(StandardCharsets.UTF_8));
        }

        public String at(String pointer) {
            return json().at(pointer).asText();
        }

        public String message() {
            return at("/message");
        }

        public String reason() {
            return at("/reason");
        }

        /// The frames of a watch.
        public List<JsonNode> frames() {
            return body.lines()
                    .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
        }
    }

    public Asking ask(String method, String target, String body) {
        return new Asking(method, target, body);
    }

    public Answer get(String target) {
        return ask("GET", target, "").answer();
    }

    public Answer post(String target, String body) {
        return ask("POST", target, body).answer();
    }

    public Answer put(String target, String body) {
        return ask("PUT", target, body).answer();
    }

    public Answer patch(String type, String target, String body) {
        return ask("PATCH", target, body).with("content-type", type).answer();
    }

    public Answer delete(String target, String body) {
        return ask("DELETE", target, body).answer();
    }

    public static String job(String name, String spec) {
        return """
            {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"%s"},"spec":{%s
            "template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}\
            """.formatted(name, spec);
    }

    public static String pod(String name) {
        return """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s"},
            "spec":{"nodeName":"local","containers":[{"name":"c","image":"i"}]}}\
            """.formatted(name);
    }

    private static Map<String, List<String>> query(String text) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            query.computeIfAbsent(part.substring(0, equals), n -> new ArrayList<>())
                    .add(java.net.URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }
}
