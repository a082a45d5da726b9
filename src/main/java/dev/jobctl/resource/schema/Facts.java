package dev.jobctl.resource.schema;

import dev.jobctl.resource.schema.MergeRule.ListType;

/// What the model classes do not tell: the small hand-written table of list kinds, merge keys, times, bytes, required
/// fields and the names that Go gives to some plain types. Fields are written `Struct.field`.
final class Facts {
    private Facts() {}

    static MergeRule merge(String struct, String field) {
        return switch (struct + "." + field) {
            case "ObjectMeta.ownerReferences" -> MergeRule.by("uid");
            case "ObjectMeta.finalizers", "NodeSpec.podCIDRs" -> MergeRule.SET_MERGED;

            case "PodSpec.containers", "PodSpec.initContainers", "PodSpec.ephemeralContainers" -> MergeRule.by("name");
            case "PodSpec.imagePullSecrets", "PodSpec.schedulingGates" -> MergeRule.by("name");
            case "PodSpec.volumes", "PodSpec.resourceClaims" ->
                MergeRule.by("name").retaining();
            case "PodSpec.hostAliases", "PodStatus.podIPs" -> MergeRule.by("ip");
            case "PodSpec.topologySpreadConstraints" -> MergeRule.by("topologyKey", "whenUnsatisfiable");
            case "PodStatus.hostIPs" -> MergeRule.by("ip").typed(ListType.ATOMIC);
            case "PodStatus.resourceClaimStatuses" -> MergeRule.by("name").retaining();

            case "Container.env", "EphemeralContainer.env" -> MergeRule.by("name");
            case "Container.ports", "EphemeralContainer.ports" -> MergeRule.by("containerPort", "protocol");
            case "Container.volumeMounts", "EphemeralContainer.volumeMounts", "ContainerStatus.volumeMounts" ->
                MergeRule.by("mountPath");
            case "Container.volumeDevices", "EphemeralContainer.volumeDevices" -> MergeRule.by("devicePath");
            case "ContainerStatus.allocatedResourcesStatus" -> MergeRule.by("name");
            case "ResourceRequirements.claims" -> MergeRule.by("name").unmerged();
            case "ResourceStatus.resources" -> MergeRule.by("resourceID").unmerged();

            case "PodStatus.conditions",
                    "NodeStatus.conditions",
                    "NodeStatus.addresses",
                    "NamespaceStatus.conditions",
                    "PersistentVolumeClaimStatus.conditions",
                    "ServiceStatus.conditions" -> MergeRule.by("type");
            case "JobStatus.conditions" -> MergeRule.by("type").typed(ListType.ATOMIC);
            case "ServiceAccount.secrets" -> MergeRule.by("name");
            case "ServiceSpec.ports" -> MergeRule.by("port", "protocol");

            case "PodFailurePolicyOnExitCodesRequirement.values",
                    "UncountedTerminatedPods.succeeded",
                    "UncountedTerminatedPods.failed" -> MergeRule.SET;
            case "PodSpec.nodeSelector", "ServiceSpec.selector" -> MergeRule.ATOMIC;
            default -> MergeRule.NONE;
        };
    }

    /// Structs that server-side apply takes as one value.
    static boolean atomic(String struct) {
        return switch (struct) {
            case "LabelSelector",
                    "ConfigMapKeySelector",
                    "SecretKeySelector",
                    "ObjectFieldSelector",
                    "ResourceFieldSelector",
                    "NodeSelector",
                    "NodeSelectorTerm",
                    "ObjectReference",
                    "LocalObjectReference",
                    "SecretReference",
                    "OwnerReference",
                    "RoleRef",
                    "Subject",
                    "ScopeSelector",
                    "TypedLocalObjectReference" -> true;
            default -> false;
        };
    }

    /// Times that the model holds as plain text.
    static boolean time(String struct, String field) {
        return switch (field) {
            case "creationTimestamp",
                    "deletionTimestamp",
                    "firstTimestamp",
                    "lastTimestamp",
                    "lastProbeTime",
                    "lastTransitionTime",
                    "lastHeartbeatTime",
                    "lastScheduleTime",
                    "lastSuccessfulTime",
                    "completionTime",
                    "startTime",
                    "startedAt",
                    "finishedAt",
                    "timeAdded" -> true;
            case "time" -> struct.equals("ManagedFieldsEntry");
            default -> false;
        };
    }

