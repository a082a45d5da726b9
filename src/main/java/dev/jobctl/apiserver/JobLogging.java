package dev.jobctl.apiserver;

import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `jobs/log`: the log of one run of a Job, by completion index and number of the attempt, also when pods and Job are
/// gone. No real API server has it, so discovery does not tell of it; there it is not found, as every unknown path.
///
/// Parameters are those of `pods/log` but `previous`, and: `index`, without which the Job as a whole is meant;
/// `attempt`, counted from 1, without which the newest is meant.
final class JobLogging {
    private final ApiBackend backend;
    private final PodLogs logs;
    private final PodLogging options;

    JobLogging(ApiBackend backend, PodLogs logs, PodLogging options) {
        this.backend = backend;
        this.logs = logs;
        this.options = options;
    }

    ApiResponse log(Call call, Target target) {
        PodLogs.Options wanted = options.options(call);
        @Nullable Long index = call.number("index");
        @Nullable Long attempt = call.number("attempt");
        if (attempt != null && attempt < 1) {
            throw ApiError.invalid(
                    "",
                    "PodLogOptions",
                    "",
                    List.of(new FieldError(
                            "attempt",
                            FieldError.Type.Invalid,
                            attempt.toString(),
                            "must be greater than or equal to 1")));
        }
        PodLogs.OfJob job = job(backend.snapshot(), target);
        List<PodLogs.Run> runs = logs.runs(job, call.text("container").orElse(""));
        if (runs.isEmpty() && job.uid().isEmpty()) {
            throw ApiError.notFound(Kinds.JOB, job.name());
        }
        PodLogs.Run run = chosen(job, index, attempt, runs);
        ApiResponse.Writer writer = sink -> {
            try {
                logs.write(run, wanted, sink);
            } catch (FileNotFoundException e) {
                String line = "unable to retrieve container logs for " + run.container() + "\n";
                sink.send(line.getBytes(StandardCharsets.UTF_8));
            }
        };
        return new ApiResponse.Stream(200, Replies.headers(call, "text/plain"), writer);
    }

    private static PodLogs.OfJob job(Snapshot<ObjectVersion> snapshot, Target target) {
        @Nullable Entry<ObjectVersion> stored = snapshot.get(target.key().path());
        List<Pod> present = snapshot.prefixed(new Target(Kinds.POD, target.namespace(), "", "").prefix()).stream()
                .map(entry -> (Pod) entry.value().object())
                .toList();
        String uid = stored == null ? "" : stored.value().ref().uid();
        return new PodLogs.OfJob(target.namespace(), target.name(), uid, present);
    }

    private static PodLogs.Run chosen(
            PodLogs.OfJob job, @Nullable Long index, @Nullable Long attempt, List<PodLogs.Run> all) {
        List<PodLogs.Run> runs = all.stream()
                .filter(run -> index == null || run.index() == index)
                .toList();
        String what =
                index == null ? "job \"" + job.name() + "\"" : "index " + index + " of job \"" + job.name() + "\"";
        if (runs.isEmpty()) {
            throw ApiError.notFound(Kinds.JOB, job.name(), "there is no log of " + what);
        }
        if (attempt == null) {
            return runs.getLast();
        }
        if (attempt > runs.size()) {
            String times = runs.size() == 1 ? "1 attempt" : runs.size() + " attempts";
            throw ApiError.notFound(
                    Kinds.JOB,
                    job.name(),
                    "there are logs of %s of %s, not of attempt %s".formatted(times, what, attempt));
        }
        return runs.get(attempt.intValue() - 1);
    }
}
