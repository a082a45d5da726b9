package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.job.JobInput.Creation;
import dev.jobctl.control.job.JobMemory;
import dev.jobctl.control.job.JobSettings;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.JobStatusView;
import dev.jobctl.resource.view.JobStatusView.Uncounted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays a row about the Job controller.
///
/// Given: `job` and `pod` (their words: [JobText], [PodText]; `pod a gone` takes it away), `had` (status before:
/// counters,
/// `start`, `cond=Suspended/JobSuspended`), `memory failures=2 last=-5s`, `backoffCap 10m`, `bound 3` (pods and entries
/// per decision), `noCreate`, `namespaceGoes`. Acts: `later 10s`, `decide` (once), `settle` (until quiet), `orphan a`
/// (the orphan
/// queue looks at pod a; `of-job`: its Job is stored), `ttl` (the TTL controller looks at the Job). Then, about the
/// last act:
/// `create` and `delete`, `kill`, `free`, `adopt`, `release` (pods or indexes in order, or `none`; `delete` is without
/// counting, `kill` with), `status` (some of its fields), `conditions` (all, as Type/Reason or Type=False/Reason),
/// `message TYPE text`, `events`, `event REASON text`, `wake`, `pods` (all that are left), `memory?`, `versions` (one
/// field
/// through the versions written), `quiet`.
final class JobRows {
    private final JobWorld world = new JobWorld();
    private boolean quiet;

    static void play(RuleRow row) {
        JobRows player = new JobRows();
        for (Line line : row.lines()) {
            player.play(row, line);
        }
    }

    private void play(RuleRow row, Line line) {
        String where = row.file() + ":" + line.number() + " " + line.verb() + " " + line.text();
        switch (line.verb()) {
            case "job" -> world.jobWords.putAll(line.values());
            case "pod" -> pod(line);
            case "had" -> world.status = had(line.values());
            case "memory" ->
                world.memory = new JobMemory(
                        number(line.values(), "failures"),
                        Clock.at(line.values().getOrDefault("last", "+0s")));
            case "backoffCap" -> world.settings = world.settings.withBackoffCap(Clock.duration(line.text()));
            case "bound" -> {
                int bound = Integer.parseInt(line.text());
                world.settings = new JobSettings(world.settings.podBackoff(), bound, bound);
            }
            case "noCreate" -> world.creation = Creation.HELD;
            case "mayCreate" -> world.creation = Creation.ALLOWED;
            case "namespaceGoes" -> world.creation = Creation.OVER;
            case "later" -> world.now = world.now.plus(Clock.duration(line.text()));
            case "decide" -> quiet = world.decide();
            case "settle" -> world.settle();
            case "orphan" -> world.orphan(line.words().getFirst(), line.words().contains("of-job"));
            case "ttl" -> world.ttl();
            default -> expect(where, line);
        }
    }

    private void expect(String where, Line line) {
        Object expected = line.text().equals("none") ? "" : line.text();
        switch (line.verb()) {
            case "create" -> assertThat(creations()).as(where).isEqualTo(expected);
            case "delete" -> assertThat(deletions(true)).as(where).isEqualTo(expected);
            case "kill" -> assertThat(deletions(false)).as(where).isEqualTo(expected);
            case "free" ->
                assertThat(names(Change.RemoveFinalizer.class)).as(where).isEqualTo(expected);
            case "adopt" -> assertThat(names(Change.AdoptPod.class)).as(where).isEqualTo(expected);
            case "release" ->
                assertThat(names(Change.ReleasePod.class)).as(where).isEqualTo(expected);
            case "status" ->
                line.values()
                        .forEach((key, value) ->
                                assertThat(fields(world.status)).as(where).containsEntry(key, value));
            case "versions" ->
                assertThat(world.versions.stream()
                                .map(version -> fields(version).get(line.words().getFirst()))
                                .collect(Collectors.joining(" ")))
                        .as(where)
                        .isEqualTo(String.join(
                                " ", line.words().subList(1, line.words().size())));
            case "conditions" -> assertThat(conditions()).as(where).isEqualTo(expected);
            case "message" ->
                assertThat(message(line.words().getFirst())).as(where).isEqualTo(rest(line));
            case "since" -> assertThat(since(line.words().getFirst())).as(where).isEqualTo(rest(line));
            case "events" ->
                assertThat(world.events.stream().map(EventDraft::reason).collect(Collectors.joining(" ")))
                        .as(where)
                        .isEqualTo(expected);
            case "event" ->
                assertThat(world.events.stream()
                                .map(event -> event.type() + " " + event.reason() + " " + event.message()))
                        .as(where)
                        .contains(line.text());
            case "wake" -> assertThat(Clock.print(world.wakeAt)).as(where).isEqualTo(line.text());
            case "pods" ->
                assertThat(String.join(" ", world.pods.keySet())).as(where).isEqualTo(expected);
            case "memory?" ->
                assertThat(world.memory.failures() + " " + Clock.print(world.memory.lastFailure()))
                        .as(where)
                        .isEqualTo(line.text());
            case "do" ->
                assertThat(changes(Change.Delete.class).stream()
                                .map(delete -> String.valueOf(delete.options().propagation()))
                                .collect(Collectors.joining(" ")))
                        .as(where)
                        .isEqualTo(expected);
            case "quiet" -> assertThat(quiet).as(where).isTrue();
            default -> throw new IllegalArgumentException(where);
        }
    }

    private static String rest(Line line) {
        return String.join(" ", line.words().subList(1, line.words().size()));
    }

