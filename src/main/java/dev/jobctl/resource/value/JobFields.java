package dev.jobctl.resource.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.io.IOException;

/// Specs and statuses of Jobs field by field; policies go by reflection. See [Fields].
final class JobFields {
    private static final SerializableString ACTIVE_DEADLINE_SECONDS = new SerializedString("activeDeadlineSeconds");
    private static final SerializableString ACTIVE = new SerializedString("active");
    private static final SerializableString BACKOFF_LIMIT_PER_INDEX = new SerializedString("backoffLimitPerIndex");
    private static final SerializableString BACKOFF_LIMIT = new SerializedString("backoffLimit");
    private static final SerializableString COMPLETED_INDEXES = new SerializedString("completedIndexes");
    private static final SerializableString COMPLETIONS = new SerializedString("completions");
    private static final SerializableString COMPLETION_MODE = new SerializedString("completionMode");
    private static final SerializableString COMPLETION_TIME = new SerializedString("completionTime");
    private static final SerializableString CONDITIONS = new SerializedString("conditions");
    private static final SerializableString FAILED_INDEXES = new SerializedString("failedIndexes");
    private static final SerializableString FAILED = new SerializedString("failed");
    private static final SerializableString LAST_PROBE_TIME = new SerializedString("lastProbeTime");
    private static final SerializableString LAST_TRANSITION_TIME = new SerializedString("lastTransitionTime");
    private static final SerializableString MANAGED_BY = new SerializedString("managedBy");
    private static final SerializableString MANUAL_SELECTOR = new SerializedString("manualSelector");
    private static final SerializableString MAX_FAILED_INDEXES = new SerializedString("maxFailedIndexes");
    private static final SerializableString MESSAGE = new SerializedString("message");
    private static final SerializableString METADATA = new SerializedString("metadata");
    private static final SerializableString PARALLELISM = new SerializedString("parallelism");
    private static final SerializableString POD_FAILURE_POLICY = new SerializedString("podFailurePolicy");
    private static final SerializableString POD_REPLACEMENT_POLICY = new SerializedString("podReplacementPolicy");
    private static final SerializableString READY = new SerializedString("ready");
    private static final SerializableString REASON = new SerializedString("reason");
    private static final SerializableString SELECTOR = new SerializedString("selector");
    private static final SerializableString SPEC = new SerializedString("spec");
    private static final SerializableString START_TIME = new SerializedString("startTime");
    private static final SerializableString STATUS = new SerializedString("status");
    private static final SerializableString SUCCEEDED = new SerializedString("succeeded");
    private static final SerializableString SUCCESS_POLICY = new SerializedString("successPolicy");
    private static final SerializableString SUSPEND = new SerializedString("suspend");
    private static final SerializableString TEMPLATE = new SerializedString("template");
    private static final SerializableString TERMINATING = new SerializedString("terminating");
    private static final SerializableString TTL_SECONDS_AFTER_FINISHED =
            new SerializedString("ttlSecondsAfterFinished");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString UNCOUNTED_TERMINATED_PODS = new SerializedString("uncountedTerminatedPods");

    private JobFields() {}

    static void spec(JobSpec spec, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.number(json, ACTIVE_DEADLINE_SECONDS, spec.getActiveDeadlineSeconds());
        Fields.number(json, BACKOFF_LIMIT, spec.getBackoffLimit());
        Fields.number(json, BACKOFF_LIMIT_PER_INDEX, spec.getBackoffLimitPerIndex());
        Fields.text(json, COMPLETION_MODE, spec.getCompletionMode());
        Fields.number(json, COMPLETIONS, spec.getCompletions());
        Fields.text(json, MANAGED_BY, spec.getManagedBy());
        Fields.truth(json, MANUAL_SELECTOR, spec.getManualSelector());
        Fields.number(json, MAX_FAILED_INDEXES, spec.getMaxFailedIndexes());
        Fields.number(json, PARALLELISM, spec.getParallelism());
        Fields.other(json, POD_FAILURE_POLICY, spec.getPodFailurePolicy(), provider);
        Fields.text(json, POD_REPLACEMENT_POLICY, spec.getPodReplacementPolicy());
        Fields.other(json, SELECTOR, spec.getSelector(), provider);
        Fields.other(json, SUCCESS_POLICY, spec.getSuccessPolicy(), provider);
        Fields.truth(json, SUSPEND, spec.getSuspend());
        Fields.object(json, TEMPLATE, spec.getTemplate(), provider, JobFields::template);
        Fields.number(json, TTL_SECONDS_AFTER_FINISHED, spec.getTtlSecondsAfterFinished());
        Fields.others(json, spec.getAdditionalProperties(), provider);
    }

    static void template(PodTemplateSpec template, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.object(json, METADATA, template.getMetadata(), provider, MetaFields::metadata);
        Fields.object(json, SPEC, template.getSpec(), provider, PodSpecFields::spec);
        Fields.others(json, template.getAdditionalProperties(), provider);
    }

    static void status(JobStatus status, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.number(json, ACTIVE, status.getActive());
        Fields.text(json, COMPLETED_INDEXES, status.getCompletedIndexes());
        Fields.text(json, COMPLETION_TIME, status.getCompletionTime());
        Fields.list(json, CONDITIONS, status.getConditions(), provider, JobFields::condition);
        Fields.number(json, FAILED, status.getFailed());
        Fields.text(json, FAILED_INDEXES, status.getFailedIndexes());
        Fields.number(json, READY, status.getReady());
        Fields.text(json, START_TIME, status.getStartTime());
        Fields.number(json, SUCCEEDED, status.getSucceeded());
        Fields.number(json, TERMINATING, status.getTerminating());
        Fields.other(json, UNCOUNTED_TERMINATED_PODS, status.getUncountedTerminatedPods(), provider);
        Fields.others(json, status.getAdditionalProperties(), provider);
    }

    static void condition(JobCondition condition, JsonGenerator json, SerializerProvider provider) throws IOException {
        Fields.text(json, LAST_PROBE_TIME, condition.getLastProbeTime());
        Fields.text(json, LAST_TRANSITION_TIME, condition.getLastTransitionTime());
        Fields.text(json, MESSAGE, condition.getMessage());
        Fields.text(json, REASON, condition.getReason());
        Fields.text(json, STATUS, condition.getStatus());
        Fields.text(json, TYPE, condition.getType());
        Fields.others(json, condition.getAdditionalProperties(), provider);
    }
}
