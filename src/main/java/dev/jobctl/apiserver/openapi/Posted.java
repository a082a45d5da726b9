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
record Posted(String group, Class<?> type, boolean namespaced) {
    static final Posted BINDING = new Posted("", Binding.class, true);
    static final Posted EVICTION = new Posted("policy", Eviction.class, true);
    static final Posted TOKEN_REQUEST = new Posted("authentication.k8s.io", TokenRequest.class, true);

    /// Those with paths of their own.
    static final List<Posted> REVIEWS = List.of(
            new Posted("authentication.k8s.io", SelfSubjectReview.class, false),
            new Posted("authentication.k8s.io", TokenReview.class, false),
            new Posted("authorization.k8s.io", LocalSubjectAccessReview.class, true),
            new Posted("authorization.k8s.io", SelfSubjectAccessReview.class, false),
            new Posted("authorization.k8s.io", SelfSubjectRulesReview.class, false),
            new Posted("authorization.k8s.io", SubjectAccessReview.class, false));

    String kind() {
        return type.getSimpleName();
    }

    String plural() {
        return kind().toLowerCase(Locale.ROOT) + "s";
    }

    /// As the index of version 3 calls its group.
    String place() {
        return group.isEmpty() ? "api/v1" : "apis/" + group + "/v1";
    }
}
