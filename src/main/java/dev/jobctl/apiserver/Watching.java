package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.apiserver.protobuf.ProtobufBody;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import dev.jobctl.store.Watch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Watches: the stream of changes to a collection as JSON frames, one a line. With a selector, a change by which an
/// object begins to match is ADDED, one by which it ceases to is DELETED.
final class Watching {
    /// A client that names no timeout is asked to come again after half an hour to an hour, at random so that not all
    /// come at once.
    private static final int LEAST_SECONDS = 1800;
    /// A reader that takes nothing for that long is cut off: by then it has missed more than it could ever catch up
    /// with, and it holds a thread and a quarter of a megabyte.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);
    /// Who has caught up with the others that often, and found them ahead each time, goes on by itself.
    private static final int MAX_MISSES = 8;
    private static final String STREAM = ";stream=watch";
    /// Frames are gathered up to this size before they are sent.
    private static final int FULL = 64 * 1024;

    private final ApiBackend backend;
    private final Time time;
    private final Luck luck;
    /// The last frame that is the same for everybody: most watchers are told of a change at the same time.
    private volatile @Nullable Told last;
    private final Crowds crowds;

    /// @param object its JSON, which says whose version it is
    private record Told(String type, byte[] object, byte[] frame) {}

    Watching(ApiBackend backend, Time time, Luck luck) {
        this.backend = backend;
        this.time = time;
        this.luck = luck;
        crowds = new Crowds(backend, this::whole);
    }

    ApiResponse watch(Call call, Target target, ListOptions options) {
        Selection selection = Selection.of(call, target);
        Form form = form(call);
        Run run = new Run(target, options, selection, form);
        String type = form.media() == Form.Media.PROTOBUF ? Replies.PROTOBUF + STREAM : Replies.JSON;
        return new ApiResponse.Stream(200, Replies.headers(call, type), run::write);
    }

    /// A WebSocket carries JSON, whatever is accepted; YAML has no frames.
    private static Form form(Call call) {
        if (call.request().header("upgrade").isPresent()) {
            return Form.plain(call);
        }
        Form form = Form.of(call);
        if (form.media() == Form.Media.YAML) {
            throw ApiError.notAcceptable(Replies.JSON + STREAM + ", " + Replies.PROTOBUF + STREAM);
        }
        return form;
    }

    /// One watch under way. Owned by its thread.
    private final class Run {
        private final Target target;
        private final ListOptions options;
        private final Selection selection;
        private final Form form;
        private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
        private boolean first = true;
        /// Whether others may want the very same frames; not any more once this reader was too slow for them.
        private boolean common;

        private Run(Target target, ListOptions options, Selection selection, Form form) {
            this.target = target;
            this.options = options;
            this.selection = selection;
            this.form = form;
            common = selection.everything() && form.shape() == Form.Shape.OBJECT && form.media() == Form.Media.JSON;
        }

        private void write(ApiResponse.Sink sink) throws IOException, InterruptedException {
            Duration end = end();
            long seen = start(sink);
            Progress progress = new Progress(seen, time.elapsed().plus(BOOKMARK_EVERY), end);
            Waking waking = new Waking();
            sink.onClose(waking::wake);
            boolean more = true;
            while (more && !sink.closed()) {
                if (common) {
                    follow(sink, waking, progress);
                }
                try (@Nullable Watch<ObjectVersion> watch = backend.watch(target.prefix(), progress.seen)) {
                    if (watch == null) {
                        fell(progress);
                        more = false;
                    } else {
                        waking.by(watch::close, sink);
                        more = follow(sink, watch, progress);
                    }
                }
            }
            flush(sink);
        }

        /// As [Time#elapsed] goes: who sets the clock makes no watch longer or shorter.
        private Duration end() {
            @Nullable Long wanted = options.timeoutSeconds();
            long seconds = wanted == null || wanted <= 0 ? LEAST_SECONDS + luck.below(LEAST_SECONDS) : wanted;
            return time.elapsed()
                    .plusSeconds(Math.min(seconds, Duration.ofDays(1).toSeconds()));
        }

