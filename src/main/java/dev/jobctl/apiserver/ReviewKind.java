package dev.jobctl.apiserver;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The objects that are created only to be answered.
enum ReviewKind {
    SELF_SUBJECT_REVIEW("authentication.k8s.io", SelfSubjectReview.class, false),
    TOKEN_REVIEW("authentication.k8s.io", TokenReview.class, false),
    LOCAL_ACCESS("authorization.k8s.io", LocalSubjectAccessReview.class, true),
    SELF_ACCESS("authorization.k8s.io", SelfSubjectAccessReview.class, false),
    SELF_RULES("authorization.k8s.io", SelfSubjectRulesReview.class, false),
    ACCESS("authorization.k8s.io", SubjectAccessReview.class, false);

    /// Their groups, in the order of discovery.
    static final List<String> GROUPS = List.of("authentication.k8s.io", "authorization.k8s.io");

    private final String group;
    private final Class<?> type;
    private final boolean namespaced;

    ReviewKind(String group, Class<?> type, boolean namespaced) {
        this.group = group;
        this.type = type;
        this.namespaced = namespaced;
    }

    String group() {
        return group;
    }

    /// What its objects are read as.
    Class<?> type() {
        return type;
    }

    String kind() {
        return type.getSimpleName();
    }

    boolean namespaced() {
        return namespaced;
    }

    String singular() {
        return kind().toLowerCase(Locale.ROOT);
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
