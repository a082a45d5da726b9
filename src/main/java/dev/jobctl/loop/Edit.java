package dev.jobctl.loop;

import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;

/// The next version of an object, under way: the object and its metadata are copies, everything below is shared with
/// the old version until one of these replaces it.
final class Edit<T extends HasMetadata> {
    private final T next;

    private Edit(T old) {
        next = Copies.shallow(old);
        next.setMetadata(Copies.shallow(old.getMetadata()));
    }

    static Edit<HasMetadata> of(ObjectVersion version) {
        return new Edit<>(version.object());
    }

    static Edit<Pod> ofPod(ObjectVersion version) {
        return new Edit<>((Pod) version.object());
    }

    static Edit<Job> ofJob(ObjectVersion version) {
        return new Edit<>((Job) version.object());
    }

    static Edit<CronJob> ofCronJob(ObjectVersion version) {
        return new Edit<>((CronJob) version.object());
    }

    T object() {
        return next;
    }

    ObjectMeta meta() {
        return next.getMetadata();
    }

    Edit<T> withoutFinalizer(String finalizer) {
        meta().setFinalizers(without(meta().getFinalizers(), finalizer));
        return this;
    }

    Edit<T> withFinalizer(String finalizer) {
        if (!meta().getFinalizers().contains(finalizer)) {
            List<String> finalizers = new ArrayList<>(meta().getFinalizers());
            finalizers.add(finalizer);
            meta().setFinalizers(finalizers);
        }
        return this;
    }

    Edit<T> withoutOwner(String uid) {
        meta().setOwnerReferences(meta().getOwnerReferences().stream()
                .filter(owner -> !uid.equals(owner.getUid()))
                .toList());
        return this;
    }

    Edit<T> withOwner(OwnerReference owner) {
        List<OwnerReference> owners = new ArrayList<>(meta().getOwnerReferences());
        owners.add(owner);
        meta().setOwnerReferences(owners);
        return this;
    }

    Edit<T> withoutBlocking() {
        List<OwnerReference> owners = new ArrayList<>(meta().getOwnerReferences());
        owners.replaceAll(owner -> Boolean.TRUE.equals(owner.getBlockOwnerDeletion())
                ? new OwnerReferenceBuilder(owner).withBlockOwnerDeletion(false).build()
                : owner);
        meta().setOwnerReferences(owners);
        return this;
    }

    /// A generation that counts at all goes up: so the API tells that somebody wants the object gone.
    Edit<T> nextGeneration() {
        Long generation = meta().getGeneration();
        if (generation != null && generation > 0) {
            meta().setGeneration(generation + 1);
        }
        return this;
    }

    /// Of a namespace that is being deleted.
    static NamespaceStatus terminating(Namespace namespace) {
        NamespaceStatus status =
                namespace.getStatus() == null ? new NamespaceStatus() : Copies.shallow(namespace.getStatus());
        status.setPhase("Terminating");
        return status;
    }

    static PodSpec spec(Pod pod) {
        PodSpec spec = Copies.shallow(pod.getSpec());
        pod.setSpec(spec);
        return spec;
    }

    static PodStatus status(Pod pod) {
        PodStatus status = pod.getStatus() == null ? new PodStatus() : Copies.shallow(pod.getStatus());
        pod.setStatus(status);
        return status;
    }

    /// Replaces the condition of the same type in its place, or adds it at the end.
    static void put(PodStatus status, PodCondition condition) {
        List<PodCondition> conditions = new ArrayList<>(status.getConditions());
        for (int i = 0; i < conditions.size(); i++) {
            if (condition.getType().equals(conditions.get(i).getType())) {
                conditions.set(i, condition);
                status.setConditions(conditions);
                return;
            }
        }
        conditions.add(condition);
        status.setConditions(conditions);
    }

    private static List<String> without(List<String> values, String value) {
        List<String> others = new ArrayList<>(values);
        others.removeIf(value::equals);
        return List.copyOf(others);
    }
}
