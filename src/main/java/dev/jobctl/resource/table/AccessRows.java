package dev.jobctl.resource.table;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The rows of roles and of what binds them.
final class AccessRows {
    static final List<Column> ROLE = List.of(Column.name("role"), Column.text("Created At", "When it was created."));

    static final List<Column> BINDING = List.of(
            Column.name("binding"),
            Column.text("Role", "The role that it gives."),
            Column.age(),
            wide("Users", "The users that have the role."),
            wide("Groups", "The groups that have the role."),
            wide("ServiceAccounts", "The service accounts that have the role."));

    private AccessRows() {}

    private static Column wide(String name, String description) {
        return new Column(name, "string", "", description, 1);
    }

    static List<Object> role(HasMetadata role) {
        return List.of(Cells.name(role), Cells.text(role.getMetadata().getCreationTimestamp()));
    }

    static List<Object> binding(
            HasMetadata binding, @Nullable RoleRef role, @Nullable List<Subject> subjects, Instant now) {
        StringJoiner users = new StringJoiner(", ");
        StringJoiner groups = new StringJoiner(", ");
        StringJoiner accounts = new StringJoiner(", ");
        for (Subject subject : Cells.list(subjects)) {
            switch (Cells.text(subject.getKind())) {
                case "User" -> users.add(Cells.text(subject.getName()));
                case "Group" -> groups.add(Cells.text(subject.getName()));
                case "ServiceAccount" ->
                    accounts.add(Cells.text(subject.getNamespace()) + "/" + Cells.text(subject.getName()));
                default -> {}
            }
        }
        String given = role == null ? "" : Cells.text(role.getKind()) + "/" + Cells.text(role.getName());
        return List.of(
                Cells.name(binding),
                given,
                Cells.age(binding, now),
                users.toString(),
                groups.toString(),
                accounts.toString());
    }
}
