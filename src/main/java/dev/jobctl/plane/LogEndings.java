package dev.jobctl.plane;

import dev.jobctl.node.logs.PodLogFiles;
import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Store;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows from the stored status of a pod whether a container attempt has ended.
record LogEndings(Store<ObjectVersion> store) implements PodLogFiles.Endings {
    @Override
    public boolean ended(ObjectRef pod, AttemptFiles attempt) {
        @Nullable Entry<ObjectVersion> entry = store.current().get(pod.key().path());
        if (entry == null || !entry.value().ref().equals(pod)) {
            return true;
        }
        @Nullable PodStatus status = ((Pod) entry.value().object()).getStatus();
        if (status == null) {
            return false;
        }
        if ("Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase())) {
            return true;
        }
        return ended(status.getContainerStatuses(), attempt) || ended(status.getInitContainerStatuses(), attempt);
    }

    private static boolean ended(@Nullable List<ContainerStatus> statuses, AttemptFiles attempt) {
        if (statuses == null) {
            return false;
        }
        for (ContainerStatus status : statuses) {
            if (attempt.directory().endsWith(status.getName())) {
                int count = status.getRestartCount() == null ? 0 : status.getRestartCount();
                boolean over = status.getState() != null && status.getState().getTerminated() != null;
                return count > attempt.attempt() || (count == attempt.attempt() && over);
            }
        }
        return false;
    }
}
