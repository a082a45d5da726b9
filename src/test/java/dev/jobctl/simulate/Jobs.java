package dev.jobctl.simulate;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Jobs for tests, and questions about them.
final class Jobs {
    private Jobs() {}

    static JobBuilder job(String name) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .withCommand("true")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec();
    }

    static JobBuilder indexed(String name, int completions, int parallelism) {
        return job(name)
                .editSpec()
                .withCompletionMode("Indexed")
                .withCompletions(completions)
                .withParallelism(parallelism)
                .endSpec();
    }

    static Job stored(World world, String name) {
        return (Job) Objects.requireNonNull(world.find(World.key(Kinds.JOB, name)), name)
                .object();
    }

    static List<String> conditions(World world, String name) {
        return stored(world, name).getStatus().getConditions().stream()
                .map(c -> c.getType() + "=" + c.getStatus() + "(" + c.getReason() + ")")
                .toList();
    }

    static List<Pod> pods(World world) {
        return all(world, Kinds.POD.keyPrefix(), Pod.class);
    }

    private static <T> List<T> all(World world, String prefix, Class<T> type) {
        return world.snapshot().prefixed(prefix).stream()
                .map(Entry::value)
                .map(ObjectVersion::object)
                .map(type::cast)
                .toList();
    }

    /// `Reason: message` of the events about an object, in order.
    static List<String> events(World world, String object) {
        return all(world, Kinds.EVENT.keyPrefix(), Event.class).stream()
                .filter(event -> event.getInvolvedObject().getName().equals(object))
                .sorted(Comparator.comparing(event -> event.getMetadata().getName()))
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }
}
