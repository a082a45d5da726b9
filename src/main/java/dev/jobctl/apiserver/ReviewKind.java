package dev.jobctl.apiserver;

import dev.jobctl.apiserver.openapi.Posted;
import java.util.List;
import java.util.Optional;

/// The objects that are created only to be answered.
enum ReviewKind {
    SELF_SUBJECT_REVIEW(Posted.SELF_SUBJECT_REVIEW),
    TOKEN_REVIEW(Posted.TOKEN_REVIEW),
    LOCAL_ACCESS(Posted.LOCAL_ACCESS_REVIEW),
    SELF_ACCESS(Posted.SELF_ACCESS_REVIEW),
    SELF_RULES(Posted.SELF_RULES_REVIEW),
    ACCESS(Posted.ACCESS_REVIEW);

    /// Their groups, in the order of discovery.
    static final List<String> GROUPS = List.of("authentication.k8s.io", "authorization.k8s.io");

    private final Posted posted;

    ReviewKind(Posted posted) {
        this.posted = posted;
    }

    String group() {
        return posted.group();
    }

    /// What its objects are read as.
    Class<?> type() {
        return posted.type();
    }

    String kind() {
        return posted.kind();
    }

    boolean namespaced() {
        return posted.namespaced();
    }

    String singular() {
        return posted.singular();
    }

    String plural() {
        return posted.plural();
    }

    static List<ReviewKind> of(String group) {
        return List.of(values()).stream()
                .filter(each -> each.group().equals(group))
                .toList();
    }

    /// Which one a path such as `/apis/authorization.k8s.io/v1/subjectaccessreviews` names.
    static Optional<ReviewKind> at(List<String> path) {
        if (path.size() < 4 || !path.get(0).equals("apis") || !path.get(2).equals("v1")) {
            return Optional.empty();
        }
        boolean inNamespace = path.size() == 6 && path.get(3).equals("namespaces");
        if (path.size() != 4 && !inNamespace) {
            return Optional.empty();
        }
        return of(path.get(1)).stream()
                .filter(each ->
                        each.namespaced() == inNamespace && each.plural().equals(path.getLast()))
                .findFirst();
    }
}
