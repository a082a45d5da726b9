/// The store on disk: one SQLite file in WAL mode, synchronous FULL, one SQLite transaction per commit.
/// The committing thread alone touches SQLite; readers see the memory part only.
/// Imports `store`, `std`, sqlite-jdbc and JDBC. Nothing else in the house knows SQL.
/// Never publishes what SQLite has not confirmed.
/// Start at {@link dev.jobctl.store.sqlite.SqliteStore}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.store.sqlite;
