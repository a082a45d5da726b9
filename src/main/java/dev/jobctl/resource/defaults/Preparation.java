package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Beans;
import dev.jobctl.resource.value.ClaimFinalizer;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.value.Timestamps;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceSpec;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the API server's strategies do to a defaulted object before it is validated: the fields that belong to the
/// server are set or restored, whatever the client sent.
public final class Preparation {
    private Preparation() {}

    /// Changes and returns a new, defaulted object whose name and namespace are set.
    public static <T extends HasMetadata> T forCreate(Kind kind, T object, String uid, Instant now) {
        ObjectMeta meta = object.getMetadata();
        meta.setUid(uid);
        meta.setCreationTimestamp(Timestamps.print(now));
        meta.setDeletionTimestamp(null);
        meta.setDeletionGracePeriodSeconds(null);
        meta.setSelfLink(null);
        meta.setResourceVersion(null);
        meta.setManagedFields(new ArrayList<>());
        meta.setGeneration(counted(object) ? 1L : null);
        switch (object) {
            case Job job -> newJob(job);
            case CronJob cronJob -> cronJob.setStatus(new CronJobStatus());
            case Pod pod -> newPod(pod);
            case Namespace namespace -> newNamespace(namespace);
            case ResourceQuota quota -> quota.setStatus(new ResourceQuotaStatus());
            case PodDisruptionBudget budget -> budget.setStatus(new PodDisruptionBudgetStatus());
            case Service service -> service.setStatus(new ServiceStatus());
            case PersistentVolumeClaim claim -> {
                protect(claim.getMetadata());
                ServiceDefaults.bind(claim);
            }
            default -> {}
        }
        return object;
    }

    /// As the admission plugin StorageObjectInUseProtection.
    private static void protect(ObjectMeta claim) {
        List<String> finalizers = new ArrayList<>(list(claim.getFinalizers()));
        if (!finalizers.contains(ClaimFinalizer.NAME)) {
            finalizers.add(ClaimFinalizer.NAME);
        }
        claim.setFinalizers(finalizers);
    }

    /// Changes and returns the new version of a stored object, which shares with the old one what it takes from there.
    ///
    /// @param old stored; not changed
    /// @param changed defaulted
    /// @param subresource null for the object itself, else such as `status`
    public static <T extends HasMetadata> T forUpdate(Kind kind, T old, T changed, @Nullable String subresource) {
        metadata(old.getMetadata(), changed.getMetadata());
        boolean status = "status".equals(subresource);
        switch (changed) {
            case Job job -> {
                Job before = (Job) old;
                if (status) {
                    job.setSpec(before.getSpec());
                } else {
                    job.setStatus(before.getStatus() == null ? new JobStatus() : before.getStatus());
                }
            }
            case CronJob cronJob -> {
                CronJob before = (CronJob) old;
                if (status) {
                    cronJob.setSpec(before.getSpec());
                } else {
                    cronJob.setStatus(before.getStatus() == null ? new CronJobStatus() : before.getStatus());
                }
            }
            case Pod pod -> changedPod((Pod) old, pod, status);
            case Namespace namespace -> changedNamespace((Namespace) old, namespace, subresource);
            case ResourceQuota quota -> changedQuota((ResourceQuota) old, quota, status);
            case PodDisruptionBudget budget -> changedBudget((PodDisruptionBudget) old, budget, status);
            case Service service -> {
                Service before = (Service) old;
                if (status) {
                    service.setSpec(before.getSpec());
                } else {
                    ServiceDefaults.keep(before.getSpec(), service.getSpec());
                    service.setStatus(before.getStatus());
                }
            }
            case PersistentVolumeClaim claim -> {
                PersistentVolumeClaim before = (PersistentVolumeClaim) old;
                if (status) {
                    claim.setSpec(before.getSpec());
                } else {
                    claim.setStatus(before.getStatus());
                }
            }
            case Node node -> {
                Node before = (Node) old;
                if (status) {
                    node.setSpec(before.getSpec());
                } else {
                    node.setStatus(before.getStatus());
                }
            }
            default -> {}
        }
        if (counted(changed) && !Beans.same(spec(old), spec(changed))) {
            @Nullable Long generation = old.getMetadata().getGeneration();
            changed.getMetadata().setGeneration(generation == null ? 1 : generation + 1);
        }
        return changed;
    }

