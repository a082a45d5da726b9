package dev.jobctl.apiserver;

import dev.jobctl.resource.validation.Warnings;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Delete and deletecollection, with the options of body or query.
final class Deleting {
    /// Namespaces that every cluster has.
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");
    /// Deletions of one request that are under way at once.
    private static final int MAX_AT_ONCE = 256;

    private final ApiBackend backend;
    private final Commits commits;
    private final Bodies bodies;
    private final Reading reading;
    private final Time time;

    Deleting(ApiBackend backend, Commits commits, Bodies bodies, Reading reading, Time time) {
        this.backend = backend;
        this.commits = commits;
        this.bodies = bodies;
        this.reading = reading;
        this.time = time;
    }

    ApiResponse delete(Call call, Target target) {
        Form form = Form.of(call);
        Options options = options(call, target.kind());
        ObjectVersion found = Reading.existing(backend.snapshot(), target);
        if (target.kind().equals(Kinds.NAMESPACE) && IMMORTAL.contains(target.name())) {
            throw ApiError.forbidden(target.kind(), target.name(), "this namespace may not be deleted");
        }
        Outcome outcome = options.dryRun()
                ? tryOut(found, options.deletion())
                : commits.submit(new Write.Delete(target.key(), options.deletion()));
        return answer(call, target, options, outcome, form);
    }

    /// What a client said about a deletion.
    private record Options(Deletion deletion, boolean dryRun) {}

    private ApiResponse answer(Call call, Target target, Options options, Outcome outcome, Form form) {
        return switch (outcome) {
            case Outcome.Stored(ObjectVersion version) -> object(call, form, version);
            case Outcome.Removed(ObjectVersion last) ->
                Kinds.returnedWhenDeleted(target.kind()) ? object(call, form, last) : success(call, target, last);
            case Outcome.Missing missing -> throw ApiError.notFound(target.kind(), target.name());
            case Outcome.Conflict(ObjectVersion other) -> throw conflict(target, options.deletion(), other);
            case Outcome.Refused(Status status) -> throw new ApiError(status);
            case Outcome.Exists exists -> throw ApiError.internal("unexpected outcome of a deletion");
        };
    }

    ApiResponse deleteCollection(Call call, Target target) {
        Form form = Form.of(call);
        Selection selection = Selection.of(call, target);
        Options options = options(call, target.kind());
        List<ObjectVersion> selected = reading.selected(target, selection);
        long revision = backend.snapshot().revision();
        for (int from = 0; from < selected.size() && !options.dryRun(); from += MAX_AT_ONCE) {
            List<CompletableFuture<Outcome>> running = new ArrayList<>();
            for (ObjectVersion each : selected.subList(from, Math.min(selected.size(), from + MAX_AT_ONCE))) {
                running.add(backend.submit(new Write.Delete(each.key(), options.deletion())));
            }
            for (CompletableFuture<Outcome> each : running) {
                if (commits.await(each) instanceof Outcome.Refused(Status status)) {
                    throw new ApiError(status);
                }
            }
        }
        Encoder encoder = new Encoder(form, time.now());
        return Replies.json(call, 200, encoder.list(target.kind(), selected, new Encoder.Page(revision, null, null)));
    }

    /// Deletes a pod on behalf of an eviction, unless its disruption budget stands against it.
    ApiResponse evict(Call call, Target pod, @Nullable DeleteOptions sent, boolean dryRun) {
        DeleteOptions wish = sent == null ? new DeleteOptions() : sent;
        Options options = new Options(deletion(pod.kind(), pod.name(), wish), dryRun || dryRun(wish));
        Write write = options.dryRun()
                ? new Write.TryEvict(pod.key(), options.deletion())
                : new Write.Evict(pod.key(), options.deletion());
        answer(call, pod, options, commits.submit(write), Form.plain(call));
        return Replies.json(call, 201, Json.write(successStatus()));
    }

