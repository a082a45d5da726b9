package dev.jobctl.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.apiserver.access.Access;
import dev.jobctl.apiserver.access.Deed;
import dev.jobctl.apiserver.access.Escalation;
import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.value.Write;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Create and replace, and the common end of everything that changes an object: rules, write, answer.
final class Writing {
    /// A generated name that is taken is drawn anew; eight takings in a row are no accident.
    private static final int MAX_NAMES = 8;
    /// How often a change that named no version is tried on the newest one.
    private static final int MAX_TRIES = 16;

    /// Kinds that a PUT creates where there is nothing to replace, as in a cluster.
    private static final Set<Kind> MADE_BY_REPLACE = Set.of(
            Kinds.LEASE,
            Kinds.EVENT,
            Kinds.ENDPOINTS,
            Kinds.SERVICE,
            Kinds.LIMIT_RANGE,
            Kinds.ROLE,
            Kinds.ROLE_BINDING,
            Kinds.CLUSTER_ROLE,
            Kinds.CLUSTER_ROLE_BINDING);

    /// Kinds of which nobody replaces what it has not read: two who lead by a Lease would not notice each other.
    private static final Set<Kind> READ_FIRST = Set.of(Kinds.LEASE, Kinds.POD_DISRUPTION_BUDGET);

    private final ApiBackend backend;
    private final Commits commits;
    private final Bodies bodies;
    private final Accounting accounting;
    private final Time time;
    private final Luck luck;

    Writing(ApiBackend backend, Commits commits, Bodies bodies, Accounting accounting, Time time, Luck luck) {
        this.backend = backend;
        this.commits = commits;
        this.bodies = bodies;
        this.accounting = accounting;
        this.time = time;
        this.luck = luck;
    }

    /// A version that is to be, and who owns its fields.
    ///
    /// @param owners null: to be found out by the difference
    record Next(HasMetadata object, @Nullable List<ManagedFieldsEntry> owners) {
        static Next unaccounted(HasMetadata object) {
            return new Next(object, null);
        }
    }

    ApiResponse create(Call call, Target target) {
        Bodies.Sent sent = bodies.created(call, target.kind(), "CreateOptions");
        return create(call, target, sent, null, "CreateOptions");
    }

    /// Throws [ApiError] 500 when the object names a version.
    ///
    /// @param owners of the object's fields; null: the writer owns them all
    ApiResponse create(
            Call call, Target target, Bodies.Sent body, @Nullable List<ManagedFieldsEntry> owners, String options) {
        HasMetadata sent = body.object();
        Kind kind = target.kind();
        boolean dryRun = call.dryRun(options);
        Form form = Form.of(call);
        place(sent, target);
        boolean versioned = !unversioned(sent.getMetadata().getResourceVersion());
        boolean generated =
                blank(sent.getMetadata().getName()) && !blank(sent.getMetadata().getGenerateName());
        for (int tries = 0; tries < MAX_NAMES; tries++) {
            HasMetadata object = generated ? Json.copy(sent) : sent;
            if (generated) {
                object.getMetadata().setName(Names.generate(object.getMetadata().getGenerateName(), luck.nextLong()));
            }
            Defaults.apply(kind, object);
            if (body.template() != null && object instanceof Job job) {
                job.getSpec().getTemplate().setSpec(body.template());
            }
            List<ManagedFieldsEntry> known =
                    owners == null ? accounting.created(call, kind, body.tree(), object, options) : owners;
            Rules.forCreate(
                    call, kind, object, backend.snapshot(), luck.uuid().toString(), time.now(), body.template());
            if (body.template() == null && owners == null) { // else the tree is not what was sent
                bodies.templates().remember(call, kind, body.tree(), object);
            }
            checkGrant(call, target, null, object);
            object.getMetadata().setManagedFields(known);
            if (versioned && !dryRun) { // the real server's store says so, when all else is in order
                throw ApiError.unsuited("resourceVersion should not be set on objects to be created");
            }
            ObjectKey key = key(kind, object);
            Outcome outcome = commits.submit(dryRun ? new Write.TryCreate(key, object) : new Write.Create(key, object));
            switch (outcome) {
                case Outcome.Stored(ObjectVersion version) -> {
                    return Replies.json(call, 201, new Encoder(form, time.now()).one(version));
                }
                case Outcome.Refused(var status) -> throw new ApiError(status);
                case Outcome.Exists exists -> {
                    if (!generated) {
                        throw ApiError.exists(kind, object.getMetadata().getName());
                    }
                }
                case Outcome.Removed removed -> throw unexpected(outcome);
                case Outcome.Missing missing -> throw unexpected(outcome);
                case Outcome.Conflict conflict -> throw unexpected(outcome);
            }
        }
        throw ApiError.exists(kind, sent.getMetadata().getGenerateName());
    }

    ApiResponse replace(Call call, Target target) {
        Bodies.Sent body = bodies.sent(call, target.kind(), "UpdateOptions");
        HasMetadata sent = body.object();
        ObjectMeta meta = sent.getMetadata();
        if (blank(meta.getName())) {
            throw ApiError.badRequest("the name of the object (" + target.name()
                    + " based on URL) was undeterminable: name must be provided");
        }
        if (!meta.getName().equals(target.name())) {
            throw ApiError.badRequest("the name of the object (" + meta.getName()
                    + ") does not match the name on the URL (" + target.name() + ")");
        }
        place(sent, target);
        boolean missing = backend.snapshot().get(target.key().path()) == null;
        if (missing && target.subresource().isEmpty() && MADE_BY_REPLACE.contains(target.kind())) {
            return createInstead(call, target, body);
        }
        return update(call, target, "UpdateOptions", current -> {
            checkRead(target, meta.getResourceVersion());
            return Next.unaccounted(Json.copy(sent));
        });
    }

