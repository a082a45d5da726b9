package dev.jobctl.resource.value;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// A set of completion indexes as the API writes it: `0,2-5,7`. Immutable.
///
/// Held as sorted, disjoint, never adjacent intervals, so that 100,000 indexes that finish roughly in order cost a few
/// numbers. Example: `{0, 2, 3, 4, 5, 7}` is `starts = 0, 2, 7` and `ends = 0, 5, 7`.
public final class IndexSet {
    public static final IndexSet EMPTY = new IndexSet(new int[0], new int[0], 0);

    private final int[] starts;
    private final int[] ends;
    private final int size;

    private IndexSet(int[] starts, int[] ends, int size) {
        this.starts = starts;
        this.ends = ends;
        this.size = size;
    }

    /// These indexes, in any order, repeats allowed, none negative.
    public static IndexSet of(int... indexes) {
        int[] sorted = indexes.clone();
        Arrays.sort(sorted);
        Intervals result = new Intervals(sorted.length);
        for (int index : sorted) {
            result.add(index, index);
        }
        return result.build();
    }

    /// The same from a list.
    public static IndexSet of(List<Integer> indexes) {
        if (indexes.isEmpty()) {
            return EMPTY;
        }
        int[] plain = new int[indexes.size()];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = indexes.get(i);
        }
        return of(plain);
    }

    /// From `first` to `last`, both included; empty when `last` is below `first`.
    public static IndexSet range(int first, int last) {
        Intervals result = new Intervals(1);
        if (first <= last) {
            result.add(first, last);
        }
        return result.build();
    }

    /// The API's strict reading: a comma list of `N` or `A-B` with A below B, strictly increasing, each below `limit`.
    /// A `Bad` has the API's own words.
    public static Parsed<IndexSet> parse(String text, int limit) {
        return IndexSetText.parse(text, limit);
    }

    /// The controller's forgiving reading of a status that was checked when it was written: fragments that mean
    /// nothing are skipped, whatever their order.
    public static IndexSet lenient(String text) {
        return IndexSetText.lenient(text);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Cost: logarithmic in the number of intervals.
    public boolean contains(int index) {
        int at = Arrays.binarySearch(starts, index);
        return at >= 0 || (at < -1 && index <= ends[-at - 2]);
    }

    public IndexSet plus(int index) {
        return contains(index) ? this : union(range(index, index));
    }

    public IndexSet union(IndexSet other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        Intervals result = new Intervals(starts.length + other.starts.length);
        int mine = 0;
        int theirs = 0;
        while (mine < starts.length || theirs < other.starts.length) {
            boolean takeMine =
                    theirs == other.starts.length || (mine < starts.length && starts[mine] <= other.starts[theirs]);
            if (takeMine) {
                result.add(starts[mine], ends[mine++]);
            } else {
                result.add(other.starts[theirs], other.ends[theirs++]);
            }
        }
        return result.build();
    }

    /// Those of this set that are below `limit`.
    public IndexSet below(int limit) {
        if (isEmpty() || ends[ends.length - 1] < limit) {
            return this;
        }
        Intervals result = new Intervals(starts.length);
        for (int i = 0; i < starts.length && starts[i] < limit; i++) {
            result.add(starts[i], Math.min(ends[i], limit - 1));
        }
        return result.build();
    }

    /// Those of this set that are not in the other.
    public IndexSet minus(IndexSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        Intervals result = new Intervals(starts.length + other.starts.length);
        int theirs = 0;
        for (int i = 0; i < starts.length; i++) {
            int from = starts[i];
            while (theirs < other.starts.length && other.ends[theirs] < from) {
                theirs++;
            }
            int next = theirs;
            while (next < other.starts.length && other.starts[next] <= ends[i]) {
                if (other.starts[next] > from) {
                    result.add(from, other.starts[next] - 1);
                }
                from = other.ends[next++] + 1;
            }
            if (from <= ends[i]) {
                result.add(from, ends[i]);
            }
        }
        return result.build();
    }

    public IndexSet intersect(IndexSet other) {
        return minus(minus(other));
    }

    /// The lowest indexes below `limit` that are not in this set, at most `count` of them.
    public IndexSet missing(int limit, int count) {
        Intervals result = new Intervals(starts.length + 1);
        int left = count;
        int from = 0;
        for (int i = 0; i <= starts.length && left > 0 && from < limit; i++) {
            int gapEnd = Math.min(limit, i < starts.length ? starts[i] : limit);
            if (from < gapEnd) {
                int take = Math.min(left, gapEnd - from);
                result.add(from, from + take - 1);
                left -= take;
            }
            from = i < starts.length ? ends[i] + 1 : limit;
        }
        return result.build();
    }

    /// In increasing order.
    public void forEach(IntConsumer action) {
        for (int i = 0; i < starts.length; i++) {
            for (int index = starts[i]; index <= ends[i]; index++) {
                action.accept(index);
            }
        }
    }

    /// In increasing order.
    public IntStream stream() {
        return IntStream.range(0, starts.length).flatMap(i -> IntStream.rangeClosed(starts[i], ends[i]));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndexSet set && Arrays.equals(starts, set.starts) && Arrays.equals(ends, set.ends);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(ends);
    }

    /// The API's text: three or more in a row are `A-B`, exactly two are `A,B`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(starts.length * 8);
        for (int i = 0; i < starts.length; i++) {
            text.append(i == 0 ? "" : ",").append(starts[i]);
            if (ends[i] > starts[i]) {
                text.append(ends[i] == starts[i] + 1 ? ',' : '-').append(ends[i]);
            }
        }
        return text.toString();
    }

    /// Collects intervals whose starts never fall, merging what touches. Owned by one method call.
    static final class Intervals {
        private int[] starts;
        private int[] ends;
        private int count;

        Intervals(int capacity) {
            starts = new int[capacity];
            ends = new int[capacity];
        }

        void add(int start, int end) {
            if (count > 0 && start <= (long) ends[count - 1] + 1) {
                ends[count - 1] = Math.max(ends[count - 1], end);
                return;
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count + 4);
                ends = Arrays.copyOf(ends, 2 * count + 4);
            }
            starts[count] = start;
            ends[count++] = end;
        }

        IndexSet build() {
            if (count == 0) {
                return EMPTY;
            }
            int size = 0;
            for (int i = 0; i < count; i++) {
                size += ends[i] - starts[i] + 1;
            }
            return new IndexSet(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count), size);
        }
    }
}
