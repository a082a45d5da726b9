package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.cronjob.CronInput;
import dev.jobctl.control.cronjob.CronJobController;
import dev.jobctl.control.cronjob.CronMemory;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.value.IndexSet;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.CronJobStatusView;
import dev.jobctl.resource.view.CronJobView;
import dev.jobctl.resource.view.CronJobView.Concurrency;
import dev.jobctl.resource.view.JobStatusView;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.MetaView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays a row about the CronJob controller; the CronJob is called cj.
///
/// `cron schedule=0_*_*_*_* zone= local= concurrency= suspend= deadline= keep= keepFailed= deleting= last= successful=`
/// (`_` is a blank, `local` the controller's own time zone), `job NAME running|ending|complete|failed|gone at= start=`,
/// `stranger NAME`, `touch` (another version of the CronJob that says the same), `later 1h`, `decide` or `settle`.
/// Then, about the last act: `do create(a) delete(b)`, `annotation`
/// of
/// the created, `status active=a,b last= successful=`, `events`, `event TEXT`, `wake`, `quiet`.
final class CronRows {
    private final Map<String, String> cron = new HashMap<>(Map.of("keep", "3", "keepFailed", "1"));
    private final Map<String, Map<String, String>> jobs = new LinkedHashMap<>();
    private final Set<String> strangers = new HashSet<>();
    private CronJobStatusView status = CronJobStatusView.UNTOUCHED;
    private int version;
    private CronMemory memory = CronMemory.EMPTY;
    private Instant now = Clock.START;

    private final List<String> done = new ArrayList<>();
    private final List<EventDraft> events = new ArrayList<>();
    private String annotation = "";
    private @Nullable Instant wakeAt;
    private boolean quiet;

    static void play(RuleRow row) {
        CronRows player = new CronRows();
        row.lines().forEach(player::play);
    }

