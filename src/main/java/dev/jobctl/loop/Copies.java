package dev.jobctl.loop;

import dev.jobctl.resource.value.Beans;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/// Shallow copies of stored API objects, to be changed in their outer layer and then stored anew. What stays the same
/// is shared with the old version, which is safe because stored objects never change: replace a list, never add to
/// it.
///
/// The five types of which every round makes thousands are copied field by field; a test holds these lists against the
/// model, so that a field which a newer model adds is never lost. All others go by reflection.
final class Copies {
    private Copies() {}

    /// A new object of the same class whose fields are those of `old`.
    @SuppressWarnings("unchecked") // each branch copies into the class that it took
    static <T> T shallow(T old) {
        return switch (old) {
            case ObjectMeta meta -> (T) meta(meta);
            case Pod pod -> (T) pod(pod);
            case Job job -> (T) job(job);
            case PodSpec spec -> (T) spec(spec);
            case PodStatus status -> (T) status(status);
            default -> Beans.shallow(old);
        };
    }

    private static Pod pod(Pod old) {
        Pod next = new Pod();
        next.setApiVersion(old.getApiVersion());
        next.setKind(old.getKind());
        next.setMetadata(old.getMetadata());
        next.setSpec(old.getSpec());
        next.setStatus(old.getStatus());
        next.setAdditionalProperties(old.getAdditionalProperties());
        return next;
    }

    private static Job job(Job old) {
        Job next = new Job();
        next.setApiVersion(old.getApiVersion());
        next.setKind(old.getKind());
        next.setMetadata(old.getMetadata());
        next.setSpec(old.getSpec());
        next.setStatus(old.getStatus());
        next.setAdditionalProperties(old.getAdditionalProperties());
        return next;
    }

    private static ObjectMeta meta(ObjectMeta old) {
        ObjectMeta next = new ObjectMeta();
        next.setAnnotations(old.getAnnotations());
        next.setCreationTimestamp(old.getCreationTimestamp());
        next.setDeletionGracePeriodSeconds(old.getDeletionGracePeriodSeconds());
        next.setDeletionTimestamp(old.getDeletionTimestamp());
        next.setFinalizers(old.getFinalizers());
        next.setGenerateName(old.getGenerateName());
        next.setGeneration(old.getGeneration());
        next.setLabels(old.getLabels());
        next.setManagedFields(old.getManagedFields());
        next.setName(old.getName());
        next.setNamespace(old.getNamespace());
        next.setOwnerReferences(old.getOwnerReferences());
        next.setResourceVersion(old.getResourceVersion());
        next.setSelfLink(old.getSelfLink());
        next.setUid(old.getUid());
        next.setAdditionalProperties(old.getAdditionalProperties());
        return next;
    }

    private static PodSpec spec(PodSpec old) {
        PodSpec next = new PodSpec();
        next.setActiveDeadlineSeconds(old.getActiveDeadlineSeconds());
        next.setAffinity(old.getAffinity());
        next.setAutomountServiceAccountToken(old.getAutomountServiceAccountToken());
        next.setContainers(old.getContainers());
        next.setDnsConfig(old.getDnsConfig());
        next.setDnsPolicy(old.getDnsPolicy());
        next.setEnableServiceLinks(old.getEnableServiceLinks());
        next.setEphemeralContainers(old.getEphemeralContainers());
        next.setHostAliases(old.getHostAliases());
        next.setHostIPC(old.getHostIPC());
        next.setHostNetwork(old.getHostNetwork());
        next.setHostPID(old.getHostPID());
        next.setHostUsers(old.getHostUsers());
        next.setHostname(old.getHostname());
        next.setHostnameOverride(old.getHostnameOverride());
        next.setImagePullSecrets(old.getImagePullSecrets());
        next.setInitContainers(old.getInitContainers());
        next.setNodeName(old.getNodeName());
        next.setNodeSelector(old.getNodeSelector());
        next.setOs(old.getOs());
        next.setOverhead(old.getOverhead());
        next.setPreemptionPolicy(old.getPreemptionPolicy());
        next.setPriority(old.getPriority());
        next.setPriorityClassName(old.getPriorityClassName());
        next.setReadinessGates(old.getReadinessGates());
        next.setResourceClaims(old.getResourceClaims());
        next.setResources(old.getResources());
        next.setRestartPolicy(old.getRestartPolicy());
        next.setRuntimeClassName(old.getRuntimeClassName());
        next.setSchedulerName(old.getSchedulerName());
        next.setSchedulingGates(old.getSchedulingGates());
        next.setSchedulingGroup(old.getSchedulingGroup());
        next.setSecurityContext(old.getSecurityContext());
        next.setServiceAccount(old.getServiceAccount());
        next.setServiceAccountName(old.getServiceAccountName());
        next.setSetHostnameAsFQDN(old.getSetHostnameAsFQDN());
        next.setShareProcessNamespace(old.getShareProcessNamespace());
        next.setSubdomain(old.getSubdomain());
        next.setTerminationGracePeriodSeconds(old.getTerminationGracePeriodSeconds());
        next.setTolerations(old.getTolerations());
        next.setTopologySpreadConstraints(old.getTopologySpreadConstraints());
        next.setVolumes(old.getVolumes());
        next.setAdditionalProperties(old.getAdditionalProperties());
        return next;
    }

    private static PodStatus status(PodStatus old) {
        PodStatus next = new PodStatus();
        next.setAllocatedResources(old.getAllocatedResources());
        next.setConditions(old.getConditions());
        next.setContainerStatuses(old.getContainerStatuses());
        next.setEphemeralContainerStatuses(old.getEphemeralContainerStatuses());
        next.setExtendedResourceClaimStatus(old.getExtendedResourceClaimStatus());
        next.setHostIP(old.getHostIP());
        next.setHostIPs(old.getHostIPs());
        next.setInitContainerStatuses(old.getInitContainerStatuses());
        next.setMessage(old.getMessage());
        next.setNodeAllocatableResourceClaimStatuses(old.getNodeAllocatableResourceClaimStatuses());
        next.setNominatedNodeName(old.getNominatedNodeName());
        next.setObservedGeneration(old.getObservedGeneration());
        next.setPhase(old.getPhase());
        next.setPodIP(old.getPodIP());
        next.setPodIPs(old.getPodIPs());
        next.setQosClass(old.getQosClass());
        next.setReason(old.getReason());
        next.setResize(old.getResize());
        next.setResourceClaimStatuses(old.getResourceClaimStatuses());
        next.setResources(old.getResources());
        next.setStartTime(old.getStartTime());
        next.setAdditionalProperties(old.getAdditionalProperties());
        return next;
    }
}
