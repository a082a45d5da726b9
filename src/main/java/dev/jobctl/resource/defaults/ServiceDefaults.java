package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Defaults of what pods are reached by and of what they keep data in.
final class ServiceDefaults {
    private ServiceDefaults() {}

    /// Page "Service"; fields of ServiceSpec and ServicePort.
    static void apply(Service service) {
        ServiceSpec spec = service.getSpec();
        if (spec == null) {
            return;
        }
        if (Settled.blank(spec.getSessionAffinity())) {
            spec.setSessionAffinity("None");
        }
        if (Settled.blank(spec.getType())) {
            spec.setType("ClusterIP");
        }
        for (ServicePort port : list(spec.getPorts())) {
            apply(port, spec);
        }
        if (!spec.getType().equals("ExternalName")) {
            if (Settled.blank(spec.getInternalTrafficPolicy())) {
                spec.setInternalTrafficPolicy("Cluster");
            }
            if (Settled.blank(spec.getIpFamilyPolicy())) {
                spec.setIpFamilyPolicy("SingleStack");
            }
            if (list(spec.getIpFamilies()).isEmpty()) {
                spec.setIpFamilies(List.of("IPv4"));
            }
        }
    }

    /// An address that a change does not mention stays.
    static void keep(@Nullable ServiceSpec old, @Nullable ServiceSpec changed) {
        if (old == null || changed == null || "ExternalName".equals(changed.getType())) {
            return;
        }
        if (Settled.blank(changed.getClusterIP())) {
            changed.setClusterIP(old.getClusterIP());
        }
        if (list(changed.getClusterIPs()).isEmpty()) {
            changed.setClusterIPs(old.getClusterIPs());
        }
    }

    private static void apply(ServicePort port, ServiceSpec spec) {
        if (Settled.blank(port.getProtocol())) {
            port.setProtocol("TCP");
        }
        IntOrString target = port.getTargetPort();
        boolean unsaid =
                target == null || Integer.valueOf(0).equals(target.getIntVal()) || "".equals(target.getStrVal());
        if (unsaid && port.getPort() != null && !spec.getType().equals("ExternalName")) {
            port.setTargetPort(new IntOrString(port.getPort()));
        }
    }

    static void apply(PersistentVolumeClaim claim) {
        PersistentVolumeClaimSpec spec = claim.getSpec();
        if (spec != null && Settled.blank(spec.getVolumeMode())) {
            spec.setVolumeMode("Filesystem");
        }
    }

    /// A claim is a directory of the node's, so it is bound as soon as it is there.
    static void bind(PersistentVolumeClaim claim) {
        PersistentVolumeClaimSpec spec = claim.getSpec();
        if (spec == null) {
            return;
        }
        spec.setVolumeName("pvc-" + claim.getMetadata().getUid());
        PersistentVolumeClaimStatus status = new PersistentVolumeClaimStatus();
        status.setPhase("Bound");
        status.setAccessModes(list(spec.getAccessModes()));
        if (spec.getResources() != null && spec.getResources().getRequests() != null) {
            SequencedMap<String, io.fabric8.kubernetes.api.model.Quantity> capacity =
                    new TreeMap<>(spec.getResources().getRequests());
            status.setCapacity(capacity);
        }
        claim.setStatus(status);
    }
}
