package dev.jobctl.resource.validation;

import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Kind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the API may take an object in. All complaints at once, in the API's order; none means yes. Objects come
/// defaulted and prepared.
public final class Validation {
    private Validation() {}

    public static List<FieldError> create(Kind kind, HasMetadata object) {
        return create(kind, object, null);
    }

    /// The same of a Job of whose template's pod spec it is known that nothing is wrong with it.
    public static List<FieldError> create(Kind kind, HasMetadata object, @Nullable PodSpec sound) {
        Complaints complaints = new Complaints(sound);
        MetaValidation.check(kind, object, complaints);
        content(object, complaints);
        if (object instanceof CronJob cronJob) {
            CronJobValidation.create(cronJob, complaints);
        }
        return complaints.list();
    }

    /// A change of the object itself, not of a subresource.
    public static List<FieldError> update(Kind kind, HasMetadata old, HasMetadata changed) {
        Complaints complaints = new Complaints();
        if (changed instanceof Pod pod) {
            MetaValidation.change(old, changed, complaints);
            MetaValidation.parts(changed, complaints);
            PodUpdateValidation.check((Pod) old, pod, complaints);
            return complaints.list();
        }
        MetaValidation.check(kind, changed, complaints);
        content(changed, complaints);
        MetaValidation.change(old, changed, complaints);
        switch (changed) {
            case Job job -> JobUpdateValidation.check((Job) old, job, complaints);
            case CronJob cronJob -> CronJobValidation.update((CronJob) old, cronJob, complaints);
            case ConfigMap configMap -> OtherValidation.change((ConfigMap) old, configMap, complaints);
            case Secret secret -> OtherValidation.change((Secret) old, secret, complaints);
            case Node node -> OtherValidation.change((Node) old, node, complaints);
            case ResourceQuota quota -> QuotaValidation.change((ResourceQuota) old, quota, complaints);
            case Service service -> ServiceValidation.change((Service) old, service, complaints);
            case PersistentVolumeClaim claim ->
                ServiceValidation.change((PersistentVolumeClaim) old, claim, complaints);
            case PriorityClass priority -> PriorityClassValidation.change((PriorityClass) old, priority, complaints);
            case RoleBinding binding ->
                AccessValidation.change(((RoleBinding) old).getRoleRef(), binding.getRoleRef(), complaints);
            case ClusterRoleBinding binding ->
                AccessValidation.change(((ClusterRoleBinding) old).getRoleRef(), binding.getRoleRef(), complaints);
            default -> {}
        }
        return complaints.list();
    }

    /// A change through the `status` subresource.
    public static List<FieldError> status(Kind kind, HasMetadata old, HasMetadata changed) {
        Complaints complaints = new Complaints();
        MetaValidation.change(old, changed, complaints);
        MetaValidation.parts(changed, complaints);
        switch (changed) {
            case Job job -> JobStatusValidation.check((Job) old, job, complaints);
            case Pod pod -> PodUpdateValidation.status((Pod) old, pod, complaints);
            default -> {}
        }
        return complaints.list();
    }

    private static void content(HasMetadata object, Complaints complaints) {
        switch (object) {
            case Job job -> JobValidation.check(job, complaints);
            case Pod pod -> PodValidation.check(pod, complaints);
            case ConfigMap configMap -> OtherValidation.check(configMap, complaints);
            case Secret secret -> OtherValidation.check(secret, complaints);
            case Node node -> OtherValidation.check(node, complaints);
            case Event event -> OtherValidation.check(event, complaints);
            case Lease lease -> OtherValidation.check(lease, complaints);
            case ResourceQuota quota -> QuotaValidation.check(quota, complaints);
            case LimitRange limits -> LimitRangeValidation.check(limits, complaints);
            case PriorityClass priority -> PriorityClassValidation.check(priority, complaints);
            case PodDisruptionBudget budget -> BudgetValidation.check(budget, complaints);
            case Service service -> ServiceValidation.check(service, complaints);
            case PersistentVolumeClaim claim -> ServiceValidation.check(claim, complaints);
            case Role role -> AccessValidation.rules(role.getRules(), true, complaints);
            case ClusterRole role -> AccessValidation.check(role, complaints);
            case RoleBinding binding ->
                AccessValidation.binding(binding.getRoleRef(), binding.getSubjects(), true, complaints);
            case ClusterRoleBinding binding ->
                AccessValidation.binding(binding.getRoleRef(), binding.getSubjects(), false, complaints);
            case Namespace _ -> {}
            default -> {}
        }
    }
}
