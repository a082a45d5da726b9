package dev.jobctl.resource.value;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The one JSON mapper. Bytes in here are trusted (they come from the store) or already checked; strict decoding of
/// requests is `resource.schema`'s.
public final class Json {
    /// Buffers for so many readings and writings at once; beyond, each has its own. Jackson's usual place for them is
    /// the thread, and a virtual thread lives for one request.
    private static final int BUFFERS = 32;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS))
                    .build())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(Fields.into(MicroTimes.into(new SimpleModule())).setDeserializerModifier(new LateBeans()))
            .build();

    private Json() {}

    public static byte[] write(Object object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write " + object.getClass() + " as JSON", e);
        }
    }

    /// Throws [UncheckedIOException] when the bytes are no such object.
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode tree(Object object) {
        return MAPPER.valueToTree(object);
    }

    /// Throws [IllegalArgumentException] when the tree does not fit the type.
    public static <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// A deep copy that may be changed and then stored.
    public static <T> T copy(T object) {
        return Beans.copy(object);
    }
}