    /// Base64 values that the model holds as plain text.
    static boolean bytes(String struct, String field) {
        return (struct.equals("Secret") && field.equals("data"))
                || (struct.equals("ConfigMap") && field.equals("binaryData"));
    }

    static boolean required(String struct, String field) {
        return switch (struct + "." + field) {
            case "RoleRef.apiGroup",
                    "RoleRef.kind",
                    "RoleRef.name",
                    "Subject.kind",
                    "Subject.name",
                    "PolicyRule.verbs",
                    "RoleBinding.roleRef",
                    "ClusterRoleBinding.roleRef",
                    "JobSpec.template",
                    "CronJobSpec.schedule",
                    "CronJobSpec.jobTemplate",
                    "PodSpec.containers",
                    "Container.name",
                    "EphemeralContainer.name",
                    "ContainerPort.containerPort",
                    "ContainerResizePolicy.resourceName",
                    "ContainerResizePolicy.restartPolicy",
                    "EnvVar.name",
                    "Volume.name",
                    "VolumeMount.name",
                    "VolumeMount.mountPath",
                    "VolumeDevice.name",
                    "VolumeDevice.devicePath",
                    "KeyToPath.key",
                    "KeyToPath.path",
                    "ConfigMapKeySelector.key",
                    "SecretKeySelector.key",
                    "ObjectFieldSelector.fieldPath",
                    "ResourceFieldSelector.resource",
                    "DownwardAPIVolumeFile.path",
                    "HostPathVolumeSource.path",
                    "PersistentVolumeClaimVolumeSource.claimName",
                    "ServiceAccountTokenProjection.path",
                    "HTTPGetAction.port",
                    "HTTPHeader.name",
                    "HTTPHeader.value",
                    "TCPSocketAction.port",
                    "GRPCAction.port",
                    "SleepAction.seconds",
                    "HostAlias.ip",
                    "HostIP.ip",
                    "PodIP.ip",
                    "Sysctl.name",
                    "Sysctl.value",
                    "PodOS.name",
                    "PodReadinessGate.conditionType",
                    "PodSchedulingGate.name",
                    "PodResourceClaim.name",
                    "ResourceClaim.name",
                    "PodAffinityTerm.topologyKey",
                    "WeightedPodAffinityTerm.podAffinityTerm",
                    "WeightedPodAffinityTerm.weight",
                    "PreferredSchedulingTerm.preference",
                    "PreferredSchedulingTerm.weight",
                    "NodeSelector.nodeSelectorTerms",
                    "NodeSelectorRequirement.key",
                    "NodeSelectorRequirement.operator",
                    "LabelSelectorRequirement.key",
                    "LabelSelectorRequirement.operator",
                    "TopologySpreadConstraint.maxSkew",
                    "TopologySpreadConstraint.topologyKey",
                    "TopologySpreadConstraint.whenUnsatisfiable",
                    "PodFailurePolicy.rules",
                    "PodFailurePolicyRule.action",
                    "PodFailurePolicyOnExitCodesRequirement.operator",
                    "PodFailurePolicyOnExitCodesRequirement.values",
                    "PodFailurePolicyOnPodConditionsPattern.type",
                    "PodFailurePolicyOnPodConditionsPattern.status",
                    "SuccessPolicy.rules",
                    "JobCondition.type",
                    "JobCondition.status",
                    "PodCondition.type",
                    "PodCondition.status",
                    "NodeCondition.type",
                    "NodeCondition.status",
                    "NamespaceCondition.type",
                    "NamespaceCondition.status",
                    "NodeAddress.type",
                    "NodeAddress.address",
                    "Taint.key",
                    "Taint.effect",
                    "ContainerStateTerminated.exitCode",
                    "ContainerStatus.name",
                    "ContainerStatus.ready",
                    "ContainerStatus.restartCount",
                    "ContainerStatus.image",
                    "ContainerStatus.imageID",
                    "OwnerReference.apiVersion",
                    "OwnerReference.kind",
                    "OwnerReference.name",
                    "OwnerReference.uid",
                    "Event.metadata",
                    "Event.involvedObject",
                    "ServicePort.port",
                    "LimitRangeSpec.limits",
                    "LimitRangeItem.type",
                    "ScopedResourceSelectorRequirement.scopeName",
                    "ScopedResourceSelectorRequirement.operator",
                    "PriorityClass.value",
                    "SeccompProfile.type",
                    "AppArmorProfile.type" -> true;
            default -> false;
        };
    }

