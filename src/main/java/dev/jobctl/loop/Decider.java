package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import java.time.Instant;
import java.util.function.Consumer;

/// One controller, as the shell sees it: which changes concern which of its keys, and what it decides about one key.
/// Queue, retry, wake-up timers and carrying out are the shell's. Stateless; called on the loop's thread only.
///
/// Adding a controller: a pure `decide` in `control`, one of these in `loop`, one line in [Deciders].
public interface Decider {
    /// For logs, such as `job`.
    String name();

    /// Whether changes of objects of that kind may matter to it: no others are shown to it. Always the same answer.
    default boolean watches(Kind kind) {
        return true;
    }

    /// Names the keys that must be asked again because of `change`, which `state` has already. At the start of a loop
    /// every stored object is shown once as if it had just appeared.
    void touched(Change<ObjectVersion> change, State state, Consumer<String> ask);

    /// Whether `change` may have removed what kept the last answer about `key` from being carried out. If what was
    /// refused would then be done, it is asked again at once, not held until its back-off ends. Cheap: it is asked at
    /// every change while anybody is held.
    default boolean lifts(Change<ObjectVersion> change, String key) {
        return false;
    }

    /// What to do about a key now; quiet when the key means nothing any more.
    Decision decide(Ask ask, State state);

    /// One question.
    ///
    /// @param held the last answer could not be carried out and its back-off still lasts
    record Ask(String key, Instant now, boolean held) {}
}
