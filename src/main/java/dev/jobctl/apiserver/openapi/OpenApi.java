package dev.jobctl.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.schema.Schemas;
import java.util.List;
import java.util.Optional;

/// Makes the OpenAPI documents. Each call builds anew: keep what it returns.
public final class OpenApi {
    private final Schemas schemas;
    private final String version;

    /// @param version of the server, as `/version` tells it: `v1.34.1`
    public OpenApi(Schemas schemas, String version) {
        this.schemas = schemas;
        this.version = version;
    }

    /// `/openapi/v2`: Swagger 2.0 of everything.
    public ObjectNode v2() {
        throw new UnsupportedOperationException(schemas + version);
    }

    /// `/openapi/v3`: each group with its address, `?hash=` included.
    public ObjectNode v3Index() {
        throw new UnsupportedOperationException(schemas + version);
    }

    /// The groups that `v3Index` names: `api/v1`, `apis/batch/v1`.
    public List<String> groups() {
        throw new UnsupportedOperationException(schemas + version);
    }

    /// `/openapi/v3/GROUP`, such as `api/v1` or `apis/batch/v1`.
    public Optional<ObjectNode> v3(String group) {
        throw new UnsupportedOperationException(schemas + version + group);
    }
}
