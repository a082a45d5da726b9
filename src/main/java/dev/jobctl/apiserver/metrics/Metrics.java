package dev.jobctl.apiserver.metrics;

import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Change;
import dev.jobctl.store.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All numbers of one plane. Safe from any thread.
public final class Metrics {
    private final Family requests = Family.counter(
            "apiserver_request_total",
            "Counter of apiserver requests broken out for each verb, resource" + " and HTTP response code.");
    private final Histogram durations = new Histogram(
            "apiserver_request_duration_seconds",
            "Response latency distribution in seconds for each verb and resource; watches and logs are left out.");
    private final Family open =
            Family.gauge("apiserver_longrunning_requests", "Watches, followed logs and other requests that go on.");
    private final LongAdder commits = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final JobMetrics jobs = new JobMetrics();
    /// One for each kind of question, and one for each of its answers.
    private final Map<Asked, Labels> questions = new ConcurrentHashMap<>();

    private final Map<Answered, Labels> answers = new ConcurrentHashMap<>();
    private final IntSupplier waitingWrites;
    private final Supplier<Snapshot<ObjectVersion>> state;
    private final String version;

    /// @param waitingWrites how many writes wait for the loop
    /// @param version of the server, `v1.32.0+jobctl0.1.0`
    public Metrics(IntSupplier waitingWrites, Supplier<Snapshot<ObjectVersion>> state, String version) {
        this.waitingWrites = waitingWrites;
        this.state = state;
        this.version = version;
    }

    /// What was asked. Values are of a small, fixed set.
    ///
    /// @param verb such as `LIST` or `WATCH`
    /// @param kind null for what is no resource
    /// @param scope `resource`, `namespace` or `cluster`
    public record Asked(
            String verb,
            @org.jspecify.annotations.Nullable Kind kind,
            String subresource,
            String scope,
            boolean dryRun) {
        private Labels labels() {
            return Labels.of(
                    "group",
                    group(),
                    "resource",
                    resource(),
                    "scope",
                    scope,
                    "subresource",
                    subresource,
                    "verb",
                    verb,
                    "version",
                    version());
        }

        private Labels labels(int code) {
            return Labels.of(
                    "code",
                    Integer.toString(code),
                    "component",
                    "apiserver",
                    "dry_run",
                    dryRun ? "All" : "",
                    "group",
                    group(),
                    "resource",
                    resource(),
                    "scope",
                    scope,
                    "subresource",
                    subresource,
                    "verb",
                    verb,
                    "version",
                    version());
        }

        private String group() {
            return kind == null ? "" : kind.group();
        }

        private String resource() {
            return kind == null ? "" : kind.plural();
        }

        private String version() {
            return kind == null ? "" : kind.version();
        }
    }

    private record Answered(Asked asked, int code) {}

    public void answered(Asked asked, int code, Duration took) {
        requests.add(labels(asked, code), 1);
        durations.observe(labels(asked), took);
    }

    /// A request that goes on.
    public void began(Asked asked, int code) {
        requests.add(labels(asked, code), 1);
        open.add(labels(asked), 1);
    }

    public void ended(Asked asked) {
        open.add(labels(asked), -1);
    }

    private Labels labels(Asked asked) {
        @Nullable Labels known = questions.get(asked); // without the lock that the other way takes
        return known == null ? questions.computeIfAbsent(asked, Asked::labels) : known;
    }

    private Labels labels(Asked asked, int code) {
        Answered answered = new Answered(asked, code);
        @Nullable Labels known = answers.get(answered);
        return known == null ? answers.computeIfAbsent(answered, one -> asked.labels(code)) : known;
    }

    /// What one commit changed. Called once for each, in order.
    public void follow(List<Change<ObjectVersion>> committed) {
        commits.increment();
        changes.add(committed.size());
        committed.forEach(jobs::follow);
    }

    /// In Prometheus' text form.
    public String text() {
        Text text = new Text();
        requests.write(text);
        durations.write(text);
        open.write(text);
        storage(text);
        jobs.write(text);
        text.head("workqueue_depth", "gauge", "Current depth of workqueue: writes that wait for the loop.");
        text.sample("workqueue_depth", Labels.of("name", "loop").text(), waitingWrites.getAsInt());
        text.head("jobctl_commits_total", "counter", "Rounds of the loop that changed something, one commit each.");
        text.sample("jobctl_commits_total", "", (double) commits.sum());
        text.head("jobctl_changes_total", "counter", "Versions of objects that were stored or removed.");
        text.sample("jobctl_changes_total", "", (double) changes.sum());
        text.head("kubernetes_build_info", "gauge", "A metric with a constant 1 value labeled by the version served.");
        text.sample("kubernetes_build_info", Labels.of("git_version", version).text(), 1);
        return text.toString();
    }

    private void storage(Text text) {
        text.head("apiserver_storage_objects", "gauge", "Number of stored objects split by kind.");
        Snapshot<ObjectVersion> now = state.get();
        for (Kind kind : Kinds.all()) {
            String name = kind.qualifiedPlural();
            text.sample(
                    "apiserver_storage_objects",
                    Labels.of("resource", name).text(),
                    now.prefixed(kind.keyPrefix()).size());
        }
    }
}