    private void pod(Line line) {
        String name = line.words().getFirst();
        List<String> plain = line.plain();
        if (plain.contains("gone")) {
            world.pods.remove(name);
            return;
        }
        Map<String, String> words = world.pods.computeIfAbsent(name, key -> new HashMap<>());
        words.putAll(line.values());
        if (plain.size() > 1) {
            words.put("state", plain.get(1));
        }
        boolean endsNow = plain.contains("succeeded") || plain.contains("failed");
        if (endsNow && !line.values().containsKey("at")) {
            words.put("at", Clock.print(world.now));
        }
        world.removeEnded();
    }

    private JobStatusView had(Map<String, String> values) {
        List<ConditionView> conditions = new ArrayList<>();
        for (String condition : values.getOrDefault("cond", "").split(",", -1)) {
            if (!condition.isEmpty()) {
                conditions.add(condition(condition));
            }
        }
        @Nullable String failedIndexes = values.get("failedIndexes");
        return new JobStatusView(
                conditions,
                time(values.get("start")),
                time(values.get("completion")),
                number(values, "active"),
                number(values, "ready"),
                number(values, "terminating"),
                number(values, "succeeded"),
                number(values, "failed"),
                IndexSet.lenient(values.getOrDefault("completed", "")),
                failedIndexes == null ? null : IndexSet.lenient(failedIndexes),
                new Uncounted(uids(values.get("uncountedSucceeded")), uids(values.get("uncountedFailed"))));
    }

    /// `Type/Reason` or `Type=False/Reason`, with `_` for a blank in the reason's place of a message: the words of the
    /// controller itself are filled in where the reason has fixed ones.
    private static ConditionView condition(String text) {
        String[] parts = text.split("/", -1);
        String type = parts[0].replace("=False", "");
        String reason = parts.length > 1 ? parts[1] : "";
        String message = switch (reason) {
            case "JobSuspended" -> "Job suspended";
            case "JobResumed" -> "Job resumed";
            case "BackoffLimitExceeded" -> "Job has reached the specified backoff limit";
            case "DeadlineExceeded" -> "Job was active longer than specified deadline";
            case "CompletionsReached" -> "Reached expected number of succeeded pods";
            default -> "";
        };
        return new ConditionView(type, parts[0].endsWith("=False") ? "False" : "True", reason, message, Clock.START);
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Clock.at(text);
    }

    private static int number(Map<String, String> values, String key) {
        return Integer.parseInt(values.getOrDefault(key, "0"));
    }

    private static List<String> uids(@Nullable String names) {
        return names == null
                ? List.of()
                : Arrays.stream(names.split(",", -1)).map(name -> "uid-" + name).toList();
    }

    /// `3` for three pods without an index; `0 2:1 5:1/2` for indexes with failure count and ignored count.
    private String creations() {
        List<Change.CreatePod> creations = changes(Change.CreatePod.class);
        if (!creations.isEmpty() && creations.getFirst().index() == null) {
            return Integer.toString(creations.size());
        }
        return creations.stream().map(JobRows::print).collect(Collectors.joining(" "));
    }

    private static String print(Change.CreatePod create) {
        String failures = create.failureCount() == null ? "" : ":" + create.failureCount();
        boolean ignored = create.ignoredFailureCount() != null && create.ignoredFailureCount() > 0;
        return create.index() + failures + (ignored ? "/" + create.ignoredFailureCount() : "");
    }

    private String deletions(boolean uncounted) {
        return changes(Change.DeletePod.class).stream()
                .filter(delete -> delete.uncounted() == uncounted)
                .map(delete -> delete.pod().key().name())
                .collect(Collectors.joining(" "));
    }

    private String names(Class<? extends Change> type) {
        return changes(type).stream()
                .map(change -> switch (change) {
                    case Change.RemoveFinalizer remove -> remove.object().key().name();
                    case Change.AdoptPod adopt -> adopt.pod().key().name();
                    case Change.ReleasePod release -> release.pod().key().name();
                    default -> change.toString();
                })
                .collect(Collectors.joining(" "));
    }

    private <T extends Change> List<T> changes(Class<T> type) {
        return world.changes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private String conditions() {
        return world.status.conditions().stream()
                .map(c -> c.type() + (c.isTrue() ? "" : "=" + c.status()) + "/" + c.reason())
                .collect(Collectors.joining(" "));
    }

    private String message(String type) {
        @Nullable ConditionView condition = world.status.condition(type);
        return condition == null ? "no condition " + type : condition.message();
    }

    private String since(String type) {
        @Nullable ConditionView condition = world.status.condition(type);
        return condition == null ? "no condition " + type : Clock.print(condition.lastTransition());
    }

    private static Map<String, String> fields(JobStatusView status) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("active", Integer.toString(status.active()));
        fields.put("ready", String.valueOf(status.ready()));
        fields.put("terminating", String.valueOf(status.terminating()));
        fields.put("succeeded", Integer.toString(status.succeeded()));
        fields.put("failed", Integer.toString(status.failed()));
        fields.put("completed", status.completedIndexes().toString());
        fields.put(
                "failedIndexes",
                status.failedIndexes() == null ? "none" : status.failedIndexes().toString());
        Uncounted uncounted = status.uncounted() == null ? Uncounted.NONE : status.uncounted();
        fields.put("uncounted", status.uncounted() == null ? "none" : "{}");
        fields.put("uncountedSucceeded", podNames(uncounted.succeeded()));
        fields.put("uncountedFailed", podNames(uncounted.failed()));
        fields.put("start", Clock.print(status.startTime()));
        fields.put("completion", Clock.print(status.completionTime()));
        return fields;
    }

    private static String podNames(List<String> uids) {
        return uids.stream().map(uid -> uid.substring("uid-".length())).collect(Collectors.joining(","));
    }
}
