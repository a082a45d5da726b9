package dev.jobctl.apiserver.access;

import static dev.jobctl.resource.value.Settled.list;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;

/// Whether one rule of a role allows one deed. Pure.
final class RuleMatch {
    static final String ANY = "*";

    private RuleMatch() {}

    static boolean allows(PolicyRule rule, Deed deed) {
        if (!hasOrAny(list(rule.getVerbs()), deed.verb())) {
            return false;
        }
        if (!deed.onResource()) {
            return list(rule.getNonResourceURLs()).stream().anyMatch(url -> covers(url, deed.path()));
        }
        List<String> names = list(rule.getResourceNames());
        return hasOrAny(list(rule.getApiGroups()), deed.group())
                && resource(list(rule.getResources()), deed)
                && (names.isEmpty() || names.contains(deed.name()));
    }

    static boolean hasOrAny(List<String> values, String wanted) {
        return values.contains(ANY) || values.contains(wanted);
    }

    /// `*` and `/logs/*` cover what begins so.
    static boolean covers(String rule, String path) {
        return rule.equals(path) || rule.endsWith(ANY) && path.startsWith(rule.replaceAll("\\*+$", ""));
    }

    private static boolean resource(List<String> resources, Deed deed) {
        return hasOrAny(resources, deed.fullResource())
                || !deed.subresource().isEmpty() && resources.contains("*/" + deed.subresource());
    }
}
