package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Images;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Defaults of a pod's spec. `template` is what a Job's template gets, `pod` the little more that a Pod gets.
final class PodDefaults {
    private PodDefaults() {}

    static void pod(PodSpec spec) {
        template(spec);
        if (spec.getEnableServiceLinks() == null) {
            spec.setEnableServiceLinks(true);
        }
        list(spec.getInitContainers()).forEach(PodDefaults::requestsFromLimits);
        list(spec.getContainers()).forEach(PodDefaults::requestsFromLimits);
        PodLevelDefaults.apply(spec);
    }

    static void template(PodSpec spec) {
        if (Settled.blank(spec.getDnsPolicy())) {
            spec.setDnsPolicy("ClusterFirst");
        }
        if (Settled.blank(spec.getRestartPolicy())) {
            spec.setRestartPolicy("Always");
        }
        if (spec.getSecurityContext() == null) {
            spec.setSecurityContext(new PodSecurityContext());
        }
        if (spec.getTerminationGracePeriodSeconds() == null) {
            spec.setTerminationGracePeriodSeconds(30L);
        }
        if (Settled.blank(spec.getSchedulerName())) {
            spec.setSchedulerName("default-scheduler");
        }
        serviceAccount(spec);
        if (spec.getResources() != null) {
            canonical(spec.getResources());
        }
        list(spec.getVolumes()).forEach(VolumeDefaults::apply);
        list(spec.getInitContainers()).forEach(PodDefaults::container);
        list(spec.getContainers()).forEach(PodDefaults::container);
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            list(spec.getInitContainers()).forEach(PodDefaults::hostPorts);
            list(spec.getContainers()).forEach(PodDefaults::hostPorts);
        }
    }

    /// The old field `serviceAccount` always shows what `serviceAccountName` says.
    static void serviceAccount(PodSpec spec) {
        if (Settled.blank(spec.getServiceAccountName())) {
            spec.setServiceAccountName(Settled.blank(spec.getServiceAccount()) ? null : spec.getServiceAccount());
        }
        spec.setServiceAccount(spec.getServiceAccountName());
    }

    private static void container(Container container) {
        if (Settled.blank(container.getImagePullPolicy())) {
            container.setImagePullPolicy(pullPolicy(container.getImage()));
        }
        if (container.getResources() == null) {
            container.setResources(new ResourceRequirements());
        }
        canonical(container.getResources());
        if (Settled.blank(container.getTerminationMessagePath())) {
            container.setTerminationMessagePath("/dev/termination-log");
        }
        if (Settled.blank(container.getTerminationMessagePolicy())) {
            container.setTerminationMessagePolicy("File");
        }
        for (ContainerPort port : list(container.getPorts())) {
            if (Settled.blank(port.getProtocol())) {
                port.setProtocol("TCP");
            }
        }
        list(container.getEnv()).forEach(PodDefaults::environment);
        probe(container.getLivenessProbe());
        probe(container.getReadinessProbe());
        probe(container.getStartupProbe());
        if (container.getLifecycle() != null) {
            hook(container.getLifecycle().getPostStart());
            hook(container.getLifecycle().getPreStop());
        }
    }

    private static void canonical(ResourceRequirements resources) {
        resources.setLimits(Defaults.canonical(resources.getLimits()));
        resources.setRequests(Defaults.canonical(resources.getRequests()));
    }

    private static String pullPolicy(@Nullable String image) {
        return Images.tag(image == null ? "" : image).equals("latest") ? "Always" : "IfNotPresent";
    }

    private static void environment(EnvVar variable) {
        if (variable.getValueFrom() != null && variable.getValueFrom().getFieldRef() != null) {
            var field = variable.getValueFrom().getFieldRef();
            if (Settled.blank(field.getApiVersion())) {
                field.setApiVersion("v1");
            }
        }
        if (variable.getValueFrom() != null && variable.getValueFrom().getResourceFieldRef() != null) {
            var field = variable.getValueFrom().getResourceFieldRef();
            field.setDivisor(Defaults.canonical(field.getDivisor()));
        }
    }

    private static void probe(@Nullable Probe probe) {
        if (probe == null) {
            return;
        }
        probe.setTimeoutSeconds(Settled.orIfZero(probe.getTimeoutSeconds(), 1));
        probe.setPeriodSeconds(Settled.orIfZero(probe.getPeriodSeconds(), 10));
        probe.setSuccessThreshold(Settled.orIfZero(probe.getSuccessThreshold(), 1));
        probe.setFailureThreshold(Settled.orIfZero(probe.getFailureThreshold(), 3));
        http(probe.getHttpGet());
        if (probe.getGrpc() != null && probe.getGrpc().getService() == null) {
            probe.getGrpc().setService("");
        }
    }

    private static void hook(@Nullable LifecycleHandler handler) {
        if (handler != null) {
            http(handler.getHttpGet());
        }
    }

    private static void http(@Nullable HTTPGetAction action) {
        if (action == null) {
            return;
        }
        if (Settled.blank(action.getPath())) {
            action.setPath("/");
        }
        if (Settled.blank(action.getScheme())) {
            action.setScheme("HTTP");
        }
        if (action.getPort() == null) {
            action.setPort(new IntOrString(0));
        }
    }

    private static void hostPorts(Container container) {
        for (ContainerPort port : list(container.getPorts())) {
            if (port.getHostPort() == null || port.getHostPort() == 0) {
                port.setHostPort(port.getContainerPort());
            }
        }
    }

    /// A limit without a request is also the request.
    private static void requestsFromLimits(Container container) {
        ResourceRequirements resources = container.getResources();
        if (resources == null
                || resources.getLimits() == null
                || resources.getLimits().isEmpty()) {
            return;
        }
        Map<String, Quantity> requests = new LinkedHashMap<>(resources.getLimits());
        if (resources.getRequests() != null) {
            requests.putAll(resources.getRequests());
        }
        resources.setRequests(requests);
    }
}
