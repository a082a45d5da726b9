package dev.jobctl.resource.value;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;

/// Time zones by their names in the IANA database, which every JVM carries. Unlike [ZoneId#of] this knows no offsets
/// (`+02:00`, `GMT+2`) and no other spelling.
public final class TimeZones {
    private TimeZones() {}

    /// A `Bad` has the API's words, `unknown time zone NAME`.
    public static Parsed<ZoneId> find(String name) {
        return ZoneRulesProvider.getAvailableZoneIds().contains(name)
                ? new Parsed.Good<>(ZoneId.of(name))
                : new Parsed.Bad<>("unknown time zone " + name);
    }
}
