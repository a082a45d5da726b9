package dev.jobctl.resource.table;

import dev.jobctl.resource.value.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;

/// Objects as rows of a server-side Table.
public final class Tables {
    private Tables() {}

    /// The columns of a kind; kinds without own ones have Name and Age.
    public static List<Column> columns(Kind kind) {
        throw new UnsupportedOperationException(kind.toString());
    }

    /// One cell for each column: text, or a [Long] in integer columns.
    public static List<Object> cells(Kind kind, HasMetadata object, Instant now) {
        throw new UnsupportedOperationException(kind + object.toString() + now);
    }
}