        /// Sends what is there already, if that is wanted. Returns the revision after which to follow.
        private long start(ApiResponse.Sink sink) throws IOException, InterruptedException {
            @Nullable Long revision = options.revision();
            boolean anyState = revision == null || revision == 0;
            boolean initial = options.initialEvents() == null ? anyState : options.initialEvents();
            if (!initial && !anyState) {
                return revision == null ? 0 : revision;
            }
            Snapshot<ObjectVersion> snapshot = backend.snapshot();
            if (!initial) {
                return snapshot.revision();
            }
            for (Entry<ObjectVersion> entry : snapshot.prefixed(target.prefix())) {
                if (selection.matches(entry.value())) {
                    event("ADDED", entry.value());
                    if (frames.size() >= FULL) {
                        flush(sink);
                    }
                }
            }
            if (options.initialEvents() != null && options.bookmarks()) {
                bookmark(snapshot.revision(), Map.of("k8s.io/initial-events-end", "true"));
            }
            flush(sink);
            return snapshot.revision();
        }

        /// With all others that want the same, until there is something else to do or this reader falls behind them.
        private void follow(ApiResponse.Sink sink, Waking waking, Progress progress) throws InterruptedException {
            Crowds.@Nullable Seat seat = crowds.join(target.prefix(), sink, progress.seen);
            if (seat == null) {
                common = ++progress.misses < MAX_MISSES;
                return;
            }
            progress.misses = 0;
            waking.by(seat::wake, sink);
            seat.rest(progress.patience());
            common = !seat.sentAway();
            progress.seen = seat.leave();
        }

        /// By itself, which also finds how far the state has come without a change for this reader. False when there is
        /// nothing more to be followed, true when it has caught up with the others.
        private boolean follow(ApiResponse.Sink sink, Watch<ObjectVersion> watch, Progress progress)
                throws IOException, InterruptedException {
            while (!sink.closed()) {
                if (time.elapsed().compareTo(progress.end) >= 0) {
                    return false;
                }
                switch (watch.next(common ? Duration.ZERO : progress.patience())) {
                    case Watch.Changes<ObjectVersion>(var changes, long upTo) -> {
                        for (Change<ObjectVersion> change : changes) {
                            tell(change);
                            if (frames.size() >= FULL) {
                                flush(sink);
                            }
                        }
                        progress.seen = Math.max(progress.seen, upTo);
                    }
                    case Watch.Fell<ObjectVersion> fell -> {
                        fell(progress);
                        return false;
                    }
                    case Watch.Ended<ObjectVersion> ended -> {
                        return false;
                    }
                }
                mark(progress);
                flush(sink);
                if (common) {
                    return true;
                }
            }
            return false;
        }

        private void fell(Progress progress) {
            gone("too old resource version: " + progress.seen + " ("
                    + backend.snapshot().revision() + ")");
        }

        /// A bookmark, if one is due.
        private void mark(Progress progress) {
            if (options.bookmarks() && time.elapsed().compareTo(progress.nextBookmark) >= 0) {
                if (progress.seen > progress.marked) {
                    bookmark(progress.seen, Map.of());
                    progress.marked = progress.seen;
                }
                progress.nextBookmark = time.elapsed().plus(BOOKMARK_EVERY);
            }
        }

        /// How far a watch has come. Owned by its thread.
        private final class Progress {
            private final Duration end;
            private long seen;
            private long marked;
            private Duration nextBookmark;
            private int misses;

            private Progress(long seen, Duration nextBookmark, Duration end) {
                this.seen = seen;
                this.marked = seen;
                this.nextBookmark = nextBookmark;
                this.end = end;
            }

            /// Until there is something to do without a change.
            private Duration patience() {
                boolean bookmark = options.bookmarks() && nextBookmark.compareTo(end) < 0;
                Duration left = (bookmark ? nextBookmark : end).minus(time.elapsed());
                return left.isNegative() ? Duration.ZERO : left;
            }
        }