    /// The named type in Go's message about a wrong value; for lists, of one item. Empty for none.
    static String goType(String struct, String field) {
        return switch (struct + "." + field) {
            case "PodSpec.restartPolicy" -> "v1.RestartPolicy";
            case "PodSpec.dnsPolicy" -> "v1.DNSPolicy";
            case "PodSpec.preemptionPolicy" -> "v1.PreemptionPolicy";
            case "JobSpec.completionMode" -> "v1.CompletionMode";
            case "JobSpec.podReplacementPolicy" -> "v1.PodReplacementPolicy";
            case "CronJobSpec.concurrencyPolicy" -> "v1.ConcurrencyPolicy";
            case "PodFailurePolicyRule.action" -> "v1.PodFailurePolicyAction";
            case "PodFailurePolicyOnExitCodesRequirement.operator" -> "v1.PodFailurePolicyOnExitCodesOperator";
            case "PodFailurePolicyOnPodConditionsPattern.type", "PodCondition.type", "PodReadinessGate.conditionType" ->
                "v1.PodConditionType";
            case "PodFailurePolicyOnPodConditionsPattern.status",
                    "PodCondition.status",
                    "JobCondition.status",
                    "NodeCondition.status",
                    "NamespaceCondition.status",
                    "Condition.status",
                    "PersistentVolumeClaimCondition.status" -> "v1.ConditionStatus";
            case "JobCondition.type" -> "v1.JobConditionType";
            case "NodeCondition.type" -> "v1.NodeConditionType";
            case "NamespaceCondition.type" -> "v1.NamespaceConditionType";
            case "NamespaceStatus.phase" -> "v1.NamespacePhase";
            case "NamespaceSpec.finalizers" -> "v1.FinalizerName";
            case "Container.imagePullPolicy", "EphemeralContainer.imagePullPolicy", "ImageVolumeSource.pullPolicy" ->
                "v1.PullPolicy";
            case "Container.restartPolicy", "EphemeralContainer.restartPolicy" -> "v1.ContainerRestartPolicy";
            case "Container.terminationMessagePolicy", "EphemeralContainer.terminationMessagePolicy" ->
                "v1.TerminationMessagePolicy";
            case "ContainerPort.protocol", "ServicePort.protocol", "PortStatus.protocol" -> "v1.Protocol";
            case "ContainerResizePolicy.resourceName", "ResourceStatus.name" -> "v1.ResourceName";
            case "ContainerResizePolicy.restartPolicy" -> "v1.ResourceResizeRestartPolicy";
            case "Capabilities.add", "Capabilities.drop" -> "v1.Capability";
            case "EmptyDirVolumeSource.medium" -> "v1.StorageMedium";
            case "HostPathVolumeSource.type" -> "v1.HostPathType";
            case "HTTPGetAction.scheme" -> "v1.URIScheme";
            case "LabelSelectorRequirement.operator" -> "v1.LabelSelectorOperator";
            case "NodeSelectorRequirement.operator" -> "v1.NodeSelectorOperator";
            case "NodeAddress.type" -> "v1.NodeAddressType";
            case "NodeStatus.phase" -> "v1.NodePhase";
            case "NodeStatus.volumesInUse", "AttachedVolume.name" -> "v1.UniqueVolumeName";
            case "PodStatus.phase" -> "v1.PodPhase";
            case "PodStatus.qosClass" -> "v1.PodQOSClass";
            case "PodOS.name" -> "v1.OSName";
            case "PodSecurityContext.fsGroupChangePolicy" -> "v1.PodFSGroupChangePolicy";
            case "PodSecurityContext.seLinuxChangePolicy" -> "v1.PodSELinuxChangePolicy";
            case "PodSecurityContext.supplementalGroupsPolicy" -> "v1.SupplementalGroupsPolicy";
            case "SeccompProfile.type" -> "v1.SeccompProfileType";
            case "AppArmorProfile.type" -> "v1.AppArmorProfileType";
            case "SecurityContext.procMount" -> "v1.ProcMountType";
            case "Secret.type" -> "v1.SecretType";
            case "Taint.effect", "Toleration.effect" -> "v1.TaintEffect";
            case "Toleration.operator" -> "v1.TolerationOperator";
            case "TopologySpreadConstraint.whenUnsatisfiable" -> "v1.UnsatisfiableConstraintAction";
            case "TopologySpreadConstraint.nodeAffinityPolicy", "TopologySpreadConstraint.nodeTaintsPolicy" ->
                "v1.NodeInclusionPolicy";
            case "VolumeMount.mountPropagation" -> "v1.MountPropagationMode";
            case "VolumeMount.recursiveReadOnly", "VolumeMountStatus.recursiveReadOnly" -> "v1.RecursiveReadOnlyMode";
            case "ManagedFieldsEntry.operation" -> "v1.ManagedFieldsOperationType";
            case "ObjectMeta.uid",
                    "OwnerReference.uid",
                    "ObjectReference.uid",
                    "Preconditions.uid",
                    "ConfigMapNodeConfigSource.uid" -> "types.UID";
            case "AzureDiskVolumeSource.cachingMode" -> "v1.AzureDataDiskCachingMode";
            case "AzureDiskVolumeSource.kind" -> "v1.AzureDataDiskKind";
            case "PersistentVolumeClaimSpec.accessModes" -> "v1.PersistentVolumeAccessMode";
            case "PersistentVolumeClaimSpec.volumeMode" -> "v1.PersistentVolumeMode";
            case "PodStatus.resize" -> "v1.PodResizeStatus";
            case "ResourceHealth.health" -> "v1.ResourceHealthStatus";
            case "ResourceHealth.resourceID" -> "v1.ResourceID";
            case "UncountedTerminatedPods.succeeded", "UncountedTerminatedPods.failed" -> "types.UID";
            case "ServiceSpec.type" -> "v1.ServiceType";
            case "ServiceSpec.externalTrafficPolicy" -> "v1.ServiceExternalTrafficPolicy";
            case "ServiceSpec.internalTrafficPolicy" -> "v1.ServiceInternalTrafficPolicy";
            case "ServiceSpec.ipFamilies" -> "v1.IPFamily";
            case "ServiceSpec.ipFamilyPolicy" -> "v1.IPFamilyPolicy";
            case "ServiceSpec.sessionAffinity" -> "v1.ServiceAffinity";
            case "LoadBalancerIngress.ipMode" -> "v1.LoadBalancerIPMode";
            case "ModifyVolumeStatus.status" -> "v1.PersistentVolumeClaimModifyVolumeStatus";
            case "PersistentVolumeClaimCondition.type" -> "v1.PersistentVolumeClaimConditionType";
            case "PersistentVolumeClaimStatus.phase" -> "v1.PersistentVolumeClaimPhase";
            case "PersistentVolumeClaimStatus.accessModes" -> "v1.PersistentVolumeAccessMode";
            case "PersistentVolumeClaimStatus.allocatedResourceStatuses" ->
                "map[v1.ResourceName]v1.ClaimResourceStatus";
            case "ResourceQuotaSpec.scopes", "ScopedResourceSelectorRequirement.scopeName" -> "v1.ResourceQuotaScope";
            case "ScopedResourceSelectorRequirement.operator" -> "v1.ScopeSelectorOperator";
            case "LimitRangeItem.type" -> "v1.LimitType";
            case "PriorityClass.preemptionPolicy" -> "v1.PreemptionPolicy";
            case "LimitRangeItem.max",
                    "PersistentVolumeClaimStatus.allocatedResources",
                    "PersistentVolumeClaimStatus.capacity",
                    "LimitRangeItem.min",
                    "LimitRangeItem.default",
                    "LimitRangeItem.defaultRequest",
                    "LimitRangeItem.maxLimitRequestRatio",
                    "ResourceQuotaStatus.hard",
                    "ResourceQuotaStatus.used",
                    "ResourceRequirements.limits",
                    "ResourceRequirements.requests",
                    "VolumeResourceRequirements.limits",
                    "VolumeResourceRequirements.requests",
                    "PodSpec.overhead",
                    "NodeStatus.capacity",
                    "NodeStatus.allocatable",
                    "ResourceQuotaSpec.hard",
                    "ContainerStatus.allocatedResources" -> "v1.ResourceList";
            default -> "";
        };
    }
}
