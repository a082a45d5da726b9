package dev.jobctl.resource.value;

import io.fabric8.kubernetes.api.model.Status;

/// What came of a [Write], told only after it is durable.
public sealed interface Outcome {
    /// The object as it is now.
    record Stored(ObjectVersion version) implements Outcome {}

    /// The object is gone; its last version.
    record Removed(ObjectVersion last) implements Outcome {}

    /// No such object, or one with another uid.
    record Missing() implements Outcome {}

    /// Its revision or uid is not the expected one; the version found.
    record Conflict(ObjectVersion found) implements Outcome {}

    /// There is an object of that name already.
    record Exists() implements Outcome {}

    /// Not allowed, with the API's answer.
    record Refused(Status status) implements Outcome {}
}
