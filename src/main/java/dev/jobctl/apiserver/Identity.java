package dev.jobctl.apiserver;

import java.util.List;

/// Who makes a request.
public record Identity(String user, List<String> groups) {
    /// Whoever holds the administrator's token.
    public static final Identity ADMIN =
            new Identity("kubernetes-admin", List.of("system:masters", "system:authenticated"));

    public Identity {
        groups = List.copyOf(groups);
    }
}
