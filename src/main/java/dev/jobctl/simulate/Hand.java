package dev.jobctl.simulate;

import dev.jobctl.report.Timeline.Kind;
import dev.jobctl.resource.defaults.Preparation;
import dev.jobctl.resource.validation.Validation;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.GoDuration;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.value.Timestamps;
import dev.jobctl.resource.value.Write;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Does to a world what a scenario asks for. Owned by the world's thread.
final class Hand {
    private static final Duration WARNING = Duration.ofSeconds(30);

    private final World world;
    private final Narration narration;

    Hand(World world, Narration narration) {
        this.world = world;
        this.narration = narration;
    }

    /// What follows from it later.
    Optional<Action> act(Action action) {
        narration.say(Kind.ACTION, subject(action), action.words());
        String node = action.verb().needsNode() ? node(action.target()) : "";
        switch (action.verb()) {
            case SUSPEND -> changeJobs(action, job -> job.getSpec().setSuspend(true));
            case RESUME -> changeJobs(action, job -> job.getSpec().setSuspend(false));
            case SCALE -> changeJobs(action, job -> scale(job, action.value()));
            case DELETE ->
                jobs(action)
                        .forEach(job ->
                                delete(job.key(), Deletion.gentle(job.ref().uid())));
            case DELETE_PODS ->
                pods(action)
                        .forEach(pod ->
                                delete(pod.key(), Deletion.gentle(pod.ref().uid())));
            case LOSE_NODE -> world.powerFails(node);
            case CUT_NODE -> world.cutOff(node);
            case RETURN_NODE -> world.comesBack(node);
            case REBOOT_NODE -> world.reboot(node);
            case DELETE_NODE -> world.removeNode(node);
            case ADD_NODE -> world.addNode();
            case CORDON -> world.cordon(node, true);
            case UNCORDON -> world.cordon(node, false);
            case DRAIN -> drain(node);
            case CRASH -> world.crash();
            case JUMP -> world.jump(duration(action.value(), Duration.ZERO));
            case INTERRUPT_NODE -> {
                Duration grace = duration(action.value(), WARNING);
                world.shutDown(node, grace);
                return Optional.of(new Action(action.at().plus(grace), Action.Verb.DELETE_NODE, action.target(), ""));
            }
        }
        return Optional.empty();
    }

    private static Duration duration(String text, Duration otherwise) {
        return GoDuration.parse(text) instanceof Parsed.Good<Duration>(Duration value) ? value : otherwise;
    }

    private static String subject(Action action) {
        return action.verb().needsNode() ? "node/" + node(action.target()) : "you";
    }

    static String node(String target) {
        return target.matches("\\d+") ? "node-" + target : target;
    }

    /// A change that the API would refuse is refused, and told.
    private void changeJobs(Action action, Consumer<Job> edit) {
        for (ObjectVersion version : jobs(action)) {
            Job old = (Job) version.object();
            Job next = Json.copy(old);
            edit.accept(next);
            Preparation.forUpdate(Kinds.JOB, old, next, null);
            List<FieldError> errors = Validation.update(Kinds.JOB, old, next);
            if (errors.isEmpty()) {
                world.submit(new Write.Update(version.key(), version.revision(), next));
            } else {
                String why = errors.stream()
                        .map(error -> error.path() + ": " + error.message())
                        .collect(Collectors.joining("; "));
                narration.say(Kind.ACTION, "job/" + version.key().name(), "refused: " + why);
            }
        }
    }

    private static void scale(Job job, String value) {
        int number = Integer.parseInt(value.substring(value.indexOf('=') + 1));
        if (value.startsWith("parallelism")) {
            job.getSpec().setParallelism(number);
        } else {
            job.getSpec().setCompletions(number);
            job.getSpec().setParallelism(number);
        }
    }

    private List<ObjectVersion> jobs(Action action) {
        List<ObjectVersion> found = world.snapshot().prefixed(Kinds.JOB.keyPrefix()).stream()
                .map(Entry::value)
                .filter(job -> action.target().isEmpty() || job.key().name().equals(action.target()))
                .toList();
        if (found.isEmpty()) {
            narration.say(
                    Kind.ACTION, "you", "there is no Job" + (action.target().isEmpty() ? "" : " " + action.target()));
        }
        return found;
    }

    private List<ObjectVersion> pods(Action action) {
        String index = action.value().isEmpty() ? "" : action.value().substring("index=".length());
        return world.snapshot().prefixed(Kinds.POD.keyPrefix()).stream()
                .map(Entry::value)
                .filter(version -> runs((Pod) version.object()))
                .filter(version -> index.isEmpty()
                        || PodWatch.index((Pod) version.object()).equals(index))
                .filter(version ->
                        action.target().isEmpty() || version.key().name().startsWith(action.target() + "-"))
                .toList();
    }

    private static boolean runs(Pod pod) {
        String phase = pod.getStatus().getPhase();
        return !"Succeeded".equals(phase)
                && !"Failed".equals(phase)
                && pod.getMetadata().getDeletionTimestamp() == null;
    }

    private void delete(ObjectKey key, Deletion how) {
        world.delete(key, how);
    }

    /// As `kubectl drain`: no new pods, and those that are there are evicted.
    private void drain(String node) {
        world.cordon(node, true);
        for (Entry<ObjectVersion> entry : world.snapshot().prefixed(Kinds.POD.keyPrefix())) {
            Pod pod = (Pod) entry.value().object();
            if (node.equals(pod.getSpec().getNodeName()) && runs(pod)) {
                evict(entry.value());
            }
        }
    }

    private void evict(ObjectVersion version) {
        Pod marked = Json.copy((Pod) version.object());
        PodCondition condition = new PodCondition();
        condition.setType("DisruptionTarget");
        condition.setStatus("True");
        condition.setReason("EvictionByEvictionAPI");
        condition.setMessage("Eviction API: evicting");
        condition.setLastTransitionTime(Timestamps.print(world.now()));
        marked.getStatus().getConditions().add(condition);
        @Nullable ObjectVersion now = world.find(version.key());
        if (now != null) {
            world.submit(new Write.Update(version.key(), now.revision(), marked));
            delete(version.key(), Deletion.gentle(version.ref().uid()));
        }
    }

    /// What cannot be done to the nodes of this scenario; null when it can.
    static @Nullable String impossible(Action action, int nodes) {
        if (!action.verb().needsNode() || !action.target().matches("(node-)?\\d+")) {
            return action.verb().needsNode()
                    ? "there is no node " + action.target() + "; nodes are 1 to " + nodes
                    : null;
        }
        String digits = action.target().replace("node-", "");
        boolean there = digits.length() < 9 && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= nodes;
        return there ? null : "there is no node " + digits + "; nodes are 1 to " + nodes;
    }
}
