package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.apiserver.protobuf.ProtobufBody;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `events.k8s.io/v1`: the same Events as those of the core group, some of their fields under newer names. A request is
/// translated into one to the core group, and its answer back. Safe from any thread.
///
/// Example: `GET /apis/events.k8s.io/v1/events?fieldSelector=regarding.name=pi` is answered as
/// `GET /api/v1/events?fieldSelector=involvedObject.name=pi`, and `message` of what it finds is called `note`.
final class GroupedEvents {
    private static final String EVENT = "Event";
    private static final String CORE = "v1";
    private static final String JSON_PATCH = "application/json-patch+json";
    /// As the server, in bytes.
    private static final int MAX_WORD = 128;
    private static final int MAX_NOTE = 1024;

    /// The name here -> that of the core group.
    private static final Map<String, String> NAMES = Map.of(
            "regarding", "involvedObject",
            "note", "message",
            "reportingController", "reportingComponent",
            "deprecatedSource", "source",
            "deprecatedFirstTimestamp", "firstTimestamp",
            "deprecatedLastTimestamp", "lastTimestamp",
            "deprecatedCount", "count");

    private static final Map<String, String> BACK = back();
    private static final Set<String> DEPRECATED =
            Set.of("deprecatedSource", "deprecatedFirstTimestamp", "deprecatedLastTimestamp", "deprecatedCount");

    private final Bodies bodies;
    private final Core core;

    /// Answers a request to the core group.
    interface Core {
        ApiResponse answer(Call call, List<String> path);
    }

    GroupedEvents(Bodies bodies, Core core) {
        this.bodies = bodies;
        this.core = core;
    }

    private static Map<String, String> back() {
        Map<String, String> back = new LinkedHashMap<>();
        NAMES.forEach((here, there) -> back.put(there, here));
        return Map.copyOf(back);
    }

    /// Empty when the path names no such Events.
    Optional<ApiResponse> answer(Call call, List<String> path) {
        if (path.size() < 4
                || !String.join("/", path.subList(0, 3)).equals("apis/" + Kinds.GROUPED_EVENT.apiVersion())) {
            return Optional.empty();
        }
        List<String> rest = path.subList(3, path.size());
        int place = rest.getFirst().equals("namespaces") ? 2 : 0;
        if (rest.size() <= place || !rest.get(place).equals(Kinds.EVENT.plural())) {
            return Optional.empty();
        }
        List<String> there = new ArrayList<>(List.of("api", CORE));
        there.addAll(rest);
        boolean socket = call.request().header("upgrade").isPresent();
        Form form = socket ? Form.plain(call) : Form.of(call);
        ApiRequest asked = call.request();
        Map<String, String> headers = new LinkedHashMap<>(asked.headers());
        headers.put("accept", accepted(form));
        byte[] body = body(call, headers);
        Call within = new Call(
                new ApiRequest(
                        asked.method(), "/" + String.join("/", there), query(asked), headers, body, asked.certified()),
                call.who());
        ApiResponse response = core.answer(within, there);
        if (within.target() != null) {
            call.about(within.target());
        }
        return Optional.of(translated(call, form, response));
    }

    private static String accepted(Form form) {
        String as = switch (form.shape()) {
            case OBJECT -> "";
            case TABLE -> "Table";
            case METADATA -> "PartialObjectMetadata";
        };
        return as.isEmpty() ? Replies.JSON : Replies.JSON + ";as=" + as + ";v=" + form.version() + ";g=meta.k8s.io";
    }

    private static Map<String, List<String>> query(ApiRequest asked) {
        Map<String, List<String>> query = new LinkedHashMap<>(asked.query());
        query.computeIfPresent(
                "fieldSelector",
                (name, values) -> values.stream().map(GroupedEvents::selector).toList());
        return query;
    }

