package dev.jobctl.store;

/// One stored version of one key. `createdRevision` is the revision of the first version since the key last appeared;
/// `revision` that of this version. Both are at least 1.
public record Entry<V>(String key, long createdRevision, long revision, V value) {}
