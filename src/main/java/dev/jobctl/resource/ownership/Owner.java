package dev.jobctl.resource.ownership;

/// Somebody who owns fields: a program by the name that it gives itself, and the way in which it wrote.
///
/// @param subresource empty for the object itself, else such as `status`
public record Owner(String manager, Operation operation, String subresource) {
    /// How the fields were written.
    public enum Operation {
        Apply,
        Update
    }
}
