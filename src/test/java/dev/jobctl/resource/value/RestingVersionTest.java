package dev.jobctl.resource.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import org.junit.jupiter.api.Test;

class RestingVersionTest {
    private static ObjectVersion event() {
        Event event = new EventBuilder()
                .withNewMetadata()
                .withName("pi.1")
                .withNamespace("default")
                .withUid("u-1")
                .endMetadata()
                .withReason("Created")
                .withMessage("said \"so\"")
                .build();
        return ObjectVersion.of(Kinds.EVENT, event, 7);
    }

    @Test
    void oneThatWasNeverWrittenDoesNotRest() {
        ObjectVersion version = event();
        version.rest();
        assertThat(version.resting()).isFalse();
    }

    @Test
    void aRestingVersionIsReadAnew() {
        ObjectVersion version = event();
        byte[] json = version.json();
        var before = version.object();
        version.rest();
        assertThat(version.resting()).isTrue();
        assertThat(version.object()).isEqualTo(before).isNotSameAs(before);
        assertThat(version.json()).isSameAs(json);
        assertThat(version.ref().uid()).isEqualTo("u-1");
        version.age();
        assertThat(version.json()).isSameAs(json);
    }

    @Test
    void anAgedVersionIsWrittenAgain() {
        ObjectVersion version = event();
        byte[] json = version.json();
        version.age();
        assertThat(version.json()).isEqualTo(json).isNotSameAs(json);
    }

    @Test
    void onlyARestingVersionSaysNo() {
        ObjectVersion version = event();
        version.json();
        assertThat(version.mayMention("Killed")).isTrue();
        version.rest();
        assertThat(version.mayMention("Killed")).isFalse();
        assertThat(version.mayMention("Created")).isTrue();
        assertThat(version.mayMention("Create")).isFalse();
        assertThat(version.mayMention("said \"so\"")).isTrue();
        assertThat(version.mayMention("")).isTrue();
        assertThat(version.mayMention("ö")).isTrue();
    }
}