    private static String selector(String text) {
        List<String> terms = new ArrayList<>();
        for (String term : text.split(",", -1)) {
            int end = 0;
            while (end < term.length() && "=!.".indexOf(term.charAt(end)) < 0) {
                end++;
            }
            terms.add(NAMES.getOrDefault(term.substring(0, end), term.substring(0, end)) + term.substring(end));
        }
        return String.join(",", terms);
    }

    private byte[] body(Call call, Map<String, String> headers) {
        return switch (call.request().method()) {
            case "POST" -> whole(call, "CreateOptions", headers);
            case "PUT" -> whole(call, "UpdateOptions", headers);
            case "PATCH" -> patch(call, headers.getOrDefault("content-type", ""));
            default -> call.request().body();
        };
    }

    private byte[] whole(Call call, String options, Map<String, String> headers) {
        JsonNode sent = bodies.sent(call, Kinds.GROUPED_EVENT, options).tree();
        if (options.equals("CreateOptions")) {
            check(sent);
        }
        headers.put("content-type", Replies.JSON);
        ObjectNode renamed = renamed(sent, NAMES);
        renamed.put("apiVersion", CORE).put("kind", EVENT);
        return Json.write(renamed);
    }

    private static byte[] patch(Call call, String type) {
        byte[] sent =
                type.startsWith("application/apply-patch") ? YamlBodies.toJson(Bodies.bytes(call)) : Bodies.bytes(call);
        JsonNode patch;
        try {
            patch = Json.tree(sent);
        } catch (UncheckedIOException e) {
            return sent;
        }
        if (type.startsWith(JSON_PATCH) && patch instanceof ArrayNode steps) {
            steps.forEach(GroupedEvents::rename);
            return Json.write(steps);
        }
        if (!(patch instanceof ObjectNode)) {
            return sent;
        }
        ObjectNode renamed = renamed(patch, NAMES);
        if (renamed.has("apiVersion")) {
            renamed.put("apiVersion", CORE);
        }
        return Json.write(renamed);
    }

    /// `/note` in a step of a JSON patch.
    private static void rename(JsonNode step) {
        for (String field : List.of("path", "from")) {
            String path = step.path(field).asText();
            int end = path.indexOf('/', 1) < 0 ? path.length() : path.indexOf('/', 1);
            if (step instanceof ObjectNode object && path.startsWith("/")) {
                String first = path.substring(1, end);
                object.put(field, "/" + NAMES.getOrDefault(first, first) + path.substring(end));
            }
        }
    }

