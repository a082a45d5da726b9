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

/// What a cluster's admission adds to every pod, whoever made it: service account and its volume, priority, the two
/// tolerations that let a pod outlive five minutes of a lost node.
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
        Priorities.admit(spec, PodRules.NONE);
        List<Toleration> tolerations = new ArrayList<>(list(spec.getTolerations()));
        for (String taint : List.of(PREFIX + "not-ready", PREFIX + "unreachable")) {
            if (tolerations.stream().noneMatch(toleration -> tolerates(toleration, taint))) {
                tolerations.add(new Toleration("NoExecute", taint, "Exists", LOST_NODE_SECONDS, null));
            }
        }
        spec.setTolerations(tolerations);
        return pod;
    }

    /// The same under the rules of a cluster and a namespace; those first. What they refuse, [#refusal] says.
    public static Pod admit(Pod pod, PodRules rules) {
        LimitRanging.fill(pod, rules.limitRanges());
        Priorities.admit(pod.getSpec(), rules);
        admit(pod);
        AccountVolume.mount(pod, rules);
        return pod;
    }

    /// Why the rules refuse an admitted pod; null: they do not.
    public static PodRules.@Nullable Refusal refusal(Pod pod, PodRules rules) {
        @Nullable String early = Priorities.refusal(pod.getSpec(), rules);
        if (early != null) {
            return new PodRules.Refusal(true, early);
        }
        @Nullable String late = LimitRanging.refusal(pod, rules.limitRanges());
        return late == null ? null : new PodRules.Refusal(false, late);
    }

    /// The status that a new pod begins with.
    public static PodStatus firstStatus(PodSpec spec) {
        PodStatus status = new PodStatus();
        status.setPhase("Pending");
        status.setQosClass(Qos.of(spec));
        return status;
    }

    private static boolean tolerates(Toleration toleration, String taint) {
        boolean key = Settled.blank(toleration.getKey()) || taint.equals(toleration.getKey());
        boolean effect = Settled.blank(toleration.getEffect()) || "NoExecute".equals(toleration.getEffect());
        return key && effect;
    }
}
