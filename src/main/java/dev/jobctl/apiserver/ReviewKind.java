package dev.jobctl.apiserver;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The objects that are created only to be answered.
enum ReviewKind {
    SELF_SUBJECT_REVIEW("authentication.k8s.io", "SelfSubjectReview", false),
    TOKEN_REVIEW("authentication.k8s.io", "TokenReview", false),
    LOCAL_ACCESS("authorization.k8s.io", "LocalSubjectAccessReview", true),
    SELF_ACCESS("authorization.k8s.io", "SelfSubjectAccessReview", false),
    SELF_RULES("authorization.k8s.io", "SelfSubjectRulesReview", false),
    ACCESS("authorization.k8s.io", "SubjectAccessReview", false);

    /// Their groups, in the order of discovery.
    static final List<String> GROUPS = List.of("authentication.k8s.io", "authorization.k8s.io");

    private final String group;
    private final String kind;
    private final boolean namespaced;

    ReviewKind(String group, String kind, boolean namespaced) {
        this.group = group;
        this.kind = kind;
        this.namespaced = namespaced;
    }

    String group() {
        return group;
    }

    String kind() {
        return kind;
    }

    boolean namespaced() {
        return namespaced;
    }

    String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    String plural() {
        return singular() + "s";
    }

    static List<ReviewKind> of(String group) {
        return List.of(values()).stream()
                .filter(each -> each.group.equals(group))
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
                .filter(each -> each.namespaced == inNamespace && each.plural().equals(path.getLast()))
                .findFirst();
    }
}
