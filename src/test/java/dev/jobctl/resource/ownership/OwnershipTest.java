package dev.jobctl.resource.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.ownership.Ownership.Writer;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kinds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Owners of fields after creates, updates and applies.
final class OwnershipTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Ownership ownership = new Ownership(new Schemas());

    @Test
    void whoCreatesOwnsWhatItSet() {
        ObjectNode pod = tree("""
            {'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','labels':{'a':'1'}},'spec':{'restartPolicy':'Never',
             'containers':[{'name':'c','image':'i','ports':[{'containerPort':80}],'resources':{},
               'env':[{'name':'E','valueFrom':{'fieldRef':{'fieldPath':'spec.nodeName'}}}]}]}}\
            """);
        ArrayNode owners = ownership.created(Kinds.POD, pod, writer("kubectl"));
        assertThat(owners).hasSize(1);
        assertThat(owners.get(0).path("operation").asText()).isEqualTo("Update");
        assertThat(owners.get(0).path("time").asText()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(owners.get(0).path("fieldsV1")).isEqualTo(tree("""
            {'f:metadata':{'f:labels':{'.':{},'f:a':{}}},
             'f:spec':{'f:containers':{'k:{\\"name\\":\\"c\\"}':{'.':{},
                 'f:env':{'.':{},'k:{\\"name\\":\\"E\\"}':{'.':{},'f:name':{},'f:valueFrom':{'.':{},'f:fieldRef':{}}}},
                 'f:image':{},'f:name':{},
                 'f:ports':{'.':{},'k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}':{'.':{},'f:containerPort':{}}},
                 'f:resources':{}}},
               'f:restartPolicy':{}}}\
            """));
    }

    @Test
    void anUpdateTakesWhatItChanges() {
        ObjectNode before = created("a", "{'data':{'x':'1','y':'1','z':'1'}}");
        ObjectNode after = updated(before, "{'data':{'x':'1','y':'2','w':'1'}}", "b");
        assertThat(owners(after)).containsExactly("a Update .data .data.x", "b Update .data.w .data.y");
    }

    @Test
    void anUpdateThatChangesNothingOwnsNothing() {
        ObjectNode before = created("a", "{'data':{'x':'1'}}");
        assertThat(owners(updated(before, "{'data':{'x':'1'}}", "b"))).containsExactly("a Update .data .data.x");
    }

    @Test
    void nobodyKeepsAccountOfAnObjectThatHasNoOwners() {
        ObjectNode plain = tree("{'metadata':{'name':'c'},'data':{'x':'1'}}");
        ObjectNode next = tree("{'metadata':{'name':'c'},'data':{'x':'2'}}");
        assertThat(ownership.updated(Kinds.CONFIG_MAP, plain, next, writer("a")))
                .isNull();
    }

    @Test
    void theFirstApplyFindsWhoWasThereBefore() {
        ObjectNode plain = tree("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'c'},'data':{'x':'1'}}");
        assertThat(conflicts(apply(plain, "{'data':{'x':'2'}}", "a", false)))
                .containsExactly("\"before-first-apply\" using v1: .data.x");
        ObjectNode next = merged(apply(plain, "{'data':{'x':'1','y':'1'}}", "a", false));
        assertThat(owners(next)).containsExactly("a Apply .data.x .data.y", "before-first-apply Update .data .data.x");
    }

    @Test
    void oneEmptyEntryTakesAllOwnersAway() {
        ObjectNode before = created("a", "{'data':{'x':'1'}}");
        ObjectNode after = before.deepCopy();
        after.withObject("/metadata").putArray("managedFields").addObject();
        assertThat(ownership.updated(Kinds.CONFIG_MAP, before, after, writer("b")))
                .isEmpty();
    }

    @Test
    void anApplyCreates() {
        ObjectNode made = merged(apply(null, "{'data':{'x':'1'}}", "a", false));
        assertThat(made.at("/data/x").asText()).isEqualTo("1");
        assertThat(owners(made)).containsExactly("a Apply .data.x");
    }

    @Test
    void theSameApplyAgainIsNothing() {
        ObjectNode made = merged(apply(null, "{'data':{'x':'1'}}", "a", false));
        assertThat(apply(made, "{'data':{'x':'1'}}", "a", false)).isInstanceOf(Applied.Same.class);
    }

    @Test
    void whatIsAppliedNoLongerGoes() {
        ObjectNode made = merged(apply(null, "{'metadata':{'labels':{'l':'1'}},'data':{'x':'1','y':'1'}}", "a", false));
        ObjectNode next = merged(apply(made, "{'data':{'y':'1'}}", "a", false));
        assertThat(next.path("data").toString()).isEqualTo("{\"y\":\"1\"}");
        assertThat(next.path("metadata").has("labels")).isFalse();
    }

    @Test
    void aStructThatIsAppliedNoLongerGoesWithItsDefaults() {
        String probe = "'livenessProbe':{'exec':{'command':['true']}}";
        ObjectNode made = merged(applyPod(null, "{'spec':{'containers':[{'name':'a'," + probe + "}]}}", "x", false));
        ((ObjectNode) made.at("/spec/containers/0/livenessProbe")).put("periodSeconds", 10);
        ((ObjectNode) made.at("/metadata")).put("uid", "1");
        ObjectNode next = merged(applyPod(made, "{'spec':{'containers':[{'name':'a'}]}}", "x", false));
        assertThat(next.at("/spec/containers").toString()).isEqualTo("[{\"name\":\"a\"}]");
        ObjectNode empty = merged(applyPod(next, "{'spec':{'hostNetwork':true}}", "x", false));
        assertThat(empty.path("spec").toString()).isEqualTo("{\"hostNetwork\":true}");
        assertThat(empty.at("/metadata/uid").asText()).isEqualTo("1");
    }

    @Test
    void whatAnotherOwnsTooStays() {
        ObjectNode made = merged(apply(null, "{'data':{'x':'1','y':'1'}}", "a", false));
        ObjectNode both = merged(apply(made, "{'data':{'x':'1'}}", "b", false));
        ObjectNode next = merged(apply(both, "{'data':{'y':'1'}}", "a", false));
        assertThat(next.path("data").toString()).isEqualTo("{\"x\":\"1\",\"y\":\"1\"}");
        assertThat(owners(next)).containsExactly("a Apply .data.y", "b Apply .data.x");
    }

    @Test
    void aConflictNamesOwnerAndFieldAndForceTakesIt() {
        ObjectNode made = created("a", "{'data':{'x':'1'}}");
        assertThat(conflicts(apply(made, "{'data':{'x':'2'}}", "b", false))).containsExactly("\"a\" using v1: .data.x");
        ObjectNode next = merged(apply(made, "{'data':{'x':'2'}}", "b", true));
        assertThat(owners(next)).containsExactly("b Apply .data.x", "a Update .data");
    }

    @Test
    void itemsOfAListAreOwnedOneByOne() {
        String spec = """
            {'spec':{'restartPolicy':'Never','containers':[
              {'name':'a','image':'1','env':[{'name':'E','value':'1'}]},{'name':'b','image':'1'}]}}\
            """;
        ObjectNode made = merged(applyPod(null, spec, "x", false));
        String more =
                "{'spec':{'containers':[{'name':'b','env':[{'name':'F','value':'2'}]},{'name':'c','image':'3'}]}}";
        ObjectNode both = merged(applyPod(made, more, "y", false));
        assertThat(both.at("/spec/containers").toString())
                .isEqualTo("[{\"name\":\"a\",\"image\":\"1\",\"env\":[{\"name\":\"E\",\"value\":\"1\"}]},"
                        + "{\"name\":\"b\",\"image\":\"1\",\"env\":[{\"name\":\"F\",\"value\":\"2\"}]},"
                        + "{\"name\":\"c\",\"image\":\"3\"}]");
        String fewer = "{'spec':{'restartPolicy':'Never','containers':[{'name':'b','image':'1'}]}}";
        ObjectNode next = merged(applyPod(both, fewer, "x", false));
        assertThat(next.at("/spec/containers").findValuesAsText("name")).containsExactly("b", "F", "c");
        String other = "{'spec':{'containers':[{'name':'b','image':'2'}]}}";
        assertThat(conflicts(applyPod(next, other, "z", false)))
                .containsExactly("\"x\": .spec.containers[name=\"b\"].image");
    }

    @Test
    void itemsThatBothHaveStandInTheAppliedOrder() {
        assertThat(order("abc", "cxa")).isEqualTo("bcxa");
        assertThat(order("abc", "xb")).isEqualTo("axbc");
        assertThat(order("ab", "ba")).isEqualTo("ba");
        assertThat(order("", "ab")).isEqualTo("ab");
        assertThat(order("ab", "cd")).isEqualTo("abcd");
    }

    private String order(String live, String applied) {
        FieldType finalizers =
                FieldType.of(new Schemas().of(Kinds.POD)).at("f:metadata").at("f:finalizers");
        StringBuilder merged = new StringBuilder();
        ApplyMerge.merge(finalizers, letters(live), letters(applied)).forEach(each -> merged.append(each.asText()));
        return merged.toString();
    }

    private static JsonNode letters(String text) {
        return Json.tree((Object) text.chars().mapToObj(Character::toString).toList());
    }

    @Test
    void twoItemsAlikeCannotBeApplied() {
        assertThat(applyPod(null, "{'spec':{'containers':[{'name':'a'},{'name':'a'}]}}", "x", false))
                .isEqualTo(new Applied.Unfit(".spec.containers: duplicate entries for key [name=\"a\"]"));
        assertThat(applyPod(null, "{'spec':{'containers':[{'image':'a'}]}}", "x", false))
                .isEqualTo(
                        new Applied.Unfit(".spec.containers: associative list with keys has an element that omits key"
                                + " field \"name\" (and doesn't have default value)"));
    }

    @Test
    void kubectlTakesOverFromItsOwnClientSideApply() {
        String annotation =
                "{\\\"apiVersion\\\":\\\"v1\\\",\\\"kind\\\":\\\"ConfigMap\\\",\\\"data\\\":{\\\"x\\\":\\\"1\\\"}}";
        ObjectNode made = created(
                "kubectl-client-side-apply",
                "{'metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'" + annotation
                        + "'}},'data':{'x':'1','y':'1'}}");
        ObjectNode next = merged(apply(made, "{'data':{'x':'2'}}", "kubectl", false));
        assertThat(next.at("/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration")
                        .asText())
                .contains("\"data\":{\"x\":\"2\"}");
        assertThat(conflicts(apply(made, "{'data':{'y':'2'}}", "kubectl", false)))
                .hasSize(1);
        assertThat(conflicts(apply(made, "{'data':{'x':'2'}}", "other", false))).hasSize(1);
    }

    @Test
    void theOldestOfManyWritersBecomeOne() {
        ObjectNode object = created("a0", "{'data':{'k0':'1'}}");
        StringBuilder data = new StringBuilder("'k0':'1'");
        for (int i = 1; i < 15; i++) {
            data.append(",'k").append(i).append("':'1'");
            object = updated(object, "{'data':{" + data + "}}", "a" + i);
        }
        assertThat(object.at("/metadata/managedFields")).hasSize(10);
        assertThat(object.at("/metadata/managedFields").findValuesAsText("manager"))
                .contains("ancient-changes", "a14");
    }

    @Test
    void anyAppliesInAnyOrderEndInWhatWasAppliedLast() {
        for (int seed = 0; seed < 300; seed++) {
            Random luck = new Random(seed);
            @Nullable ObjectNode object = null;
            List<String> last = new ArrayList<>(List.of("", ""));
            for (int step = 0; step < 6; step++) {
                int who = luck.nextInt(2);
                StringBuilder data = new StringBuilder();
                for (String key : List.of("x", "y", "z")) {
                    if (luck.nextBoolean()) {
                        data.append(data.isEmpty() ? "" : ",").append("'" + key + "':'" + luck.nextInt(2) + "'");
                    }
                }
                Applied applied = apply(object, "{'data':{" + data + "}}", "m" + who, true);
                object = applied instanceof Applied.Merged(ObjectNode next) ? next : object;
                last.set(who, data.toString().replace('\'', '"'));
                JsonNode now = object == null ? Json.MAPPER.createObjectNode() : object.path("data");
                JsonNode wanted = tree("{" + last.get(who).replace('"', '\'') + "}");
                wanted.properties()
                        .forEach(field -> assertThat(now.path(field.getKey()))
                                .as("%s", field)
                                .isEqualTo(field.getValue()));
                for (var field : now.properties()) {
                    boolean somebody = last.stream().anyMatch(text -> text.contains("\"" + field.getKey() + "\""));
                    assertThat(somebody)
                            .as("seed %s: %s of nobody", seed, field)
                            .isTrue();
                }
            }
        }
    }

    private static Writer writer(String manager) {
        return new Writer(manager, "", NOON);
    }

    private ObjectNode created(String manager, String rest) {
        ObjectNode object = configMap(rest);
        object.withObject("/metadata")
                .set("managedFields", ownership.created(Kinds.CONFIG_MAP, object, writer(manager)));
        return object;
    }

    private ObjectNode updated(ObjectNode before, String rest, String manager) {
        ObjectNode after = configMap(rest);
        @Nullable JsonNode owners = ownership.updated(Kinds.CONFIG_MAP, before, after, writer(manager));
        assertThat(owners).isNotNull();
        after.withObject("/metadata").set("managedFields", owners);
        return after;
    }

    private Applied apply(@Nullable JsonNode live, String rest, String manager, boolean force) {
        return ownership.apply(Kinds.CONFIG_MAP, live, configMap(rest), writer(manager), force);
    }

    private Applied applyPod(@Nullable JsonNode live, String rest, String manager, boolean force) {
        return ownership.apply(Kinds.POD, live, tree(rest), writer(manager), force);
    }

    private static ObjectNode configMap(String rest) {
        ObjectNode object = tree(rest);
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        object.withObject("/metadata").put("name", "c");
        return object;
    }

    private static ObjectNode merged(Applied applied) {
        assertThat(applied).isInstanceOf(Applied.Merged.class);
        return ((Applied.Merged) applied).object();
    }

    private static List<String> conflicts(Applied applied) {
        assertThat(applied).isInstanceOf(Applied.Conflicts.class);
        return ((Applied.Conflicts) applied)
                .conflicts().stream().map(c -> c.who() + ": " + c.path()).toList();
    }

    /// `MANAGER OPERATION PATH...`, one an entry.
    private static List<String> owners(ObjectNode object) {
        List<String> owners = new ArrayList<>();
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            List<String> words = new ArrayList<>();
            words.add(entry.path("manager").asText());
            words.add(entry.path("operation").asText());
            FieldSet.of(entry.path("fieldsV1")).forEach(words::add);
            owners.add(String.join(" ", words));
        }
        return owners;
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
