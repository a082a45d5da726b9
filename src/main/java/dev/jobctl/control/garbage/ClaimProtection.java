package dev.jobctl.control.garbage;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.ClaimFinalizer;
import dev.jobctl.resource.view.MetaView;
import java.util.List;

/// Rule GC-012: a PersistentVolumeClaim that is deleted stays until no pod uses it, so that nobody's files go under its
/// feet (the page "Persistent Volumes", "Storage Object in Use Protection").
public final class ClaimProtection {
    private ClaimProtection() {}

    /// @param used a pod that has a node names it, whether it has ended or not
    public static Decision decide(MetaView claim, boolean used) {
        boolean isProtected = claim.finalizers().contains(ClaimFinalizer.NAME);
        if (!claim.deleting()) {
            return isProtected
                    ? Decision.quiet()
                    : new Decision(List.of(new Change.AddFinalizer(claim.ref(), ClaimFinalizer.NAME)), List.of(), null);
        }
        return isProtected && !used
                ? new Decision(List.of(new Change.RemoveFinalizer(claim.ref(), ClaimFinalizer.NAME)), List.of(), null)
                : Decision.quiet();
    }
}
