package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.io.IOException;

/// Statuses of pods field by field; what few pods have goes by reflection. See [Fields].
final class PodStatusFields {
    private static final SerializableString ALLOCATED_RESOURCES_STATUS =
            new SerializedString("allocatedResourcesStatus");
    private static final SerializableString ALLOCATED_RESOURCES = new SerializedString("allocatedResources");
    private static final SerializableString CONDITIONS = new SerializedString("conditions");
    private static final SerializableString CONTAINER_ID = new SerializedString("containerID");
    private static final SerializableString CONTAINER_STATUSES = new SerializedString("containerStatuses");
    private static final SerializableString EPHEMERAL_CONTAINER_STATUSES =
            new SerializedString("ephemeralContainerStatuses");
    private static final SerializableString EXIT_CODE = new SerializedString("exitCode");
    private static final SerializableString EXTENDED_RESOURCE_CLAIM_STATUS =
            new SerializedString("extendedResourceClaimStatus");
    private static final SerializableString FINISHED_AT = new SerializedString("finishedAt");
    private static final SerializableString HOST_IPS = new SerializedString("hostIPs");
    private static final SerializableString HOST_IP = new SerializedString("hostIP");
    private static final SerializableString IMAGE_ID = new SerializedString("imageID");
    private static final SerializableString IMAGE = new SerializedString("image");
    private static final SerializableString INIT_CONTAINER_STATUSES = new SerializedString("initContainerStatuses");
    private static final SerializableString IP = new SerializedString("ip");
    private static final SerializableString LAST_PROBE_TIME = new SerializedString("lastProbeTime");
    private static final SerializableString LAST_STATE = new SerializedString("lastState");
    private static final SerializableString LAST_TRANSITION_TIME = new SerializedString("lastTransitionTime");
    private static final SerializableString MESSAGE = new SerializedString("message");
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString NODE_ALLOCATABLE_RESOURCE_CLAIM_STATUSES =
            new SerializedString("nodeAllocatableResourceClaimStatuses");
    private static final SerializableString NOMINATED_NODE_NAME = new SerializedString("nominatedNodeName");
    private static final SerializableString OBSERVED_GENERATION = new SerializedString("observedGeneration");
    private static final SerializableString PHASE = new SerializedString("phase");
    private static final SerializableString POD_IPS = new SerializedString("podIPs");
    private static final SerializableString POD_IP = new SerializedString("podIP");
    private static final SerializableString QOS_CLASS = new SerializedString("qosClass");
    private static final SerializableString READY = new SerializedString("ready");
    private static final SerializableString REASON = new SerializedString("reason");
    private static final SerializableString RESIZE = new SerializedString("resize");
    private static final SerializableString RESOURCES = new SerializedString("resources");
    private static final SerializableString RESOURCE_CLAIM_STATUSES = new SerializedString("resourceClaimStatuses");
    private static final SerializableString RESTART_COUNT = new SerializedString("restartCount");
    private static final SerializableString RUNNING = new SerializedString("running");
    private static final SerializableString SIGNAL = new SerializedString("signal");
    private static final SerializableString STARTED_AT = new SerializedString("startedAt");
    private static final SerializableString STARTED = new SerializedString("started");
    private static final SerializableString START_TIME = new SerializedString("startTime");
    private static final SerializableString STATE = new SerializedString("state");
    private static final SerializableString STATUS = new SerializedString("status");
    private static final SerializableString STOP_SIGNAL = new SerializedString("stopSignal");
    private static final SerializableString TERMINATED = new SerializedString("terminated");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString USER = new SerializedString("user");
    private static final SerializableString VOLUME_MOUNTS = new SerializedString("volumeMounts");
    private static final SerializableString WAITING = new SerializedString("waiting");

    private PodStatusFields() {}

