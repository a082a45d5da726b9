package dev.jobctl.loop;

import dev.jobctl.control.job.JobMemory;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the loop keeps beside the API in the same store and the same transactions. Not in
/// [dev.jobctl.resource.value.Kinds]:
/// no client can see it.
final class HiddenKinds {
    /// The Job controller's memory of one Job, under the Job's own name.
    static final Kind JOB_MEMORY = new Kind(
            "jobctl.dev",
            "v1",
            "JobMemory",
            "jobmemories",
            "jobmemory",
            List.of(),
            List.of(),
            true,
            false,
            ConfigMap.class);

    private static final String JOB_UID = "jobUid";
    private static final String FAILURES = "failures";
    private static final String LAST_FAILURE = "lastFailure";

    private HiddenKinds() {}

    static ObjectKey memoryKey(ObjectKey job) {
        return new ObjectKey(JOB_MEMORY, job.namespace(), job.name());
    }

    static ConfigMap memory(ObjectKey job, String jobUid, JobMemory memory) {
        ObjectMeta meta = new ObjectMeta();
        meta.setNamespace(job.namespace());
        meta.setName(job.name());
        Map<String, String> data = new LinkedHashMap<>();
        data.put(JOB_UID, jobUid);
        data.put(FAILURES, Integer.toString(memory.failures()));
        if (memory.lastFailure() != null) {
            data.put(LAST_FAILURE, memory.lastFailure().toString());
        }
        ConfigMap stored = new ConfigMap();
        stored.setApiVersion(JOB_MEMORY.apiVersion());
        stored.setKind(JOB_MEMORY.kind());
        stored.setMetadata(meta);
        stored.setData(data);
        return stored;
    }

    /// Empty when nothing is kept for a Job with that uid.
    static JobMemory memory(State state, ObjectKey job, String jobUid) {
        @Nullable ObjectVersion stored = state.get(memoryKey(job).path());
        if (stored == null
                || !(stored.object() instanceof ConfigMap map)
                || !jobUid.equals(map.getData().get(JOB_UID))) {
            return JobMemory.EMPTY;
        }
        @Nullable String lastFailure = map.getData().get(LAST_FAILURE);
        return new JobMemory(
                Integer.parseInt(map.getData().getOrDefault(FAILURES, "0")),
                lastFailure == null ? null : Instant.parse(lastFailure));
    }
}
