package dev.jobctl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobctl.std.Check;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Revisions, creation revisions and ranges.
class DraftTest {
    private final MemoryStore<String> store = new MemoryStore<>();

    @Test
    void everyChangeHasItsOwnRevisionAndTheKeyRemembersItsFirst() {
        Draft<String> draft = new Draft<>(store.current());
        draft.put("a", revision -> "1");
        draft.put("a", revision -> "2");
        draft.delete("a");
        draft.put("a", revision -> "4@" + revision);
        store.commit(draft, () -> {});

        assertThat(store.current().revision()).isEqualTo(4);
        assertThat(store.current().get("a")).isEqualTo(new Entry<>("a", 4, 4, "4@4"));
    }

    @Test
    void nothingIsVisibleBeforeTheCommitAndTheCallbackSeesIt() {
        Draft<String> draft = new Draft<>(store.current());
        draft.put("a", revision -> "1");
        assertThat(store.current().get("a")).isNull();
        List<Integer> sizes = new ArrayList<>();
        store.commit(draft, () -> sizes.add(store.current().size()));
        assertThat(sizes).containsExactly(1);
    }

    @Test
    void aStaleDraftIsABug() {
        Draft<String> stale = new Draft<>(store.current());
        Draft<String> first = new Draft<>(store.current());
        first.put("a", revision -> "1");
        stale.put("b", revision -> "1");
        store.commit(first, () -> {});
        assertThatThrownBy(() -> store.commit(stale, () -> {})).isInstanceOf(Check.Broken.class);
    }

    @Test
    void rangesAreInKeyOrder() {
        Draft<String> draft = new Draft<>(store.current());
        for (String key : List.of("p/b/2", "p/a/1", "q/x", "p/b/1", "o")) {
            draft.put(key, revision -> key);
        }
        Snapshot<String> snapshot = draft.snapshot();
        assertThat(snapshot.prefixed("p/b/")).extracting(Entry::key).containsExactly("p/b/1", "p/b/2");
        assertThat(snapshot.between("p/a/1", "p/b/2")).extracting(Entry::key).containsExactly("p/a/1", "p/b/1");
    }
}