    static void status(PodStatus status, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.other(json, ALLOCATED_RESOURCES, status.getAllocatedResources(), provider);
        Fields.list(json, CONDITIONS, status.getConditions(), provider, PodStatusFields::condition);
        Fields.list(json, CONTAINER_STATUSES, status.getContainerStatuses(), provider, PodStatusFields::container);
        Fields.list(
                json,
                EPHEMERAL_CONTAINER_STATUSES,
                status.getEphemeralContainerStatuses(),
                provider,
                PodStatusFields::container);
        Fields.other(json, EXTENDED_RESOURCE_CLAIM_STATUS, status.getExtendedResourceClaimStatus(), provider);
        Fields.text(json, HOST_IP, status.getHostIP());
        Fields.list(json, HOST_IPS, status.getHostIPs(), provider, PodStatusFields::hostIp);
        Fields.list(
                json, INIT_CONTAINER_STATUSES, status.getInitContainerStatuses(), provider, PodStatusFields::container);
        Fields.text(json, MESSAGE, status.getMessage());
        Fields.other(
                json,
                NODE_ALLOCATABLE_RESOURCE_CLAIM_STATUSES,
                status.getNodeAllocatableResourceClaimStatuses(),
                provider);
        Fields.text(json, NOMINATED_NODE_NAME, status.getNominatedNodeName());
        Fields.number(json, OBSERVED_GENERATION, status.getObservedGeneration());
        Fields.text(json, PHASE, status.getPhase());
        Fields.text(json, POD_IP, status.getPodIP());
        Fields.list(json, POD_IPS, status.getPodIPs(), provider, PodStatusFields::podIp);
        Fields.text(json, QOS_CLASS, status.getQosClass());
        Fields.text(json, REASON, status.getReason());
        Fields.text(json, RESIZE, status.getResize());
        Fields.other(json, RESOURCE_CLAIM_STATUSES, status.getResourceClaimStatuses(), provider);
        Fields.other(json, RESOURCES, status.getResources(), provider);
        Fields.text(json, START_TIME, status.getStartTime());
        Fields.others(json, status.getAdditionalProperties(), provider);
    }

    static void condition(PodCondition condition, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, LAST_PROBE_TIME, condition.getLastProbeTime());
        Fields.text(json, LAST_TRANSITION_TIME, condition.getLastTransitionTime());
        Fields.text(json, MESSAGE, condition.getMessage());
        Fields.number(json, OBSERVED_GENERATION, condition.getObservedGeneration());
        Fields.text(json, REASON, condition.getReason());
        Fields.text(json, STATUS, condition.getStatus());
        Fields.text(json, TYPE, condition.getType());
        Fields.others(json, condition.getAdditionalProperties(), provider);
    }

    static void container(ContainerStatus container, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        Fields.other(json, ALLOCATED_RESOURCES, container.getAllocatedResources(), provider);
        Fields.other(json, ALLOCATED_RESOURCES_STATUS, container.getAllocatedResourcesStatus(), provider);
        Fields.text(json, CONTAINER_ID, container.getContainerID());
        Fields.text(json, IMAGE, container.getImage());
        Fields.text(json, IMAGE_ID, container.getImageID());
        Fields.object(json, LAST_STATE, container.getLastState(), provider, PodStatusFields::state);
        Fields.text(json, NAME, container.getName());
        Fields.truth(json, READY, container.getReady());
        Fields.other(json, RESOURCES, container.getResources(), provider);
        Fields.number(json, RESTART_COUNT, container.getRestartCount());
        Fields.truth(json, STARTED, container.getStarted());
        Fields.object(json, STATE, container.getState(), provider, PodStatusFields::state);
        Fields.text(json, STOP_SIGNAL, container.getStopSignal());
        Fields.other(json, USER, container.getUser(), provider);
        Fields.other(json, VOLUME_MOUNTS, container.getVolumeMounts(), provider);
        Fields.others(json, container.getAdditionalProperties(), provider);
    }

    static void state(ContainerState state, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.object(json, RUNNING, state.getRunning(), provider, PodStatusFields::running);
        Fields.object(json, TERMINATED, state.getTerminated(), provider, PodStatusFields::terminated);
        Fields.object(json, WAITING, state.getWaiting(), provider, PodStatusFields::waiting);
        Fields.others(json, state.getAdditionalProperties(), provider);
    }

    static void running(ContainerStateRunning running, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        Fields.text(json, STARTED_AT, running.getStartedAt());
        Fields.others(json, running.getAdditionalProperties(), provider);
    }

    static void terminated(ContainerStateTerminated end, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        Fields.text(json, CONTAINER_ID, end.getContainerID());
        Fields.number(json, EXIT_CODE, end.getExitCode());
        Fields.text(json, FINISHED_AT, end.getFinishedAt());
        Fields.text(json, MESSAGE, end.getMessage());
        Fields.text(json, REASON, end.getReason());
        Fields.number(json, SIGNAL, end.getSignal());
        Fields.text(json, STARTED_AT, end.getStartedAt());
        Fields.others(json, end.getAdditionalProperties(), provider);
    }

    static void waiting(ContainerStateWaiting waiting, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        Fields.text(json, MESSAGE, waiting.getMessage());
        Fields.text(json, REASON, waiting.getReason());
        Fields.others(json, waiting.getAdditionalProperties(), provider);
    }

    static void podIp(PodIP address, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, IP, address.getIp());
        Fields.others(json, address.getAdditionalProperties(), provider);
    }

    static void hostIp(HostIP address, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, IP, address.getIp());
        Fields.others(json, address.getAdditionalProperties(), provider);
    }
}
