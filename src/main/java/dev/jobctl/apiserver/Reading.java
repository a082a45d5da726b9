package dev.jobctl.apiserver;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.std.Time;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Get and list, from the last published snapshot or an older one that is still kept.
final class Reading {
    private static final String TOO_OLD = "The resourceVersion for the provided list is too old.";
    private static final String CONTINUE_TOO_OLD = "The provided continue parameter is too old to display a consistent"
        + " list result. You can start a new list without the continue parameter, or use the continue token in this"
        + " response to retrieve the remainder of the results. Continuing with the provided token results in an"
        + " inconsistent list - objects that were created, modified, or deleted between the time the first chunk was"
        + " returned and now may show up in the list.";

    private final ApiBackend backend;
    private final Time time;
    private final Pages pages = new Pages();

    Reading(ApiBackend backend, Time time) {
        this.backend = backend;
        this.time = time;
    }

    ApiResponse get(Call call, Target target) {
        Encoder encoder = new Encoder(Form.of(call), time.now());
        return Replies.json(call, 200, encoder.one(existing(backend.snapshot(), target)));
    }

    ApiResponse list(Call call, Target target, ListOptions options) {
        Encoder encoder = new Encoder(Form.of(call), time.now());
        Selection selection = Selection.of(call, target);
        Snapshot<ObjectVersion> snapshot = state(options);
        List<ObjectVersion> found = new ArrayList<>();
        @Nullable String last = null;
        long remaining = 0;
        boolean more = false;
        for (Entry<ObjectVersion> entry : range(snapshot, target, selection, options)) {
            if (more) {
                remaining++;
            } else if (selection.matches(entry.value())) {
                if (options.limit() > 0 && found.size() == options.limit()) {
                    more = true;
                    remaining = 1;
                    if (!selection.everything()) {
                        break;
                    }
                } else {
                    found.add(entry.value());
                    last = entry.key();
                }
            }
        }
        @Nullable String next = null;
        if (more && last != null) {
            pages.keep(snapshot, time.now());
            next = new Pages.Token(snapshot.revision(), last).text();
        }
        @Nullable Long counted = more && selection.everything() ? remaining : null;
        return Replies.json(
                call, 200, encoder.list(target.kind(), found, new Encoder.Page(snapshot.revision(), next, counted)));
    }

    /// All objects of the collection that are selected, in one state. For deletecollection.
    List<ObjectVersion> selected(Target target, Selection selection) {
        return backend.snapshot().prefixed(target.prefix()).stream()
                .map(Entry::value)
                .filter(selection::matches)
                .toList();
    }

    /// Throws [ApiError] 404 when there is none.
    static ObjectVersion existing(Snapshot<ObjectVersion> snapshot, Target target) {
        @Nullable Entry<ObjectVersion> entry = snapshot.get(target.key().path());
        if (entry == null) {
            throw ApiError.notFound(target.kind(), target.name());
        }
        return entry.value();
    }

    private static Iterable<Entry<ObjectVersion>> range(
            Snapshot<ObjectVersion> snapshot, Target target, Selection selection, ListOptions options) {
        String prefix = target.prefix();
        Optional<String> name = selection.onlyName();
        boolean direct = name.isPresent()
                && (!target.namespace().isEmpty() || !target.kind().namespaced());
        if (direct && options.next().isEmpty()) {
            @Nullable Entry<ObjectVersion> only = snapshot.get(prefix + name.get());
            return only == null ? List.of() : List.of(only);
        }
        if (options.next().isPresent()) {
            String start = options.next().get().start();
            if (!start.startsWith(prefix)) {
                throw ApiError.badRequest("continue key is not valid: it belongs to another list");
            }
            return snapshot.between(start + '\0', prefix + Character.MAX_VALUE);
        }
        return snapshot.prefixed(prefix);
    }

    private Snapshot<ObjectVersion> state(ListOptions options) {
        Snapshot<ObjectVersion> current = backend.snapshot();
        pages.forget(current.revision(), time.now());
        if (options.next().isPresent()) {
            long wanted = options.next().get().revision();
            if (wanted == 0 || wanted == current.revision()) {
                return current;
            }
            return pages.at(wanted)
                    .orElseThrow(() -> continueTooOld(options.next().get()));
        }
        @Nullable Long wanted = options.revision();
        if (wanted == null || (wanted <= current.revision() && !options.match().equals("Exact"))) {
            return current;
        }
        if (wanted > current.revision()) {
            throw tooLarge(wanted, current.revision());
        }
        return wanted == current.revision() ? current : pages.at(wanted).orElseThrow(() -> ApiError.expired(TOO_OLD));
    }

    /// Carries a token that goes on from the newest state.
    private static ApiError continueTooOld(Pages.Token token) {
        Status status = ApiError.expired(CONTINUE_TOO_OLD).status();
        status.getMetadata().setContinue(new Pages.Token(0, token.start()).text());
        return new ApiError(status);
    }

    private static ApiError tooLarge(long wanted, long current) {
        StatusDetails details = new StatusDetails();
        details.setRetryAfterSeconds(1);
        details.setCauses(List.of(new StatusCause(null, "Too large resource version", "ResourceVersionTooLarge")));
        return ApiError.of(
                504, "Timeout", "Timeout: Too large resource version: " + wanted + ", current: " + current, details);
    }
}
