package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;

/// Specs of pods field by field; what few pods have goes by reflection. See [Fields].
final class PodSpecFields {
    private static final SerializableString ACTIVE_DEADLINE_SECONDS = new SerializedString("activeDeadlineSeconds");
    private static final SerializableString AFFINITY = new SerializedString("affinity");
    private static final SerializableString ARGS = new SerializedString("args");
    private static final SerializableString AUTOMOUNT_SERVICE_ACCOUNT_TOKEN =
            new SerializedString("automountServiceAccountToken");
    private static final SerializableString COMMAND = new SerializedString("command");
    private static final SerializableString CONFIG_MAP_KEY_REF = new SerializedString("configMapKeyRef");
    private static final SerializableString CONTAINERS = new SerializedString("containers");
    private static final SerializableString DNS_CONFIG = new SerializedString("dnsConfig");
    private static final SerializableString DNS_POLICY = new SerializedString("dnsPolicy");
    private static final SerializableString EFFECT = new SerializedString("effect");
    private static final SerializableString ENABLE_SERVICE_LINKS = new SerializedString("enableServiceLinks");
    private static final SerializableString ENV_FROM = new SerializedString("envFrom");
    private static final SerializableString ENV = new SerializedString("env");
    private static final SerializableString EPHEMERAL_CONTAINERS = new SerializedString("ephemeralContainers");
    private static final SerializableString FIELD_REF = new SerializedString("fieldRef");
    private static final SerializableString FILE_KEY_REF = new SerializedString("fileKeyRef");
    private static final SerializableString HOSTNAME_OVERRIDE = new SerializedString("hostnameOverride");
    private static final SerializableString HOSTNAME = new SerializedString("hostname");
    private static final SerializableString HOST_ALIASES = new SerializedString("hostAliases");
    private static final SerializableString HOST_IPC = new SerializedString("hostIPC");
    private static final SerializableString HOST_NETWORK = new SerializedString("hostNetwork");
    private static final SerializableString HOST_PID = new SerializedString("hostPID");
    private static final SerializableString HOST_USERS = new SerializedString("hostUsers");
    private static final SerializableString IMAGE_PULL_POLICY = new SerializedString("imagePullPolicy");
    private static final SerializableString IMAGE_PULL_SECRETS = new SerializedString("imagePullSecrets");
    private static final SerializableString IMAGE = new SerializedString("image");
    private static final SerializableString INIT_CONTAINERS = new SerializedString("initContainers");
    private static final SerializableString KEY = new SerializedString("key");
    private static final SerializableString LIFECYCLE = new SerializedString("lifecycle");
    private static final SerializableString LIVENESS_PROBE = new SerializedString("livenessProbe");
    private static final SerializableString MOUNT_PATH = new SerializedString("mountPath");
    private static final SerializableString MOUNT_PROPAGATION = new SerializedString("mountPropagation");
    private static final SerializableString NAME = new SerializedString("name");
    private static final SerializableString NODE_NAME = new SerializedString("nodeName");
    private static final SerializableString NODE_SELECTOR = new SerializedString("nodeSelector");
    private static final SerializableString OPERATOR = new SerializedString("operator");
    private static final SerializableString OS = new SerializedString("os");
    private static final SerializableString OVERHEAD = new SerializedString("overhead");
    private static final SerializableString PORTS = new SerializedString("ports");
    private static final SerializableString PREEMPTION_POLICY = new SerializedString("preemptionPolicy");
    private static final SerializableString PRIORITY_CLASS_NAME = new SerializedString("priorityClassName");
    private static final SerializableString PRIORITY = new SerializedString("priority");
    private static final SerializableString READINESS_GATES = new SerializedString("readinessGates");
    private static final SerializableString READINESS_PROBE = new SerializedString("readinessProbe");
    private static final SerializableString READ_ONLY = new SerializedString("readOnly");
    private static final SerializableString RECURSIVE_READ_ONLY = new SerializedString("recursiveReadOnly");
    private static final SerializableString RESIZE_POLICY = new SerializedString("resizePolicy");
    private static final SerializableString RESOURCES = new SerializedString("resources");
    private static final SerializableString RESOURCE_CLAIMS = new SerializedString("resourceClaims");
    private static final SerializableString RESOURCE_FIELD_REF = new SerializedString("resourceFieldRef");
    private static final SerializableString RESTART_POLICY_RULES = new SerializedString("restartPolicyRules");
    private static final SerializableString RESTART_POLICY = new SerializedString("restartPolicy");
    private static final SerializableString RUNTIME_CLASS_NAME = new SerializedString("runtimeClassName");
    private static final SerializableString SCHEDULER_NAME = new SerializedString("schedulerName");
    private static final SerializableString SCHEDULING_GATES = new SerializedString("schedulingGates");
    private static final SerializableString SCHEDULING_GROUP = new SerializedString("schedulingGroup");
    private static final SerializableString SECRET_KEY_REF = new SerializedString("secretKeyRef");
    private static final SerializableString SECURITY_CONTEXT = new SerializedString("securityContext");
    private static final SerializableString SERVICE_ACCOUNT_NAME = new SerializedString("serviceAccountName");
    private static final SerializableString SERVICE_ACCOUNT = new SerializedString("serviceAccount");
    private static final SerializableString SET_HOSTNAME_AS_FQDN = new SerializedString("setHostnameAsFQDN");
    private static final SerializableString SHARE_PROCESS_NAMESPACE = new SerializedString("shareProcessNamespace");
    private static final SerializableString STARTUP_PROBE = new SerializedString("startupProbe");
    private static final SerializableString STDIN_ONCE = new SerializedString("stdinOnce");
    private static final SerializableString STDIN = new SerializedString("stdin");
    private static final SerializableString SUBDOMAIN = new SerializedString("subdomain");
    private static final SerializableString SUB_PATH_EXPR = new SerializedString("subPathExpr");
    private static final SerializableString SUB_PATH = new SerializedString("subPath");
    private static final SerializableString TERMINATION_GRACE_PERIOD_SECONDS =
            new SerializedString("terminationGracePeriodSeconds");
    private static final SerializableString TERMINATION_MESSAGE_PATH = new SerializedString("terminationMessagePath");
    private static final SerializableString TERMINATION_MESSAGE_POLICY =
            new SerializedString("terminationMessagePolicy");
    private static final SerializableString TOLERATIONS = new SerializedString("tolerations");
    private static final SerializableString TOLERATION_SECONDS = new SerializedString("tolerationSeconds");
    private static final SerializableString TOPOLOGY_SPREAD_CONSTRAINTS =
            new SerializedString("topologySpreadConstraints");
    private static final SerializableString TTY = new SerializedString("tty");
    private static final SerializableString VALUE_FROM = new SerializedString("valueFrom");
    private static final SerializableString VALUE = new SerializedString("value");
    private static final SerializableString VOLUMES = new SerializedString("volumes");
    private static final SerializableString VOLUME_DEVICES = new SerializedString("volumeDevices");
    private static final SerializableString VOLUME_MOUNTS = new SerializedString("volumeMounts");
    private static final SerializableString WORKING_DIR = new SerializedString("workingDir");

