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

/// A type whose objects are sent to be answered, and never kept.
///
/// @param group empty for the core group; all are of version `v1`
public record Posted(String group, Class<?> type, boolean namespaced) {
    static final Posted BINDING = new Posted("", Binding.class, true);
    static final Posted EVICTION = new Posted("policy", Eviction.class, true);
    static final Posted TOKEN_REQUEST = new Posted("authentication.k8s.io", TokenRequest.class, true);

    public static final Posted SELF_SUBJECT_REVIEW =
            new Posted("authentication.k8s.io", SelfSubjectReview.class, false);
    public static final Posted TOKEN_REVIEW = new Posted("authentication.k8s.io", TokenReview.class, false);
    public static final Posted LOCAL_ACCESS_REVIEW =
            new Posted("authorization.k8s.io", LocalSubjectAccessReview.class, true);
    public static final Posted SELF_ACCESS_REVIEW =
            new Posted("authorization.k8s.io", SelfSubjectAccessReview.class, false);
    public static final Posted SELF_RULES_REVIEW =
            new Posted("authorization.k8s.io", SelfSubjectRulesReview.class, false);
    public static final Posted ACCESS_REVIEW = new Posted("authorization.k8s.io", SubjectAccessReview.class, false);

    /// Those with paths of their own.
    static final List<Posted> REVIEWS = List.of(
            SELF_SUBJECT_REVIEW,
            TOKEN_REVIEW,
            LOCAL_ACCESS_REVIEW,
            SELF_ACCESS_REVIEW,
            SELF_RULES_REVIEW,
            ACCESS_REVIEW);

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
