package dev.jobctl.resource.table;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Instant;
import java.util.List;

/// The rows of kinds that have little to tell.
final class PlainRows {
    static final List<Column> ANY = List.of(Column.name("object"), Column.age());

    static final List<Column> NAMESPACE = List.of(
            Column.name("namespace"),
            Column.text("Status", "Active, or Terminating while it is emptied."),
            Column.age());

    static final List<Column> CONFIG_MAP =
            List.of(Column.name("config map"), Column.text("Data", "Number of entries."), Column.age());

    static final List<Column> SECRET = List.of(
            Column.name("secret"),
            Column.text("Type", "What kind of secret it is."),
            Column.text("Data", "Number of entries."),
            Column.age());

    static final List<Column> SERVICE_ACCOUNT = List.of(
            Column.name("service account"),
            Column.text("Secrets", "Number of secrets that its pods may use."),
            Column.age());

    static final List<Column> LEASE =
            List.of(Column.name("lease"), Column.text("Holder", "Who holds it."), Column.age());

    private PlainRows() {}

    static List<Object> cells(HasMetadata object, Instant now) {
        return List.of(Cells.name(object), Cells.age(object, now));
    }

    static List<Object> cells(Namespace namespace, Instant now) {
        String phase = namespace.getStatus() == null
                ? ""
                : Cells.text(namespace.getStatus().getPhase());
        return List.of(Cells.name(namespace), phase, Cells.age(namespace, now));
    }

    static List<Object> cells(Lease lease, Instant now) {
        String holder =
                lease.getSpec() == null ? "" : Cells.text(lease.getSpec().getHolderIdentity());
        return List.of(Cells.name(lease), holder, Cells.age(lease, now));
    }

    static List<Object> cells(ConfigMap map, Instant now) {
        long entries = Cells.size(map.getData()) + Cells.size(map.getBinaryData());
        return List.of(Cells.name(map), entries, Cells.age(map, now));
    }

    static List<Object> cells(Secret secret, Instant now) {
        return List.of(
                Cells.name(secret), Cells.text(secret.getType()), Cells.size(secret.getData()), Cells.age(secret, now));
    }

    static List<Object> cells(ServiceAccount account, Instant now) {
        return List.of(
                Cells.name(account), (long) Cells.list(account.getSecrets()).size(), Cells.age(account, now));
    }
}