    private PodSpecFields() {}

    static void spec(PodSpec spec, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.number(json, ACTIVE_DEADLINE_SECONDS, spec.getActiveDeadlineSeconds());
        Fields.other(json, AFFINITY, spec.getAffinity(), provider);
        Fields.truth(json, AUTOMOUNT_SERVICE_ACCOUNT_TOKEN, spec.getAutomountServiceAccountToken());
        Fields.list(json, CONTAINERS, spec.getContainers(), provider, PodSpecFields::container);
        Fields.other(json, DNS_CONFIG, spec.getDnsConfig(), provider);
        Fields.text(json, DNS_POLICY, spec.getDnsPolicy());
        Fields.truth(json, ENABLE_SERVICE_LINKS, spec.getEnableServiceLinks());
        Fields.other(json, EPHEMERAL_CONTAINERS, spec.getEphemeralContainers(), provider);
        Fields.other(json, HOST_ALIASES, spec.getHostAliases(), provider);
        Fields.truth(json, HOST_IPC, spec.getHostIPC());
        Fields.truth(json, HOST_NETWORK, spec.getHostNetwork());
        Fields.truth(json, HOST_PID, spec.getHostPID());
        Fields.truth(json, HOST_USERS, spec.getHostUsers());
        Fields.text(json, HOSTNAME, spec.getHostname());
        Fields.text(json, HOSTNAME_OVERRIDE, spec.getHostnameOverride());
        Fields.other(json, IMAGE_PULL_SECRETS, spec.getImagePullSecrets(), provider);
        Fields.list(json, INIT_CONTAINERS, spec.getInitContainers(), provider, PodSpecFields::container);
        Fields.text(json, NODE_NAME, spec.getNodeName());
        Fields.labels(json, NODE_SELECTOR, spec.getNodeSelector());
        Fields.other(json, OS, spec.getOs(), provider);
        Fields.other(json, OVERHEAD, spec.getOverhead(), provider);
        Fields.text(json, PREEMPTION_POLICY, spec.getPreemptionPolicy());
        Fields.number(json, PRIORITY, spec.getPriority());
        Fields.text(json, PRIORITY_CLASS_NAME, spec.getPriorityClassName());
        Fields.other(json, READINESS_GATES, spec.getReadinessGates(), provider);
        Fields.other(json, RESOURCE_CLAIMS, spec.getResourceClaims(), provider);
        Fields.other(json, RESOURCES, spec.getResources(), provider);
        Fields.text(json, RESTART_POLICY, spec.getRestartPolicy());
        Fields.text(json, RUNTIME_CLASS_NAME, spec.getRuntimeClassName());
        Fields.text(json, SCHEDULER_NAME, spec.getSchedulerName());
        Fields.other(json, SCHEDULING_GATES, spec.getSchedulingGates(), provider);
        Fields.other(json, SCHEDULING_GROUP, spec.getSchedulingGroup(), provider);
        Fields.other(json, SECURITY_CONTEXT, spec.getSecurityContext(), provider);
        Fields.text(json, SERVICE_ACCOUNT, spec.getServiceAccount());
        Fields.text(json, SERVICE_ACCOUNT_NAME, spec.getServiceAccountName());
        Fields.truth(json, SET_HOSTNAME_AS_FQDN, spec.getSetHostnameAsFQDN());
        Fields.truth(json, SHARE_PROCESS_NAMESPACE, spec.getShareProcessNamespace());
        Fields.text(json, SUBDOMAIN, spec.getSubdomain());
        Fields.number(json, TERMINATION_GRACE_PERIOD_SECONDS, spec.getTerminationGracePeriodSeconds());
        Fields.list(json, TOLERATIONS, spec.getTolerations(), provider, PodSpecFields::toleration);
        Fields.other(json, TOPOLOGY_SPREAD_CONSTRAINTS, spec.getTopologySpreadConstraints(), provider);
        Fields.list(json, VOLUMES, spec.getVolumes(), provider, VolumeFields::volume);
        Fields.others(json, spec.getAdditionalProperties(), provider);
    }

