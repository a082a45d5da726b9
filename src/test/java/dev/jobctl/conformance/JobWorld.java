package dev.jobctl.conformance;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.job.JobController;
import dev.jobctl.control.job.JobInput;
import dev.jobctl.control.job.JobInput.Creation;
import dev.jobctl.control.job.JobMemory;
import dev.jobctl.control.job.JobSettings;
import dev.jobctl.control.job.OrphanPods;
import dev.jobctl.control.ttl.TtlController;
import dev.jobctl.resource.value.EventDraft;
import dev.jobctl.resource.view.JobStatusView;
import dev.jobctl.resource.view.JobView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.std.Check;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One Job, its pods and a clock: carries decisions out as the loop does, on views alone. Owned by one test.
final class JobWorld {
    /// More rounds than any row needs to become quiet.
    private static final int MAX_ROUNDS = 40;

    Instant now = Clock.START;
    final Map<String, String> jobWords = new HashMap<>();
    final Map<String, Map<String, String>> pods = new LinkedHashMap<>();
    JobStatusView status = JobStatusView.UNTOUCHED;
    JobMemory memory = JobMemory.EMPTY;
    JobSettings settings = JobSettings.DEFAULT;
    Creation creation = Creation.ALLOWED;

    /// What the last `decide` or `settle` did.
    final List<Change> changes = new ArrayList<>();

    final List<EventDraft> events = new ArrayList<>();
    final List<JobStatusView> versions = new ArrayList<>();

    @Nullable
    Instant wakeAt;

    private int created;

    JobView job() {
        return new JobView(JobText.meta(jobWords), JobText.spec(jobWords), status);
    }

    List<PodView> podViews() {
        List<PodView> views = new ArrayList<>();
        pods.forEach((name, words) -> views.add(PodText.view(name, words)));
        return views;
    }

    /// One decision, carried out. Whether it was quiet.
    boolean decide() {
        forget();
        return step();
    }

    /// Decisions until one is quiet: the quiet property must hold.
    void settle() {
        forget();
        for (int i = 0; i < MAX_ROUNDS; i++) {
            if (step()) {
                return;
            }
        }
        Check.that(false, "not quiet after %s rounds: %s", MAX_ROUNDS, changes);
    }

    /// What the orphan queue makes of one pod.
    void orphan(String name, boolean jobStored) {
        forget();
        PodView pod = PodText.view(name, words(name));
        Decision decision = OrphanPods.decide(pod, jobStored ? job() : null);
        changes.addAll(decision.changes());
        decision.changes().forEach(this::apply);
    }

    /// What the TTL controller makes of the Job; not carried out.
    void ttl() {
        forget();
        Decision decision = TtlController.decide(job(), now);
        changes.addAll(decision.changes());
        wakeAt = decision.wakeAt();
    }

    private void forget() {
        changes.clear();
        events.clear();
        versions.clear();
    }

    private boolean step() {
        JobInput input = new JobInput(job(), podViews(), memory, creation);
        Decision decision = new JobController(settings).decide(input, now);
        changes.addAll(decision.changes());
        events.addAll(decision.events());
        wakeAt = decision.wakeAt();
        decision.changes().forEach(this::apply);
        removeEnded();
        return decision.isQuiet();
    }

    private void apply(Change change) {
        switch (change) {
            case Change.CreatePod create -> create(create);
            case Change.DeletePod delete -> delete(delete);
            case Change.RemoveFinalizer remove ->
                words(remove.object().key().name()).put("tracked", "false");
            case Change.SetJobStatus set -> {
                status = set.status();
                versions.add(status);
            }
            case Change.AdoptPod adopt ->
                words(adopt.pod().key().name()).putAll(Map.of("owner", "uid-job", "tracked", "true"));
            case Change.ReleasePod release ->
                words(release.pod().key().name()).putAll(Map.of("owner", "none", "tracked", "false"));
            case Change.Remember remember -> memory = remember.memory() == null ? JobMemory.EMPTY : remember.memory();
            default -> Check.that(false, "not a change of the Job controller: %s", change);
        }
    }

    private Map<String, String> words(String pod) {
        @Nullable Map<String, String> words = pods.get(pod);
        Check.that(words != null, "no pod %s", pod);
        return words == null ? Map.of() : words;
    }

    /// Names: `p1`, `p2` ... or, of an index, `i3`, then `i3b`, `i3c` for its replacements.
    private void create(Change.CreatePod create) {
        @Nullable Integer index = create.index();
        String name = index == null ? "p" + ++created : "i" + index;
        for (char letter = 'b'; pods.containsKey(name) || used.containsKey(name); letter++) {
            name = "i" + index + letter;
        }
        used.put(name, true);
        Map<String, String> words = PodText.created(index, create.failureCount(), create.ignoredFailureCount());
        words.put("created", Clock.print(now));
        pods.put(name, words);
    }

    private final Map<String, Boolean> used = new TreeMap<>();

    private void delete(Change.DeletePod delete) {
        Map<String, String> words = words(delete.pod().key().name());
        if (delete.uncounted()) {
            words.put("tracked", "false");
        }
        words.put("deleting", "true");
    }

    /// A deleted pod goes once it has ended, or had no node to end on, and has no finalizer.
    void removeEnded() {
        for (PodView pod : podViews()) {
            boolean over = pod.terminal() || pod.node() == null;
            if (pod.deleting() && over && !pod.tracked()) {
                pods.remove(pod.meta().name());
            }
        }
    }
}
