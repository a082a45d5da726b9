package dev.jobctl.resource.value;

/// A set of completion indexes as the API writes it: `0,2-5,7`. Immutable.
public final class IndexSet {
    public static final IndexSet EMPTY = new IndexSet();

    private IndexSet() {}
}
