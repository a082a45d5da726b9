package dev.jobctl.loop;

import dev.jobctl.control.cronjob.CronMemory;
import dev.jobctl.control.job.JobMemory;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the loop keeps beside the API in the same store and the same transactions. Not in
/// [dev.jobctl.resource.value.Kinds]:
/// no client can see it.
final class HiddenKinds {
    /// The Job controller's memory of one Job, under the Job's own name.
    static final Kind JOB_MEMORY = kind("JobMemory", "jobmemories");

    /// The CronJob controller's memory of one CronJob, likewise.
    static final Kind CRON_MEMORY = kind("CronJobMemory", "cronjobmemories");

    static final List<Kind> ALL = List.of(JOB_MEMORY, CRON_MEMORY);

    private static final String JOB_UID = "jobUid";
    private static final String FAILURES = "failures";
    private static final String LAST_FAILURE = "lastFailure";
    private static final String SCHEDULE = "schedule";
    private static final String SEEN = "seen";
    private static final String NOT_BEFORE = "notBefore";
    private static final String TOLD = "told";

    private HiddenKinds() {}

    private static Kind kind(String name, String plural) {
        return new Kind(
                "jobctl.dev",
                "v1",
                name,
                plural,
                name.toLowerCase(Locale.ROOT),
                List.of(),
                List.of(),
                true,
                false,
                ConfigMap.class);
    }

    /// Where the memory of a Job or CronJob is kept.
    static ObjectKey memoryKey(ObjectKey object) {
        Kind kind = object.kind().equals(Kinds.CRON_JOB) ? CRON_MEMORY : JOB_MEMORY;
        return new ObjectKey(kind, object.namespace(), object.name());
    }

    private static ConfigMap map(ObjectKey place, Map<String, String> data) {
        ObjectMeta meta = new ObjectMeta();
        meta.setNamespace(place.namespace());
        meta.setName(place.name());
        ConfigMap stored = new ConfigMap();
        stored.setApiVersion(place.kind().apiVersion());
        stored.setKind(place.kind().kind());
        stored.setMetadata(meta);
        stored.setData(data);
        return stored;
    }

    /// Null when nothing is kept for an object with that uid.
    private static @Nullable Map<String, String> data(State state, ObjectKey object, String uid) {
        @Nullable ObjectVersion stored = state.get(memoryKey(object).path());
        return stored != null
                        && stored.object() instanceof ConfigMap map
                        && uid.equals(map.getData().get(JOB_UID))
                ? map.getData()
                : null;
    }

    static ConfigMap memory(ObjectKey job, String jobUid, JobMemory memory) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(JOB_UID, jobUid);
        data.put(FAILURES, Integer.toString(memory.failures()));
        if (memory.lastFailure() != null) {
            data.put(LAST_FAILURE, memory.lastFailure().toString());
        }
        return map(memoryKey(job), data);
    }

    /// Empty when nothing is kept for a Job with that uid.
    static JobMemory memory(State state, ObjectKey job, String jobUid) {
        @Nullable Map<String, String> data = data(state, job, jobUid);
        if (data == null) {
            return JobMemory.EMPTY;
        }
        @Nullable String lastFailure = data.get(LAST_FAILURE);
        return new JobMemory(
                Integer.parseInt(data.getOrDefault(FAILURES, "0")),
                lastFailure == null ? null : Instant.parse(lastFailure));
    }

    static ConfigMap cronMemory(ObjectRef cronJob, CronMemory memory) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(JOB_UID, cronJob.uid());
        data.put(SCHEDULE, memory.schedule());
        if (!memory.seen().isEmpty()) {
            data.put(SEEN, memory.seen());
        }
        if (memory.notBefore() != null) {
            data.put(NOT_BEFORE, memory.notBefore().toString());
        }
        if (!memory.told().isEmpty()) {
            data.put(TOLD, memory.told().stream().sorted().collect(Collectors.joining("\n")));
        }
        return map(memoryKey(cronJob.key()), data);
    }

    /// Empty when nothing is kept for a CronJob with that uid.
    static CronMemory cronMemory(State state, ObjectRef cronJob) {
        @Nullable Map<String, String> data = data(state, cronJob.key(), cronJob.uid());
        if (data == null) {
            return CronMemory.EMPTY;
        }
        @Nullable String notBefore = data.get(NOT_BEFORE);
        return new CronMemory(
                data.getOrDefault(TOLD, "").lines().collect(Collectors.toSet()),
                data.getOrDefault(SCHEDULE, ""),
                data.getOrDefault(SEEN, ""),
                notBefore == null ? null : Instant.parse(notBefore));
    }
}
