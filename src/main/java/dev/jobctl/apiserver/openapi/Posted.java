package dev.jobctl.apiserver.openapi;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import java.util.List;
import java.util.Locale;

/// The types whose objects are sent to be answered, and never kept; all are of version `v1`.
public enum Posted {
    BINDING("", Binding.class, true),
    EVICTION("policy", Eviction.class, true),
    TOKEN_REQUEST("authentication.k8s.io", TokenRequest.class, true),
    SELF_SUBJECT_REVIEW("authentication.k8s.io", SelfSubjectReview.class, false),
    TOKEN_REVIEW("authentication.k8s.io", TokenReview.class, false),
    LOCAL_ACCESS_REVIEW("authorization.k8s.io", LocalSubjectAccessReview.class, true),
    SELF_ACCESS_REVIEW("authorization.k8s.io", SelfSubjectAccessReview.class, false),
    SELF_RULES_REVIEW("authorization.k8s.io", SelfSubjectRulesReview.class, false),
    ACCESS_REVIEW("authorization.k8s.io", SubjectAccessReview.class, false);

    /// Those with paths of their own.
    static final List<Posted> REVIEWS = List.of(
            SELF_SUBJECT_REVIEW,
            TOKEN_REVIEW,
            LOCAL_ACCESS_REVIEW,
            SELF_ACCESS_REVIEW,
            SELF_RULES_REVIEW,
            ACCESS_REVIEW);

    private final String group;
    private final Class<?> type;
    private final boolean namespaced;

    Posted(String group, Class<?> type, boolean namespaced) {
        this.group = group;
        this.type = type;
        this.namespaced = namespaced;
    }

    /// Empty for the core group.
    public String group() {
        return group;
    }

    public Class<?> type() {
        return type;
    }

    public boolean namespaced() {
        return namespaced;
    }

    public String kind() {
        return type.getSimpleName();
    }

    public String singular() {
        return kind().toLowerCase(Locale.ROOT);
    }

    public String plural() {
        return singular() + "s";
    }

    /// As the index of version 3 calls its group.
    String place() {
        return group.isEmpty() ? "api/v1" : "apis/" + group + "/v1";
    }
}