    /// A client may leave out uid, namespace and generateName; if it writes another uid or namespace, validation names
    /// it. The rest is the server's and stays, whatever the client wrote.
    private static void metadata(ObjectMeta old, ObjectMeta changed) {
        if (Settled.blank(changed.getUid())) {
            changed.setUid(old.getUid());
        }
        if (Settled.blank(changed.getNamespace())) {
            changed.setNamespace(old.getNamespace());
        }
        if (Settled.blank(changed.getGenerateName())) {
            changed.setGenerateName(old.getGenerateName());
        }
        changed.setCreationTimestamp(old.getCreationTimestamp());
        changed.setDeletionTimestamp(old.getDeletionTimestamp());
        changed.setDeletionGracePeriodSeconds(old.getDeletionGracePeriodSeconds());
        changed.setGeneration(old.getGeneration());
        changed.setSelfLink(null);
        changed.setManagedFields(new ArrayList<>(list(old.getManagedFields())));
    }

    /// The kinds whose `metadata.generation` counts changes of their spec.
    private static boolean counted(HasMetadata object) {
        return object instanceof Job
                || object instanceof CronJob
                || object instanceof Pod
                || object instanceof PodDisruptionBudget
                || object instanceof PriorityClass;
    }

    /// Of a counted kind; null where it has none.
    private static @Nullable Object spec(HasMetadata object) {
        return switch (object) {
            case Job job -> job.getSpec();
            case CronJob cronJob -> cronJob.getSpec();
            case Pod pod -> pod.getSpec();
            case PodDisruptionBudget budget -> budget.getSpec();
            default -> null;
        };
    }

    private static void newJob(Job job) {
        job.setStatus(new JobStatus());
        JobDefaults.select(job);
        JobDefaults.labels(job);
    }

    private static void newPod(Pod pod) {
        if (pod.getSpec() == null) {
            pod.setStatus(new PodStatus());
            return;
        }
        PodAdmission.admit(pod);
        pod.setStatus(PodAdmission.firstStatus(pod.getSpec()));
    }

    private static void newNamespace(Namespace namespace) {
        NamespaceSpec spec = namespace.getSpec() == null ? new NamespaceSpec() : namespace.getSpec();
        if (!list(spec.getFinalizers()).contains("kubernetes")) {
            List<String> finalizers = new ArrayList<>(list(spec.getFinalizers()));
            finalizers.add("kubernetes");
            spec.setFinalizers(finalizers);
        }
        namespace.setSpec(spec);
        NamespaceStatus status = new NamespaceStatus();
        status.setPhase("Active");
        namespace.setStatus(status);
    }

    private static void changedPod(Pod old, Pod changed, boolean status) {
        if (status) {
            changed.setSpec(old.getSpec());
            changed.getMetadata().setOwnerReferences(old.getMetadata().getOwnerReferences());
            if (changed.getStatus() == null) {
                changed.setStatus(new PodStatus());
            }
            changed.getStatus().setQosClass(old.getStatus().getQosClass());
            keepGenerations(old.getStatus(), changed.getStatus());
        } else {
            changed.setStatus(old.getStatus() == null ? new PodStatus() : old.getStatus());
        }
    }

    /// Who leaves out which generation it has observed does not take away what is known.
    private static void keepGenerations(PodStatus old, PodStatus changed) {
        if (changed.getObservedGeneration() == null) {
            changed.setObservedGeneration(old.getObservedGeneration());
        }
        List<PodCondition> known = new ArrayList<>(list(old.getConditions()));
        for (PodCondition condition : list(changed.getConditions())) {
            @Nullable
            PodCondition before = known.stream()
                    .filter(each -> Objects.equals(each.getType(), condition.getType()))
                    .findFirst()
                    .orElse(null);
            known.remove(before);
            if (before != null && condition.getObservedGeneration() == null) {
                condition.setObservedGeneration(before.getObservedGeneration());
            }
        }
    }

    private static void changedQuota(ResourceQuota old, ResourceQuota changed, boolean status) {
        if (status) {
            changed.setSpec(old.getSpec());
        } else {
            changed.setStatus(old.getStatus() == null ? new ResourceQuotaStatus() : old.getStatus());
        }
    }

    private static void changedBudget(PodDisruptionBudget old, PodDisruptionBudget changed, boolean status) {
        if (status) {
            changed.setSpec(old.getSpec());
        } else {
            changed.setStatus(old.getStatus() == null ? new PodDisruptionBudgetStatus() : old.getStatus());
        }
    }

    /// `finalize` alone changes a namespace's own finalizers.
    private static void changedNamespace(Namespace old, Namespace changed, @Nullable String subresource) {
        if (!"finalize".equals(subresource)) {
            changed.setSpec(old.getSpec());
        }
        if (!"status".equals(subresource)) {
            changed.setStatus(old.getStatus());
        }
    }
}