    static void container(Container container, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.texts(json, ARGS, container.getArgs());
        Fields.texts(json, COMMAND, container.getCommand());
        Fields.list(json, ENV, container.getEnv(), provider, PodSpecFields::variable);
        Fields.other(json, ENV_FROM, container.getEnvFrom(), provider);
        Fields.text(json, IMAGE, container.getImage());
        Fields.text(json, IMAGE_PULL_POLICY, container.getImagePullPolicy());
        Fields.other(json, LIFECYCLE, container.getLifecycle(), provider);
        Fields.other(json, LIVENESS_PROBE, container.getLivenessProbe(), provider);
        Fields.text(json, NAME, container.getName());
        Fields.other(json, PORTS, container.getPorts(), provider);
        Fields.other(json, READINESS_PROBE, container.getReadinessProbe(), provider);
        Fields.other(json, RESIZE_POLICY, container.getResizePolicy(), provider);
        Fields.other(json, RESOURCES, container.getResources(), provider);
        Fields.text(json, RESTART_POLICY, container.getRestartPolicy());
        Fields.other(json, RESTART_POLICY_RULES, container.getRestartPolicyRules(), provider);
        Fields.other(json, SECURITY_CONTEXT, container.getSecurityContext(), provider);
        Fields.other(json, STARTUP_PROBE, container.getStartupProbe(), provider);
        Fields.truth(json, STDIN, container.getStdin());
        Fields.truth(json, STDIN_ONCE, container.getStdinOnce());
        Fields.text(json, TERMINATION_MESSAGE_PATH, container.getTerminationMessagePath());
        Fields.text(json, TERMINATION_MESSAGE_POLICY, container.getTerminationMessagePolicy());
        Fields.truth(json, TTY, container.getTty());
        Fields.other(json, VOLUME_DEVICES, container.getVolumeDevices(), provider);
        Fields.list(json, VOLUME_MOUNTS, container.getVolumeMounts(), provider, PodSpecFields::mount);
        Fields.text(json, WORKING_DIR, container.getWorkingDir());
        Fields.others(json, container.getAdditionalProperties(), provider);
    }

    static void variable(EnvVar variable, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, NAME, variable.getName());
        Fields.text(json, VALUE, variable.getValue());
        Fields.object(json, VALUE_FROM, variable.getValueFrom(), provider, PodSpecFields::source);
        Fields.others(json, variable.getAdditionalProperties(), provider);
    }

    static void source(EnvVarSource source, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.other(json, CONFIG_MAP_KEY_REF, source.getConfigMapKeyRef(), provider);
        Fields.object(json, FIELD_REF, source.getFieldRef(), provider, VolumeFields::fieldRef);
        Fields.other(json, FILE_KEY_REF, source.getFileKeyRef(), provider);
        Fields.other(json, RESOURCE_FIELD_REF, source.getResourceFieldRef(), provider);
        Fields.other(json, SECRET_KEY_REF, source.getSecretKeyRef(), provider);
        Fields.others(json, source.getAdditionalProperties(), provider);
    }

    static void mount(VolumeMount mount, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, MOUNT_PATH, mount.getMountPath());
        Fields.text(json, MOUNT_PROPAGATION, mount.getMountPropagation());
        Fields.text(json, NAME, mount.getName());
        Fields.truth(json, READ_ONLY, mount.getReadOnly());
        Fields.text(json, RECURSIVE_READ_ONLY, mount.getRecursiveReadOnly());
        Fields.text(json, SUB_PATH, mount.getSubPath());
        Fields.text(json, SUB_PATH_EXPR, mount.getSubPathExpr());
        Fields.others(json, mount.getAdditionalProperties(), provider);
    }

    static void toleration(Toleration toleration, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, EFFECT, toleration.getEffect());
        Fields.text(json, KEY, toleration.getKey());
        Fields.text(json, OPERATOR, toleration.getOperator());
        Fields.number(json, TOLERATION_SECONDS, toleration.getTolerationSeconds());
        Fields.text(json, VALUE, toleration.getValue());
        Fields.others(json, toleration.getAdditionalProperties(), provider);
    }
}