        private void tell(Change<ObjectVersion> change) {
            @Nullable
            ObjectVersion before =
                    change.previous() == null ? null : change.previous().value();
            @Nullable
            ObjectVersion after =
                    change.current() == null ? null : change.current().value();
            boolean was = before != null && selection.matches(before);
            boolean is = after != null && selection.matches(after);
            if (is && after != null) {
                event(was ? "MODIFIED" : "ADDED", after);
            } else if (was && before != null) {
                event("DELETED", at(before, change.revision()));
            }
        }

        private void event(String type, ObjectVersion version) {
            frame(type, new Encoder(form, time.now()).event(version, first));
            first = false;
        }

        private void bookmark(long revision, Map<String, String> annotations) {
            Kind kind = target.kind();
            ObjectNode object = Json.MAPPER.createObjectNode();
            object.put("kind", kind.kind());
            object.put("apiVersion", kind.apiVersion());
            switch (form.shape()) {
                case OBJECT -> {}
                case METADATA -> {
                    object.put("kind", "PartialObjectMetadata");
                    object.put("apiVersion", "meta.k8s.io/" + form.version());
                }
                case TABLE -> {
                    object.put("kind", "Table");
                    object.put("apiVersion", "meta.k8s.io/" + form.version());
                    object.putArray("columnDefinitions");
                    object.putArray("rows");
                }
            }
            ObjectNode metadata = object.putObject("metadata");
            metadata.put("resourceVersion", Long.toString(revision));
            metadata.putNull("creationTimestamp");
            if (!annotations.isEmpty()) {
                metadata.set("annotations", Json.tree(annotations));
            }
            frame("BOOKMARK", Json.write(object));
        }

        private void gone(String message) {
            frame("ERROR", Json.write(ApiError.expired(message).status()));
        }

        private void frame(String type, byte[] object) {
            if (form.media() == Form.Media.PROTOBUF) {
                byte @Nullable [] message = ProtobufBody.of(Json.tree(object));
                if (message == null) {
                    throw new IllegalStateException("no message for an object of a watch");
                }
                frames.writeBytes(ProtobufBody.event(type, message));
                return;
            }
            frames.writeBytes(line(type, object));
        }

        private void flush(ApiResponse.Sink sink) throws IOException, InterruptedException {
            if (frames.size() > 0) {
                sink.send(frames.toByteArray(), PATIENCE);
                frames.reset();
            }
        }
    }

    /// Wakes whatever the thread of a watch waits for at the moment, when its reader has gone.
    private static final class Waking {
        private volatile Runnable waiting = () -> {};

        /// From now on it waits for that; at once, when the reader has gone already.
        private void by(Runnable how, ApiResponse.Sink sink) {
            waiting = how;
            if (sink.closed()) {
                how.run();
            }
        }

        private void wake() {
            waiting.run();
        }
    }

    /// The frame of a change for those who select nothing.
    private byte[] whole(Change<ObjectVersion> change) {
        @Nullable Entry<ObjectVersion> before = change.previous();
        @Nullable Entry<ObjectVersion> after = change.current();
        if (after != null) {
            return line(before == null ? "ADDED" : "MODIFIED", after.value().json());
        }
        if (before == null) {
            throw new IllegalStateException("a change of nothing: " + change.key());
        }
        return line("DELETED", at(before.value(), change.revision()).json());
    }

    /// The last state with the revision at which it went.
    private static ObjectVersion at(ObjectVersion version, long revision) {
        ObjectNode tree = (ObjectNode) Json.tree(version.json());
        tree.withObject("/metadata").put("resourceVersion", Long.toString(revision));
        return ObjectVersion.read(version.kind(), revision, Json.write(tree));
    }

    /// Shared: read only.
    @SuppressWarnings({"ArrayEquals", "ReferenceEquality"}) // the same version has the same array
    private byte[] line(String type, byte[] object) {
        @Nullable Told told = last;
        if (told != null && told.object() == object && told.type().equals(type)) {
            return told.frame();
        }
        byte[] start = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = Arrays.copyOf(start, start.length + object.length + 2);
        System.arraycopy(object, 0, frame, start.length, object.length);
        frame[frame.length - 2] = '}';
        frame[frame.length - 1] = '\n';
        last = new Told(type, object, frame);
        return frame;
    }
}
