package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// The API's `MicroTime` where the model has a [ZonedDateTime], as in Leases: `2026-01-02T03:04:05.000000Z`.
final class MicroTimes {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private MicroTimes() {}

    static SimpleModule into(SimpleModule module) {
        return module.addSerializer(new Writer()).addDeserializer(ZonedDateTime.class, new Reader());
    }

    private static final class Writer extends StdSerializer<ZonedDateTime> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(ZonedDateTime.class);
        }

        @Override
        public void serialize(ZonedDateTime time, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeString(FORM.format(time));
        }
    }

    private static final class Reader extends StdDeserializer<ZonedDateTime> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(ZonedDateTime.class);
        }

        @Override
        public ZonedDateTime deserialize(JsonParser from, DeserializationContext context) throws IOException {
            String text = from.getText();
            try {
                return ZonedDateTime.parse(text);
            } catch (DateTimeException e) {
                return (ZonedDateTime) context.handleWeirdStringValue(ZonedDateTime.class, text, "no time");
            }
        }
    }
}
