package dev.jobctl.resource.yaml;

/// Counts the values of one file as the API would get them, aliases expanded. Owned by one reader.
final class NodeBudget {
    /// The largest real manifests have some ten thousand values; an alias bomb has billions.
    static final int MAX_NODES = 1_000_000;

    /// Real objects nest some twenty deep. Bounds recursion here and in everything that walks the tree later.
    static final int MAX_DEPTH = 100;

    private long used;

    /// False when the budget is spent.
    boolean take(long nodes) {
        used += nodes;
        return used <= MAX_NODES;
    }
}
