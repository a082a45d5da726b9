package dev.jobctl.apiserver;

import dev.jobctl.apiserver.access.Access;
import dev.jobctl.apiserver.access.Deed;
import dev.jobctl.apiserver.access.Identity;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Snapshot;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `Impersonate-User` and its sisters: a caller that may do so acts as somebody else.
final class Impersonation {
    private static final String USER = "impersonate-user";
    private static final String GROUP = "impersonate-group";
    private static final String UID = "impersonate-uid";
    private static final String EXTRA = "impersonate-extra-";
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String AUTHENTICATION = "authentication.k8s.io";

    private Impersonation() {}

    /// As whom the request is to be carried out. Throws [ApiError] 403 when the caller may not act as them.
    static Identity of(ApiRequest request, Identity caller, Snapshot<ObjectVersion> state) {
        String user = request.header(USER).orElse("");
        List<String> groups = split(request.header(GROUP).orElse(""));
        String uid = request.header(UID).orElse("");
        Map<String, List<String>> extra = extra(request);
        if (user.isEmpty()) {
            if (groups.isEmpty() && uid.isEmpty() && extra.isEmpty()) {
                return caller;
            }
            throw ApiError.internal("requested groups, uid or extra without impersonating a user");
        }
        List<String> parts = user.startsWith(ACCOUNT)
                ? List.of(user.substring(ACCOUNT.length()).split(":", -1))
                : List.of();
        boolean account = parts.size() == 2;
        check(
                caller,
                state,
                account ? act("", "serviceaccounts", parts.get(0), parts.get(1)) : act("", "users", "", user));
        groups.forEach(group -> check(caller, state, act("", "groups", "", group)));
        extra.forEach((key, values) -> values.forEach(value ->
                check(caller, state, new Deed("impersonate", AUTHENTICATION, "userextras", key, "", value, ""))));
        if (!uid.isEmpty()) {
            check(caller, state, act(AUTHENTICATION, "uids", "", uid));
        }
        return new Identity(user, uid, allGroups(user, groups, account ? parts.get(0) : ""), extra);
    }

    private static List<String> allGroups(String user, List<String> named, String namespace) {
        List<String> groups = new ArrayList<>(named);
        if (groups.isEmpty() && !namespace.isEmpty()) {
            groups.addAll(Identity.accountGroups(namespace));
        }
        boolean anonymous = Identity.ANONYMOUS.user().equals(user);
        String every = anonymous ? "system:unauthenticated" : "system:authenticated";
        if (!groups.contains(every)) {
            groups.add(every);
        }
        return groups;
    }

    private static Deed act(String group, String resource, String namespace, String name) {
        return Deed.onResource("impersonate", group, resource, namespace, name);
    }

    private static void check(Identity caller, Snapshot<ObjectVersion> state, Deed deed) {
        Access.Verdict verdict = Access.decide(state, caller, deed);
        if (!verdict.allowed()) {
            throw ApiError.forbidden(deed, caller.user(), verdict.reason());
        }
    }

    private static Map<String, List<String>> extra(ApiRequest request) {
        Map<String, List<String>> extra = new TreeMap<>();
        request.headers().forEach((name, value) -> {
            if (name.startsWith(EXTRA)) {
                extra.put(decoded(name.substring(EXTRA.length())), split(value));
            }
        });
        return extra;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /// Several headers of one name come as one, with commas between.
    private static List<String> split(String values) {
        return values.isEmpty() ? List.of() : List.of(values.split(", ", -1));
    }
}