    /// The real server puts the resource's name where the kind belongs.
    private static void checkRead(Target target, @Nullable String revision) {
        Kind kind = target.kind();
        if (READ_FIRST.contains(kind) && unversioned(revision)) {
            FieldError error = new FieldError(
                    "metadata.resourceVersion", FieldError.Type.Invalid, "0", "must be specified for an update");
            throw ApiError.invalid(kind.group(), kind.plural(), target.name(), List.of(error));
        }
    }

    /// What a PUT makes that finds nothing to replace. Who may not create may not do so this way.
    private ApiResponse createInstead(Call call, Target target, Bodies.Sent sent) {
        String uid = sent.object().getMetadata().getUid();
        if (!blank(uid)) {
            throw ApiError.conflict(
                    target.kind(),
                    target.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: ");
        }
        Deed deed = new Deed(
                "create", target.kind().group(), target.kind().plural(), "", target.namespace(), target.name(), "");
        Access.Verdict verdict = Access.decide(backend.snapshot(), call.who(), deed);
        if (!verdict.allowed()) {
            throw ApiError.forbidden(deed, call.who().user(), verdict.reason());
        }
        sent.object().getMetadata().setResourceVersion(null);
        return create(call, target, sent, null, "UpdateOptions");
    }

    /// Makes a new version out of the current one and stores it; on a version that has meanwhile become old it tries
    /// anew, unless the new version itself names another resourceVersion.
    ApiResponse update(Call call, Target target, String options, Function<ObjectVersion, Next> change) {
        boolean dryRun = call.dryRun(options);
        Form form = Form.of(call);
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            ObjectVersion current = Reading.existing(backend.snapshot(), target);
            Next wanted = change.apply(current);
            HasMetadata next = wanted.object();
            checkIdentity(target, current, next);
            List<ManagedFieldsEntry> sent = Settled.list(next.getMetadata().getManagedFields());
            next = Rules.forUpdate(call, target, current.object(), next, backend.snapshot());
            checkGrant(call, target, current.object(), next);
            next.getMetadata().setResourceVersion(Long.toString(current.revision()));
            JsonNode before = Json.tree(current.json());
            @Nullable List<ManagedFieldsEntry> owners = wanted.owners();
            if (owners == null) {
                owners = accounting.updated(call, target, before, Json.tree((Object) next), sent, options);
            }
            if (owners != null) {
                next.getMetadata().setManagedFields(owners);
            }
            @Nullable ObjectVersion stored = stored(target, current, before, next, dryRun);
            if (stored != null) {
                return Replies.json(call, 200, new Encoder(form, time.now()).one(stored));
            }
        }
        throw ApiError.stale(target.kind(), target.name());
    }

    /// Null when another version came first.
    private @Nullable ObjectVersion stored(
            Target target, ObjectVersion current, JsonNode before, HasMetadata next, boolean dryRun) {
        byte[] after = Json.write(next);
        if (before.equals(Json.tree(after))) {
            return current;
        }
        if (dryRun) {
            return ObjectVersion.read(target.kind(), current.revision(), after);
        }
        Outcome outcome = commits.submit(new Write.Update(target.key(), current.revision(), next));
        return switch (outcome) {
            case Outcome.Stored(ObjectVersion version) -> version;
            case Outcome.Removed(ObjectVersion last) -> last;
            case Outcome.Missing missing -> throw ApiError.notFound(target.kind(), target.name());
            case Outcome.Conflict conflict -> null;
            case Outcome.Refused(var refusal) -> throw new ApiError(refusal);
            case Outcome.Exists exists -> throw unexpected(outcome);
        };
    }

    /// Nobody may give what it does not have.
    private void checkGrant(Call call, Target target, @Nullable HasMetadata old, HasMetadata next) {
        switch (Escalation.check(backend.snapshot(), call.who(), old, next)) {
            case Escalation.Finding.Fine fine -> {}
            case Escalation.Finding.Refused(String why) ->
                throw ApiError.forbidden(target.kind(), next.getMetadata().getName(), why);
            case Escalation.Finding.NoRole(Kind kind, String name) -> throw ApiError.notFound(kind, name);
        }
    }

    private static void checkIdentity(Target target, ObjectVersion current, HasMetadata next) {
        String revision = next.getMetadata().getResourceVersion();
        if (!unversioned(revision) && !revision.equals(Long.toString(current.revision()))) {
            throw ApiError.stale(target.kind(), target.name());
        }
        String uid = next.getMetadata().getUid();
        String known = current.object().getMetadata().getUid();
        if (!blank(uid) && !uid.equals(known)) {
            throw ApiError.conflict(
                    target.kind(),
                    target.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + known);
        }
    }

    /// Puts the object into the namespace of the path; one that names another place is refused.
    private static void place(HasMetadata object, Target target) {
        ObjectMeta meta = object.getMetadata();
        if (target.kind().namespaced()) {
            if (!blank(meta.getNamespace()) && !meta.getNamespace().equals(target.namespace())) {
                throw ApiError.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            meta.setNamespace(target.namespace());
        } else if (!blank(meta.getNamespace())) {
            throw ApiError.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    private static ObjectKey key(Kind kind, HasMetadata object) {
        return ObjectKey.of(kind, object);
    }

    private static ApiError unexpected(Outcome outcome) {
        return ApiError.internal("unexpected outcome " + outcome.getClass().getSimpleName());
    }

    /// Such a `resourceVersion` means none.
    private static boolean unversioned(@Nullable String revision) {
        return blank(revision) || "0".equals(revision);
    }

    static boolean blank(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
