package dev.jobctl.apiserver;

import java.util.Optional;
import java.util.Set;

/// In which form a client wants objects.
///
/// @param version of Table or PartialObjectMetadata: `v1` or `v1beta1`
/// @param include what stands beside the cells of a Table's row
/// @param media how the answer is written down
record Form(Shape shape, String version, Include include, boolean pretty, Media media) {
    static final String ACCEPTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
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

    /// How an answer is written down.
    enum Media {
        JSON,
        YAML,
        PROTOBUF
    }

    /// From the Accept header, `pretty` and `includeObject`. Throws [ApiError] 406 when nothing that we have is
    /// accepted.
    static Form of(Call call) {
        return call.form().orElseThrow(() -> ApiError.notAcceptable(ACCEPTED));
    }

    /// Empty: nothing that we have. Asked once for each call, see [Call#form].
    static Optional<Form> accepted(Call call) {
        for (MediaType clause :
                MediaType.accepted(call.request().header("accept").orElse(""))) {
            Optional<Form> form = media(clause).flatMap(media -> of(call, clause, media));
            if (form.isPresent()) {
                return form;
            }
        }
        return Optional.empty();
    }

    private static Optional<Form> of(Call call, MediaType clause, Media media) {
        String as = clause.parameter("as");
        if (as.isEmpty()) {
            return Optional.of(new Form(Shape.OBJECT, "v1", Include.Metadata, pretty(call), media));
        }
        String version = clause.parameter("v");
        boolean ours = clause.parameter("g").equals("meta.k8s.io") && VERSIONS.contains(version);
        // There is no such message.
        boolean writable = media != Media.PROTOBUF || version.equals("v1");
        if (ours && as.equals("Table") && media != Media.PROTOBUF) {
            return Optional.of(new Form(Shape.TABLE, version, include(call), pretty(call), media));
        }
        if (ours && writable && (as.equals("PartialObjectMetadata") || as.equals("PartialObjectMetadataList"))) {
            return Optional.of(new Form(Shape.METADATA, version, Include.Metadata, pretty(call), media));
        }
        return Optional.empty();
    }

    private static Optional<Media> media(MediaType clause) {
        if (clause.json()) {
            return Optional.of(Media.JSON);
        }
        if (clause.yaml()) {
            return Optional.of(Media.YAML);
        }
        return clause.protobuf() ? Optional.of(Media.PROTOBUF) : Optional.empty();
    }

    /// How to write down what is no object but an answer all the same, such as a failure: never refuses.
    static Media media(Call call) {
        try {
            return call.form().map(Form::media).orElse(Media.JSON);
        } catch (ApiError e) {
            return Media.JSON;
        }
    }

    /// As objects, whatever the client accepts.
    static Form plain(Call call) {
        return new Form(Shape.OBJECT, "v1", Include.Metadata, pretty(call), Media.JSON);
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
