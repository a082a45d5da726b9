package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Objects that own each other, through loop and garbage collector together.
class GarbageLifeTest {
    private final VirtualPlane plane = new VirtualPlane();

    private static ObjectKey key(String namespace, String name) {
        return new ObjectKey(Kinds.CONFIG_MAP, namespace, name);
    }

    private @Nullable ObjectVersion find(ObjectKey key) {
        @Nullable Entry<ObjectVersion> entry = plane.store().current().get(key.path());
        return entry == null ? null : entry.value();
    }

    private void create(ObjectKey key, Consumer<ConfigMap> edit) {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name())
                .endMetadata()
                .build();
        edit.accept(map);
        plane.create(Kinds.CONFIG_MAP, map);
    }

    private void change(ObjectKey key, Consumer<ConfigMap> edit) {
        ObjectVersion version = Objects.requireNonNull(find(key));
        ConfigMap next = Json.copy((ConfigMap) version.object());
        edit.accept(next);
        plane.submit(new Write.Update(key, version.revision(), next));
    }

    /// Whoever is so changed is owned by it and blocks its deletion.
    private Consumer<ConfigMap> ownedBy(ObjectKey owner) {
        String uid = Objects.requireNonNull(find(owner)).object().getMetadata().getUid();
        return map -> map.setMetadata(new ConfigMapBuilder(map)
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(owner.name())
                .withUid(uid)
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .endMetadata()
                .buildMetadata());
    }

    @Test
    void aCircleOfOwnersIsDeletedInTheForeground() {
        ObjectKey a = key("default", "a");
        ObjectKey b = key("default", "b");
        create(a, map -> {});
        create(b, ownedBy(a));
        change(a, ownedBy(b));

        plane.delete(Kinds.CONFIG_MAP, "a", Propagation.Foreground);

        assertThat(find(a)).isNull();
        assertThat(find(b)).isNull();
    }

    @Test
    void whatBlocksFromAnotherNamespaceIsWaitedForAndNotForEver() {
        plane.create(Kinds.NAMESPACE, VirtualPlane.namespace("other"));
        ObjectKey a = key("default", "a");
        ObjectKey b = key("other", "b");
        create(a, map -> {});
        create(b, ownedBy(a).andThen(map -> map.getMetadata().getFinalizers().add("example.com/hold")));
        assertThat(Objects.requireNonNull(find(b)).object().getMetadata().getDeletionTimestamp())
                .as("its owner is none")
                .isNotNull();

        plane.delete(Kinds.CONFIG_MAP, "a", Propagation.Foreground);
        assertThat(find(a)).isNotNull();
        change(b, map -> map.getMetadata().getFinalizers().clear());

        assertThat(find(b)).isNull();
        assertThat(find(a)).isNull();
    }
}
