package dev.jobctl.resource.defaults;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The API groups in bindings of roles.
final class AccessDefaults {
    private AccessDefaults() {}

    static void apply(@Nullable RoleRef role, @Nullable List<Subject> subjects) {
        if (role != null && Settled.blank(role.getApiGroup())) {
            role.setApiGroup(Kinds.RBAC);
        }
        for (Subject subject : list(subjects)) {
            boolean person = "User".equals(subject.getKind()) || "Group".equals(subject.getKind());
            if (person && Settled.blank(subject.getApiGroup())) {
                subject.setApiGroup(Kinds.RBAC);
            }
        }
    }
}
