package dev.jobctl.resource.schema;

import java.util.List;

/// How two versions of one field's value become one.
///
/// `type` and `keys` are for server-side apply (and `x-kubernetes-list-type`); `merge`, `mergeKey` and `retainKeys` are
/// for the strategic merge patch. The two disagree in a few places, such as `JobStatus.conditions` (atomic, yet merged
/// by type).
///
/// @param keys the fields that tell items of a map list apart; empty otherwise
/// @param merge items are merged, not replaced as a whole
/// @param mergeKey the field that tells items apart in a strategic merge; empty for lists of plain values
/// @param retainKeys a patch may name the only fields that stay (`$retainKeys`)
public record MergeRule(ListType type, List<String> keys, boolean merge, String mergeKey, boolean retainKeys) {
    /// The kinds of list (and, with `ATOMIC`, of map).
    public enum ListType {
        /// Not said: lists are atomic, maps and structs granular.
        UNSAID,
        ATOMIC,
        SET,
        MAP
    }

    /// A list is replaced, a struct or map merged field by field.
    public static final MergeRule NONE = new MergeRule(ListType.UNSAID, List.of(), false, "", false);

    static final MergeRule ATOMIC = new MergeRule(ListType.ATOMIC, List.of(), false, "", false);
    static final MergeRule SET = new MergeRule(ListType.SET, List.of(), false, "", false);
    static final MergeRule SET_MERGED = new MergeRule(ListType.SET, List.of(), true, "", false);

    public MergeRule {
        keys = List.copyOf(keys);
    }

    static MergeRule by(String... keys) {
        return new MergeRule(ListType.MAP, List.of(keys), true, keys[0], false);
    }

    MergeRule retaining() {
        return new MergeRule(type, keys, merge, mergeKey, true);
    }

    MergeRule typed(ListType other) {
        return new MergeRule(other, other == ListType.MAP ? keys : List.of(), merge, mergeKey, retainKeys);
    }

    MergeRule unmerged() {
        return new MergeRule(type, keys, false, "", false);
    }

    /// `merge`, `merge,retainKeys`, `retainKeys` or empty: the `x-kubernetes-patch-strategy` of OpenAPI.
    public String strategy() {
        if (merge) {
            return retainKeys ? "merge,retainKeys" : "merge";
        }
        return retainKeys ? "retainKeys" : "";
    }
}
