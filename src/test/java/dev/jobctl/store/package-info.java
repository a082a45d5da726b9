/// Snapshots, drafts and watches. Start at {@link dev.jobctl.store.WatchTest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.store;
