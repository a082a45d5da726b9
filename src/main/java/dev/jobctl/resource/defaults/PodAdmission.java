package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a cluster's admission adds to every pod, whoever made it: service account, priority, the two tolerations that
/// let a pod outlive five minutes of a lost node. No token volume.
public final class PodAdmission {
    private static final long LOST_NODE_SECONDS = 300;
    private static final String PREFIX = "node.kubernetes.io/";

    private PodAdmission() {}

    /// Changes and returns the pod. Done twice it changes nothing more.
    public static Pod admit(Pod pod) {
        PodSpec spec = pod.getSpec();
        if (Settled.blank(spec.getServiceAccountName())) {
            spec.setServiceAccountName("default");
        }
        PodDefaults.serviceAccount(spec);
        if (spec.getPriority() == null) {
            spec.setPriority(priority(spec.getPriorityClassName()));
        }
        if (spec.getPreemptionPolicy() == null) {
            spec.setPreemptionPolicy("PreemptLowerPriority");
        }
        List<Toleration> tolerations = new ArrayList<>(list(spec.getTolerations()));
        for (String taint : List.of(PREFIX + "not-ready", PREFIX + "unreachable")) {
            if (tolerations.stream().noneMatch(toleration -> tolerates(toleration, taint))) {
                tolerations.add(new Toleration("NoExecute", taint, "Exists", LOST_NODE_SECONDS, null));
            }
        }
        spec.setTolerations(tolerations);
        return pod;
    }

    /// The status that a new pod begins with.
    public static PodStatus firstStatus(PodSpec spec) {
        PodStatus status = new PodStatus();
        status.setPhase("Pending");
        status.setQosClass(Qos.of(spec));
        return status;
    }

    /// The two classes that every cluster has; all others are 0 here.
    private static int priority(@Nullable String className) {
        return switch (className) {
            case "system-cluster-critical" -> 2_000_000_000;
            case "system-node-critical" -> 2_000_001_000;
            case null, default -> 0;
        };
    }

    private static boolean tolerates(Toleration toleration, String taint) {
        boolean key = Settled.blank(toleration.getKey()) || taint.equals(toleration.getKey());
        boolean effect = Settled.blank(toleration.getEffect()) || "NoExecute".equals(toleration.getEffect());
        return key && effect;
    }
}
