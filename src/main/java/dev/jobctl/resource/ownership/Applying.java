package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One apply under way: merge, take away what the manager applied before and applies no longer, find who else owns what
/// changes. Belongs to the thread that applies.
///
/// @param live without owners
/// @param applied the fields that `config` sets
/// @param lasting structs that never go
record Applying(
        FieldType type,
        String apiVersion,
        JsonNode live,
        JsonNode config,
        FieldSet applied,
        FieldSet lasting,
        Owners owners) {

    Applied outcome(Owner self, String time, boolean force) {
        @Nullable Claim last = owners.of(self);
        Owners claimed = owners.with(self, new Claim(applied, apiVersion, time));
        JsonNode merged = ApplyMerge.merge(type, live, config);
        JsonNode next = last == null ? merged : pruned(merged, last.fields(), claimed);
        Comparison difference = Comparison.of(type, live, next);
        FieldSet taken = difference.taken();
        List<Applied.Conflict> conflicts = conflicts(self, taken);
        if (!conflicts.isEmpty() && !force && !upgrade(self, conflicts)) {
            return new Applied.Conflicts(conflicts);
        }
        Owners left = owners.with(self, new Claim(new FieldSet(), apiVersion, time))
                .without(taken)
                .without(difference.removed());
        boolean mine = last == null ? applied.isEmpty() : last.fields().equals(applied);
        if (difference.same() && mine) {
            return new Applied.Same();
        }
        ObjectNode object = next.deepCopy();
        Owners all = left.with(self, new Claim(applied, apiVersion, time));
        object.withObject("/metadata").set("managedFields", all.json());
        LastApplied.sync(self, object, config);
        return new Applied.Merged(object);
    }

    private List<Applied.Conflict> conflicts(Owner self, FieldSet taken) {
        List<Applied.Conflict> conflicts = new ArrayList<>();
        owners.claims().forEach((owner, claim) -> {
            if (!owner.equals(self)) {
                claim.fields()
                        .intersection(taken)
                        .forEach(path -> conflicts.add(new Applied.Conflict(owner, claim.apiVersion(), path)));
            }
        });
        return conflicts;
    }

    /// kubectl may take over what it set itself before, by client-side apply. Removes those conflicts; true when none
    /// is left.
    private boolean upgrade(Owner self, List<Applied.Conflict> conflicts) {
        FieldSet before = LastApplied.fields(self, type, live);
        if (before.isEmpty()) {
            return false;
        }
        List<String> allowed = new ArrayList<>();
        before.forEach(allowed::add);
        conflicts.removeIf(conflict -> allowed.contains(conflict.path()));
        return conflicts.isEmpty();
    }

    /// Without what the manager applied last time, but with what anybody claims now, and with what it did not apply
    /// itself.
    private JsonNode pruned(JsonNode merged, FieldSet last, Owners claimed) {
        FieldSet before = last.withStructs(type).difference(lasting);
        FieldSet all = FieldWalk.fields(type, merged).withStructs(type);
        FieldSet without = fields(Removal.of(type, merged, before));
        FieldSet owned = new FieldSet();
        for (Claim claim : claimed.claims().values()) {
            owned = owned.union(claim.fields());
        }
        FieldSet kept = fields(Removal.of(type, merged, all.difference(without.union(owned.withStructs(type)))));
        @Nullable JsonNode left = Removal.of(type, merged, all.difference(kept).intersection(before));
        return left == null ? merged : left;
    }

    private FieldSet fields(@Nullable JsonNode object) {
        return object == null ? new FieldSet() : FieldWalk.fields(type, object).withStructs(type);
    }
}
