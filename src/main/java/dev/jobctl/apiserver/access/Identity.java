package dev.jobctl.apiserver.access;

import java.util.List;
import java.util.Map;

/// Who makes a request.
///
/// @param uid empty for those that have none
/// @param extra more facts, such as the pod that a token was given to
public record Identity(String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    static final String MASTERS = "system:masters";
    public static final String AUTHENTICATED = "system:authenticated";
    static final String ACCOUNT = "system:serviceaccount:";

    /// Whoever holds the administrator's token.
    public static final Identity ADMIN = of("kubernetes-admin", List.of(MASTERS, AUTHENTICATED));
    /// A stranger.
    public static final Identity ANONYMOUS = of("system:anonymous", List.of("system:unauthenticated"));

    public Identity {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    public static Identity of(String user, List<String> groups) {
        return new Identity(user, "", groups, Map.of());
    }

    public static Identity account(String namespace, String name, String uid, Map<String, List<String>> extra) {
        return new Identity(ACCOUNT + namespace + ":" + name, uid, accountGroups(namespace), extra);
    }

    public static List<String> accountGroups(String namespace) {
        return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, AUTHENTICATED);
    }

    /// Roles mean nothing to these: they may do all.
    boolean master() {
        return groups.contains(MASTERS);
    }
}
