package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;

/// Lets Jackson learn how to read a type when the first value of it comes, not when a type that could hold one is
/// learned. A Job could hold some three hundred types, and a usual one holds twenty: a program that runs for a second
/// feels the difference.
final class LateBeans extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
        // Only the plain ones: what has an identity, a builder or a subclass of its own is told more by its property.
        return deserializer.getClass() == BeanDeserializer.class
                ? new Late((BeanDeserializer) deserializer)
                : deserializer;
    }

    /// Safe from any thread: a bean is made ready once, under its own lock.
    private static final class Late extends StdDeserializer<Object> {
        private static final long serialVersionUID = 1L;

        private final BeanDeserializer bean;
        private volatile boolean ready;

        Late(BeanDeserializer bean) {
            super(bean.handledType());
            this.bean = bean;
        }

        private BeanDeserializer ready(DeserializationContext context) throws JsonMappingException {
            if (!ready) {
                synchronized (bean) {
                    if (!ready) {
                        bean.resolve(context);
                        ready = true;
                    }
                }
            }
            return bean;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return ready(context).deserialize(parser, context);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context, Object into) throws IOException {
            return ready(context).deserialize(parser, context, into);
        }

        @Override
        public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer type)
                throws IOException {
            return ready(context).deserializeWithType(parser, context, type);
        }

        @Override
        public JsonDeserializer<Object> unwrappingDeserializer(NameTransformer names) {
            return bean.unwrappingDeserializer(names);
        }
    }
}
