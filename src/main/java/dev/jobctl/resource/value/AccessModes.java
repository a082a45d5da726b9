package dev.jobctl.resource.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a PersistentVolumeClaim may be mounted.
public final class AccessModes {
    /// The short name of each, in the order in which they are told.
    public static final Map<String, String> SHORT = shortNames();

    private AccessModes() {}

    private static Map<String, String> shortNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("ReadWriteOnce", "RWO");
        names.put("ReadOnlyMany", "ROX");
        names.put("ReadWriteMany", "RWX");
        names.put("ReadWriteOncePod", "RWOP");
        return Collections.unmodifiableMap(names);
    }
}
