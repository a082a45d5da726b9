package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What came of an apply.
public sealed interface Applied {
    /// The new object, with its `managedFields`; not yet decoded, defaulted or validated.
    record Merged(ObjectNode object) implements Applied {}

    /// The object says already what was applied, and the manager owned it already.
    record Same() implements Applied {}

    /// Others own what was to be changed. Never empty.
    record Conflicts(List<Conflict> conflicts) implements Applied {
        public Conflicts {
            conflicts = List.copyOf(conflicts);
        }
    }

    /// What was sent cannot be applied to anything.
    record Unfit(String why) implements Applied {}

    /// One field that another owns.
    ///
    /// @param path such as `.spec.parallelism`
    record Conflict(Owner owner, String apiVersion, String path) {
        /// `"kubectl-edit" with subresource "status" using batch/v1`.
        public String who() {
            String text = "\"" + owner.manager() + "\"";
            if (!owner.subresource().isEmpty()) {
                text += " with subresource \"" + owner.subresource() + "\"";
            }
            return owner.operation() == Owner.Operation.Update ? text + " using " + apiVersion : text;
        }
    }
}
