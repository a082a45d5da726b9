/// The store on real files. Start at {@link dev.jobctl.store.sqlite.SqliteStoreTest}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.store.sqlite;
