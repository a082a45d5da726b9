package dev.jobctl.node.fields;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One row of the table.
///
/// @param name as the API has it
record Field<T>(String name, Rule<T> rule) {
    /// What becomes of the field's value; empty when it is done as it is written.
    interface Rule<T> {
        Optional<Answer> ask(T owner, Pod pod, Way way);
    }

    /// Both runtimes do it, or it is not a node's to do.
    static <T> Field<T> done(String name) {
        return new Field<>(name, (owner, pod, way) -> Optional.empty());
    }

    /// Both runtimes refuse it where it is set.
    static <T> Field<T> refused(String name, Predicate<T> set, String what) {
        return new Field<>(name, (owner, pod, way) -> set.test(owner) ? refusal(what) : Optional.empty());
    }

    /// Both runtimes run the pod without it where it is set.
    static <T> Field<T> warned(String name, Predicate<T> set, String what) {
        return new Field<>(name, (owner, pod, way) -> set.test(owner) ? warning(what) : Optional.empty());
    }

    static Optional<Answer> refusal(String what) {
        return Optional.of(new Answer.Refused(what));
    }

    static Optional<Answer> warning(String what) {
        return Optional.of(new Answer.Warned(what));
    }

    static Optional<Answer> refusalIf(boolean so, String what) {
        return so ? refusal(what) : Optional.empty();
    }

    static boolean yes(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    static boolean any(@Nullable Collection<?> values) {
        return values != null && !values.isEmpty();
    }
}
