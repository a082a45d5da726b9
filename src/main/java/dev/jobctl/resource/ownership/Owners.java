package dev.jobctl.resource.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All owners of one object: the content of `metadata.managedFields`. Immutable.
record Owners(Map<Owner, Claim> claims) {
    static final Owners NONE = new Owners(Map.of());
    private static final String FORM = "FieldsV1";
    /// As the server: the oldest writers by Update beyond this many become one.
    private static final int MAX_UPDATERS = 10;
    private static final String ANCIENT = "ancient-changes";

    private static final Comparator<Map.Entry<Owner, Claim>> ORDER = Comparator.comparing(
                    (Map.Entry<Owner, Claim> each) -> each.getKey().operation())
            .thenComparing(each -> each.getValue().time())
            .thenComparing(each -> each.getKey().manager())
            .thenComparing(each -> each.getKey().subresource());

    Owners {
        claims = new LinkedHashMap<>(claims);
    }

    boolean none() {
        return claims.isEmpty();
    }

    @Nullable
    Claim of(Owner owner) {
        return claims.get(owner);
    }

    /// Null, or a list that no server wrote, is nobody.
    static Owners read(@Nullable JsonNode managedFields) {
        if (managedFields == null) {
            return NONE;
        }
        Map<Owner, Claim> claims = new LinkedHashMap<>();
        for (JsonNode entry : managedFields) {
            try {
                Owner owner = new Owner(
                        entry.path("manager").asText(),
                        Owner.Operation.valueOf(entry.path("operation").asText()),
                        entry.path("subresource").asText());
                Claim claim = new Claim(
                        FieldSet.of(entry.path("fieldsV1")),
                        entry.path("apiVersion").asText(),
                        entry.path("time").asText());
                claims.put(owner, claim);
            } catch (IllegalArgumentException e) {
                return NONE;
            }
        }
        return new Owners(claims);
    }

    ArrayNode json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        claims.entrySet().stream().sorted(ORDER).forEach(each -> all.add(entry(each.getKey(), each.getValue())));
        return all;
    }

    private static ObjectNode entry(Owner owner, Claim claim) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("apiVersion", claim.apiVersion());
        entry.put("fieldsType", FORM);
        entry.set("fieldsV1", claim.fields().json());
        entry.put("manager", owner.manager());
        entry.put("operation", owner.operation().name());
        if (!owner.subresource().isEmpty()) {
            entry.put("subresource", owner.subresource());
        }
        if (!claim.time().isEmpty()) {
            entry.put("time", claim.time());
        }
        return entry;
    }

    /// Nobody owns these any more; who owns nothing then is gone.
    Owners without(FieldSet fields) {
        if (fields.isEmpty()) {
            return this;
        }
        Map<Owner, Claim> left = new LinkedHashMap<>();
        claims.forEach((owner, claim) -> {
            FieldSet kept = claim.fields().difference(fields);
            if (!kept.isEmpty()) {
                left.put(owner, claim.with(kept));
            }
        });
        return new Owners(left);
    }

    /// A claim that is empty takes the owner away.
    Owners with(Owner owner, Claim claim) {
        Map<Owner, Claim> all = new LinkedHashMap<>(claims);
        if (claim.fields().isEmpty()) {
            all.remove(owner);
        } else {
            all.put(owner, claim);
        }
        return new Owners(all);
    }

    /// With at most ten writers by Update: older ones are put together.
    Owners capped() {
        List<Map.Entry<Owner, Claim>> updaters = claims.entrySet().stream()
                .filter(each -> each.getKey().operation() == Owner.Operation.Update)
                .sorted(ORDER)
                .toList();
        int tooMany = updaters.size() - MAX_UPDATERS;
        if (tooMany <= 0) {
            return this;
        }
        Map<Owner, Claim> left = new LinkedHashMap<>(claims);
        FieldSet old = new FieldSet();
        Claim last = updaters.getFirst().getValue();
        for (Map.Entry<Owner, Claim> each : updaters.subList(0, tooMany + 1)) {
            old = old.union(each.getValue().fields());
            last = each.getValue();
            left.remove(each.getKey());
        }
        left.put(new Owner(ANCIENT, Owner.Operation.Update, ""), last.with(old));
        return new Owners(left);
    }
}
