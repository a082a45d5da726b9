package dev.jobctl.apiserver;

import java.util.Set;

/// In which form a client wants objects.
///
/// @param version of Table or PartialObjectMetadata: `v1` or `v1beta1`
/// @param include what stands beside the cells of a Table's row
record Form(Shape shape, String version, Include include, boolean pretty) {
    static final String ACCEPTED = "application/json";
    /// These get readable answers unasked, as from the real server: people look at them.
    private static final Set<String> BROWSERS = Set.of("curl", "wget", "mozilla");
    private static final Set<String> VERSIONS = Set.of("v1", "v1beta1");

    /// What stands for an object.
    enum Shape {
        OBJECT,
        TABLE,
        METADATA
    }

    /// The `includeObject` parameter of Tables.
    enum Include {
        None,
        Metadata,
        Object
    }

    /// From the Accept header, `pretty` and `includeObject`. Throws [ApiError] 406 when nothing that we have is
    /// accepted.
    static Form of(Call call) {
        for (MediaType clause :
                MediaType.accepted(call.request().header("accept").orElse(""))) {
            if (!clause.json()) {
                continue;
            }
            String as = clause.parameter("as");
            if (as.isEmpty()) {
                return new Form(Shape.OBJECT, "v1", Include.Metadata, pretty(call));
            }
            boolean ours = clause.parameter("g").equals("meta.k8s.io") && VERSIONS.contains(clause.parameter("v"));
            if (ours && as.equals("Table")) {
                return new Form(Shape.TABLE, clause.parameter("v"), include(call), pretty(call));
            }
            if (ours && (as.equals("PartialObjectMetadata") || as.equals("PartialObjectMetadataList"))) {
                return new Form(Shape.METADATA, clause.parameter("v"), Include.Metadata, pretty(call));
            }
        }
        throw ApiError.notAcceptable(ACCEPTED);
    }

    /// As objects, whatever the client accepts.
    static Form plain(Call call) {
        return new Form(Shape.OBJECT, "v1", Include.Metadata, pretty(call));
    }

    static boolean pretty(Call call) {
        if (call.request().parameter("pretty").isPresent()) {
            return call.flag("pretty");
        }
        String agent = call.request().header("user-agent").orElse("").toLowerCase(java.util.Locale.ROOT);
        return BROWSERS.stream().anyMatch(agent::startsWith);
    }

    private static Include include(Call call) {
        String wanted = call.text("includeObject").orElse("Metadata");
        for (Include each : Include.values()) {
            if (each.name().equals(wanted)) {
                return each;
            }
        }
        throw ApiError.badRequest("unrecognized includeObject value: \"" + wanted + "\"");
    }
}
