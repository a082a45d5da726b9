package dev.jobctl.plane;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a plane lives and what its pods get.
///
/// @param home a directory of its own, which exists and is private to the user
/// @param podEnvironment the first variables of every container: PATH, HOME, LANG
/// @param version of this program
public record PlaneOptions(Path home, Map<String, String> podEnvironment, String version) {
    public PlaneOptions {
        podEnvironment = new LinkedHashMap<>(podEnvironment);
    }

    /// The variables of `environment` that pods of this machine get; the rest of it stays out of them.
    public static Map<String, String> podEnvironment(Map<String, String> environment) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : new String[] {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"}) {
            String value = environment.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        kept.putIfAbsent("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        return kept;
    }
}