    /// The body, or where there is none the query.
    private Options options(Call call, Kind kind) {
        DeleteOptions sent;
        if (call.request().body().length > 0) {
            sent = bodies.other(call, DeleteOptions.class);
        } else {
            sent = new DeleteOptions();
            sent.setGracePeriodSeconds(call.number("gracePeriodSeconds"));
            sent.setPropagationPolicy(call.text("propagationPolicy").orElse(null));
            sent.setOrphanDependents(call.text("orphanDependents").isPresent() ? call.flag("orphanDependents") : null);
        }
        boolean dryRun = dryRun(sent) || call.dryRun("DeleteOptions");
        if (kind.equals(Kinds.JOB) && sent.getPropagationPolicy() == null && sent.getOrphanDependents() == null) {
            call.warn(Warnings.deleteWithoutPolicy());
        }
        return new Options(deletion(kind, "", sent), dryRun);
    }

    private static boolean dryRun(DeleteOptions sent) {
        List<String> dry = sent.getDryRun() == null ? List.of() : sent.getDryRun();
        for (String value : dry) {
            if (!value.equals("All")) {
                throw ApiError.invalidOptions("DeleteOptions", Call.dryRunError(value));
            }
        }
        return dry.contains("All");
    }

    private static Deletion deletion(Kind kind, String name, DeleteOptions sent) {
        @Nullable Preconditions conditions = sent.getPreconditions();
        @Nullable String revision = conditions == null ? null : conditions.getResourceVersion();
        @Nullable Long grace = sent.getGracePeriodSeconds();
        return new Deletion(
                grace == null ? null : grace < 0 ? Long.valueOf(1) : grace,
                propagation(sent),
                conditions == null ? null : conditions.getUid(),
                revision == null || revision.isEmpty() ? null : revision(kind, name, revision));
    }

    private static Long revision(Kind kind, String name, String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw ApiError.conflict(kind, name, "Precondition failed: ResourceVersion in precondition: " + text);
        }
    }

    private static Deletion.@Nullable Propagation propagation(DeleteOptions sent) {
        @Nullable String policy = sent.getPropagationPolicy();
        @Nullable Boolean orphan = sent.getOrphanDependents();
        if (policy != null && orphan != null) {
            throw ApiError.invalidOptions(
                    "DeleteOptions",
                    new FieldError(
                            "propagationPolicy",
                            FieldError.Type.Invalid,
                            "\"" + policy + "\"",
                            "orphanDependents and deletionPropagation cannot be both set"));
        }
        if (orphan != null) {
            return orphan ? Deletion.Propagation.Orphan : Deletion.Propagation.Background;
        }
        if (policy == null) {
            return null;
        }
        for (Deletion.Propagation each : Deletion.Propagation.values()) {
            if (each.name().equals(policy)) {
                return each;
            }
        }
        throw ApiError.invalidOptions(
                "DeleteOptions",
                new FieldError(
                        "propagationPolicy",
                        FieldError.Type.NotSupported,
                        "\"" + policy + "\"",
                        "supported values: \"Background\", \"Foreground\", \"Orphan\", \"nil\""));
    }

    private static Outcome tryOut(ObjectVersion found, Deletion deletion) {
        boolean sameUid = deletion.uid() == null
                || deletion.uid().equals(found.object().getMetadata().getUid());
        boolean sameRevision = deletion.revision() == null || deletion.revision() == found.revision();
        return sameUid && sameRevision ? new Outcome.Removed(found) : new Outcome.Conflict(found);
    }

    private static ApiError conflict(Target target, Deletion deletion, ObjectVersion found) {
        String uid = found.object().getMetadata().getUid();
        boolean otherUid = deletion.uid() != null && !deletion.uid().equals(uid);
        String why = otherUid
                ? "Precondition failed: UID in precondition: " + deletion.uid() + ", UID in object meta: " + uid
                : "Precondition failed: ResourceVersion in precondition: " + deletion.revision()
                        + ", ResourceVersion in object meta: " + found.revision();
        return ApiError.conflict(target.kind(), target.name(), why);
    }

    private ApiResponse object(Call call, Form form, ObjectVersion version) {
        return Replies.json(call, 200, new Encoder(form, time.now()).one(version));
    }

    private static ApiResponse success(Call call, Target target, ObjectVersion last) {
        Status status = successStatus();
        StatusDetails details = ApiError.details(target.kind(), target.name());
        details.setUid(last.object().getMetadata().getUid());
        status.setDetails(details);
        byte[] body = Json.write(status);
        return Replies.json(call, 200, Form.pretty(call) ? Encoder.pretty(body) : body);
    }

    static Status successStatus() {
        Status status = new Status();
        status.setMetadata(new ListMeta());
        status.setStatus("Success");
        return status;
    }
}