    private void play(Line line) {
        String where = "line " + line.number();
        version += Set.of("cron", "job", "touch").contains(line.verb()) ? 1 : 0;
        switch (line.verb()) {
            case "cron" -> cron(line.values());
            case "job" -> job(line);
            case "touch" -> {} // the version alone
            case "stranger" -> strangers.add(line.text());
            case "later" -> now = now.plus(Clock.duration(line.text()));
            case "decide" -> {
                forget();
                quiet = step();
            }
            case "settle" -> settle(where);
            case "do" ->
                assertThat(String.join(" ", done))
                        .as(where)
                        .isEqualTo(line.text().equals("none") ? "" : line.text());
            case "annotation" -> assertThat(annotation).as(where).isEqualTo(line.text());
            case "status" ->
                line.values()
                        .forEach((key, value) -> assertThat(fields()).as(where).containsEntry(key, value));
            case "events" ->
                assertThat(events.stream().map(EventDraft::reason).collect(Collectors.joining(" ")))
                        .as(where)
                        .isEqualTo(line.text().equals("none") ? "" : line.text());
            case "event" ->
                assertThat(events.stream().map(EventDraft::message)).as(where).contains(line.text());
            case "wake" -> assertThat(Clock.print(wakeAt)).as(where).isEqualTo(line.text());
            case "quiet" -> assertThat(quiet).as(where).isTrue();
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    private void cron(Map<String, String> values) {
        cron.putAll(values);
        if (values.containsKey("last") || values.containsKey("successful")) {
            status = new CronJobStatusView(
                    List.of(), Map.of(), time(values.get("last")), time(values.get("successful")));
        }
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Clock.at(text);
    }

    private void job(Line line) {
        String name = line.plain().getFirst();
        String state = line.plain().get(1);
        if (state.equals("gone")) {
            jobs.remove(name);
            return;
        }
        Map<String, String> words = jobs.computeIfAbsent(name, key -> new HashMap<>());
        words.put("state", state);
        words.putIfAbsent("at", Clock.print(now));
        words.putAll(line.values());
        if (!line.values().containsKey("at")) {
            words.put("at", Clock.print(now));
        }
    }

    private void forget() {
        done.clear();
        events.clear();
    }

    private void settle(String where) {
        forget();
        for (int i = 0; i < 10; i++) {
            if (step()) {
                return;
            }
        }
        throw new AssertionError(where + ": never quiet: " + done);
    }

    private boolean step() {
        CronInput input = new CronInput(
                view(),
                children(),
                strangers::contains,
                Integer.toString(version),
                memory,
                ZoneId.of(cron.getOrDefault("local", "Z")),
                true);
        Decision decision = CronJobController.decide(input, now);
        events.addAll(decision.events());
        wakeAt = decision.wakeAt();
        decision.changes().forEach(this::carryOut);
        return decision.isQuiet();
    }

    private void carryOut(Change change) {
        version += change instanceof Change.RememberCronJob ? 0 : 1;
        switch (change) {
            case Change.Delete delete -> {
                done.add("delete(" + delete.object().key().name() + ")");
                jobs.remove(delete.object().key().name());
            }
            case Change.SetCronJobStatus set -> status = set.status();
            case Change.RememberCronJob remember -> memory = remember.memory();
            case Change.CreateJob create -> {
                done.add("create(" + create.name() + ")");
                annotation = create.annotation();
                jobs.put(create.name(), new HashMap<>(Map.of("state", "running", "start", Clock.print(now))));
                List<ObjectRef> active = new ArrayList<>(status.active());
                active.add(ref(create.name()));
                status = new CronJobStatusView(active, Map.of(), create.scheduled(), status.lastSuccessful());
            }
            default -> throw new AssertionError("not a CronJob controller's: " + change);
        }
    }

    private CronJobView view() {
        boolean deleting = cron.getOrDefault("deleting", "false").equals("true");
        MetaView meta = new MetaView(
                new ObjectRef(new ObjectKey(Kinds.CRON_JOB, "default", "cj"), "uid-cj"),
                Map.of(),
                List.of(),
                List.of(),
                Clock.START,
                deleting ? Clock.START : null,
                0);
        @Nullable Integer deadline = JobText.integer(cron.get("deadline"));
        return new CronJobView(
                meta,
                cron.getOrDefault("schedule", "").replace('_', ' '),
                cron.get("zone"),
                deadline == null ? null : Long.valueOf(deadline),
                Concurrency.valueOf(cron.getOrDefault("concurrency", "Allow")),
                cron.getOrDefault("suspend", "false").equals("true"),
                JobText.integer(cron.get("keep")),
                JobText.integer(cron.get("keepFailed")),
                status);
    }

    private static ObjectRef ref(String name) {
        return new ObjectRef(new ObjectKey(Kinds.JOB, "default", name), "uid-" + name);
    }

    private List<JobView> children() {
        List<JobView> children = new ArrayList<>();
        jobs.forEach((name, words) -> children.add(new JobView(
                new MetaView(ref(name), Map.of(), List.of(), List.of(), Clock.START, null, 0),
                JobText.spec(Map.of()),
                jobStatus(words))));
        return children;
    }

    private static JobStatusView jobStatus(Map<String, String> words) {
        Instant at = Clock.at(words.getOrDefault("at", "+0s"));
        String state = words.getOrDefault("state", "running");
        List<ConditionView> conditions = switch (state) {
            case "complete" -> List.of(new ConditionView("Complete", "True", "", "", at));
            case "failed" -> List.of(new ConditionView("Failed", "True", "", "", at));
            case "ending" -> List.of(new ConditionView("SuccessCriteriaMet", "True", "", "", at));
            default -> List.of();
        };
        return new JobStatusView(
                conditions,
                time(words.get("start")),
                state.equals("complete") ? at : null,
                0,
                0,
                0,
                0,
                0,
                IndexSet.EMPTY,
                null,
                null);
    }

    private Map<String, String> fields() {
        return Map.of(
                "active",
                status.active().stream().map(job -> job.key().name()).collect(Collectors.joining(",")),
                "last",
                Clock.print(status.lastSchedule()),
                "successful",
                Clock.print(status.lastSuccessful()));
    }
}
