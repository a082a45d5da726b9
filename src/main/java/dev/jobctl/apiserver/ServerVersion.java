package dev.jobctl.apiserver;

import java.util.LinkedHashMap;
import java.util.Map;

/// What `/version` tells.
///
/// @param program the version of this program, such as `0.1.0`
/// @param commit of its source, `unknown` when it is not known
/// @param buildDate RFC 3339
/// @param java version of the Java runtime
/// @param platform such as `linux/amd64`
public record ServerVersion(String program, String commit, String buildDate, String java, String platform) {
    /// The release of Kubernetes whose API is served.
    private static final String MAJOR = "1";
    private static final String MINOR = "32";

    /// `v1.32.0+jobctl0.1.0`: clients compare the part before the plus sign with their own version.
    public String gitVersion() {
        return "v" + MAJOR + "." + MINOR + ".0+jobctl" + program;
    }

    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("major", MAJOR);
        facts.put("minor", MINOR);
        facts.put("gitVersion", gitVersion());
        facts.put("gitCommit", commit);
        facts.put("gitTreeState", "clean");
        facts.put("buildDate", buildDate);
        facts.put("goVersion", "none");
        facts.put("compiler", "java" + java);
        facts.put("platform", platform);
        return facts;
    }
}