    private static ObjectNode renamed(JsonNode object, Map<String, String> names) {
        ObjectNode renamed = Json.MAPPER.createObjectNode();
        object.properties()
                .forEach(field -> renamed.set(names.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
        return renamed;
    }

    /// What this group asks of a new Event, and the core group does not.
    private static void check(JsonNode event) {
        List<FieldError> errors = new ArrayList<>();
        if (event.path("eventTime").asText().isEmpty()) {
            errors.add(required("eventTime"));
        }
        for (String word : List.of("reportingController", "reportingInstance", "action", "reason")) {
            String text = event.path(word).asText();
            if (text.isEmpty()) {
                errors.add(required(word));
            } else if (bytes(text) > MAX_WORD) {
                errors.add(tooLong(word, text, MAX_WORD));
            }
        }
        String note = event.path("note").asText();
        if (bytes(note) > MAX_NOTE) {
            errors.add(tooLong("note", note, MAX_NOTE));
        }
        String type = event.path("type").asText();
        if (!type.equals("Normal") && !type.equals("Warning")) {
            errors.add(new FieldError(
                    "type",
                    FieldError.Type.Invalid,
                    Json.tree((Object) type).toString(),
                    "has invalid value: " + type));
        }
        DEPRECATED.stream()
                .filter(event::has)
                .sorted()
                .forEach(name -> errors.add(new FieldError(
                        name, FieldError.Type.Invalid, event.get(name).toString(), "needs to be unset")));
        if (!errors.isEmpty()) {
            throw ApiError.invalid(
                    Kinds.GROUPED_EVENT, event.path("metadata").path("name").asText(), errors);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static FieldError required(String field) {
        return new FieldError(field, FieldError.Type.Required, null, "");
    }

    private static FieldError tooLong(String field, String text, int most) {
        return new FieldError(
                field,
                FieldError.Type.Invalid,
                Json.tree((Object) text).toString(),
                "can have at most " + most + " characters");
    }

    private static ApiResponse translated(Call call, Form form, ApiResponse response) {
        return switch (response) {
            case ApiResponse.Whole whole -> {
                JsonNode tree = toHere(Json.tree(whole.body()));
                byte[] json = Json.write(tree);
                ApiResponse written = Replies.json(call, whole.code(), form.pretty() ? Encoder.pretty(json) : json);
                yield warned(written, whole.headers().get("warning"));
            }
            case ApiResponse.Stream stream -> {
                boolean binary = form.media() == Form.Media.PROTOBUF;
                Map<String, String> headers = new LinkedHashMap<>(stream.headers());
                if (binary) {
                    headers.put("content-type", Replies.PROTOBUF + ";stream=watch");
                }
                yield new ApiResponse.Stream(
                        stream.code(), headers, sink -> stream.writer().write(new Frames(sink, binary)));
            }
            case ApiResponse.Upgrade upgrade -> upgrade;
        };
    }

    private static ApiResponse warned(ApiResponse response, @Nullable String warnings) {
        if (warnings == null || !(response instanceof ApiResponse.Whole whole)) {
            return response;
        }
        Map<String, String> headers = new LinkedHashMap<>(whole.headers());
        headers.put("warning", warnings);
        return new ApiResponse.Whole(whole.code(), headers, whole.body());
    }

    /// An Event, a list of them, or a Table with some in it; anything else stays as it is.
    private static JsonNode toHere(JsonNode tree) {
        if (!(tree instanceof ObjectNode object)) {
            return tree;
        }
        String kind = object.path("kind").asText();
        boolean ofCore = object.path("apiVersion").asText().equals(CORE);
        if (kind.equals(EVENT) && ofCore) {
            return renamed(object, BACK).put("apiVersion", Kinds.GROUPED_EVENT.apiVersion());
        }
        if (kind.equals(EVENT + "List") && ofCore) {
            object.put("apiVersion", Kinds.GROUPED_EVENT.apiVersion());
            ArrayNode items = Json.MAPPER.createArrayNode();
            object.path("items").forEach(item -> items.add(toHere(item)));
            object.set("items", items);
        }
        for (JsonNode row : object.path("rows")) {
            if (row instanceof ObjectNode one && one.has("object")) {
                one.set("object", toHere(one.get("object")));
            }
        }
        return object;
    }

    /// Takes the frames of a watch, each a line of JSON, and passes them on. Owned by one thread.
    private record Frames(ApiResponse.Sink to, boolean binary) implements ApiResponse.Sink {
        @Override
        public void send(byte[] piece) throws IOException, InterruptedException {
            to.send(frames(piece));
        }

        @Override
        public void send(byte[] piece, Duration patience) throws IOException, InterruptedException {
            to.send(frames(piece), patience);
        }

        private byte[] frames(byte[] lines) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream(lines.length + 256);
            new String(lines, StandardCharsets.UTF_8).lines().forEach(line -> frames.writeBytes(frame(line)));
            return frames.toByteArray();
        }

        private byte[] frame(String line) {
            ObjectNode event = (ObjectNode) Json.tree(line.getBytes(StandardCharsets.UTF_8));
            JsonNode object = toHere(event.path("object"));
            event.set("object", object);
            if (!binary) {
                return (event + "\n").getBytes(StandardCharsets.UTF_8);
            }
            byte @Nullable [] message = ProtobufBody.of(object);
            if (message == null) {
                throw new IllegalStateException("no message for an object of a watch");
            }
            return ProtobufBody.event(event.path("type").asText(), message);
        }

        @Override
        public boolean closed() {
            return to.closed();
        }

        @Override
        public void onClose(Runnable action) {
            to.onClose(action);
        }
    }
}
