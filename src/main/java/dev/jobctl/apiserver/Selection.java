package dev.jobctl.apiserver;

import dev.jobctl.resource.value.FieldSelector;
import dev.jobctl.resource.value.LabelSelector;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Parsed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which objects of a collection are meant: the `labelSelector` and `fieldSelector` of a list, watch or
/// deletecollection.
record Selection(LabelSelector labels, FieldSelector fields) {
    /// Throws [ApiError] 400 for text that is no selector, or a field that the kind does not offer.
    static Selection of(Call call, Target target) {
        LabelSelector labels =
                good(LabelSelector.parse(call.text("labelSelector").orElse("")));
        FieldSelector fields =
                good(FieldSelector.parse(call.text("fieldSelector").orElse("")));
        @Nullable String unknown = fields.unsupported(SelectableFields.names(target.kind()));
        if (unknown != null) {
            throw ApiError.badRequest(SelectableFields.complaint(target.kind(), unknown));
        }
        return new Selection(labels, fields);
    }

    boolean everything() {
        return labels.isEverything() && fields.isEverything();
    }

    boolean matches(ObjectVersion version) {
        if (version.resting() && !fields.isEverything() && !mayMatch(version)) {
            return false;
        }
        if (!labels.isEverything()
                && !labels.matches(version.object().getMetadata().getLabels())) {
            return false;
        }
        return fields.isEverything() || fields.matches(SelectableFields.of(version.kind(), version.object()));
    }

    /// Without reading it.
    private boolean mayMatch(ObjectVersion version) {
        for (FieldSelector.Term term : fields.terms()) {
            if (term.equal() && !version.mayMention(term.value())) {
                return false;
            }
        }
        return true;
    }

    /// The one name that is asked for, so that the others need not be looked at.
    Optional<String> onlyName() {
        List<FieldSelector.Term> terms = fields.terms();
        return terms.stream()
                .filter(term -> term.equal() && term.field().equals("metadata.name"))
                .map(FieldSelector.Term::value)
                .findFirst();
    }

    private static <T> T good(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad -> throw ApiError.badRequest(bad.message());
        };
    }
}
