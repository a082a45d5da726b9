/// Who calls, and what callers may do: identities, tokens of service accounts, roles, bindings and what follows of
/// them.
/// Safe from any thread; reads the published state only and keeps nothing.
/// Imports `store`, `resource`, `std` and Jackson; of the API server only this package.
/// Never answers a request and never changes state: it says yes or no, with the reason.
/// Start at {@link dev.jobctl.apiserver.access.Access}, then {@link dev.jobctl.apiserver.access.AccountTokens}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.apiserver.access;
