package dev.jobctl.apiserver;

import static dev.jobctl.apiserver.TestServer.JOBS;
import static dev.jobctl.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lists in all their forms, and what discovery tells.
final class ReadingTest {
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private final TestServer server = new TestServer();

    @Test
    void whatIsFalseMayBeWrittenInCapitals() {
        for (String no : List.of("false", "False", "FALSE", "0")) {
            assertThat(server.get(JOBS + "?watch=" + no).at("/kind")).as(no).isEqualTo("JobList");
        }
    }

    @Test
    void namespacesAreNotDeletedTogether() {
        List<String> together = new ArrayList<>();
        server.get("/api/v1").json().path("resources").forEach(each -> {
            if (each.path("verbs").toString().contains("deletecollection")) {
                together.add(each.path("name").asText());
            }
        });
        assertThat(together).contains("pods", "nodes").doesNotContain("namespaces");
        assertThat(server.get("/openapi/v3/api/v1")
                        .json()
                        .path("paths")
                        .path("/api/v1/namespaces")
                        .has("delete"))
                .isFalse();
    }

    @Test
    void servicesAreSelectedByTypeAndAddress() {
        String services = "/api/v1/namespaces/default/services";
        String made = "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"clusterIP\":\"None\",\"ports\":[{\"port\":80}]}}";
        assertThat(server.post(services, made).code()).isEqualTo(201);
        made = made.replace("\"a\"", "\"b\"").replace("\"clusterIP\":\"None\"", "\"type\":\"NodePort\"");
        assertThat(server.post(services, made).code()).isEqualTo(201);
        assertThat(names(server.get(services + "?fieldSelector=spec.type=NodePort")))
                .containsExactly("b");
        assertThat(names(server.get(services + "?fieldSelector=spec.clusterIP=None")))
                .containsExactly("a");
        assertThat(server.get(services + "?fieldSelector=spec.foo=a").message())
                .isEqualTo("field label not supported: spec.foo");
    }

    @Test
    void aListCarriesTheRevisionOfTheWholeStore() {
        server.post(JOBS, TestServer.job("b", ""));
        server.post(JOBS, TestServer.job("a", ""));
        TestServer.Answer list = server.get(JOBS);
        assertThat(list.at("/kind") + list.at("/apiVersion")).isEqualTo("JobListbatch/v1");
        assertThat(list.at("/metadata/resourceVersion")).isEqualTo("3");
        assertThat(names(list)).containsExactly("a", "b");
        assertThat(names(server.get("/apis/batch/v1/jobs"))).containsExactly("a", "b");
        assertThat(names(server.get("/apis/batch/v1/namespaces/other/jobs"))).isEmpty();
    }

    @Test
    void selectorsNarrowAList() {
        String labelled = TestServer.job("a", "").replace("\"name\":\"a\"", "\"name\":\"a\",\"labels\":{\"x\":\"1\"}");
        server.post(JOBS, labelled);
        server.post(JOBS, TestServer.job("b", ""));
        server.post(PODS, TestServer.pod("p"));
        assertThat(names(server.get(JOBS + "?labelSelector=x=1"))).containsExactly("a");
        assertThat(names(server.get(JOBS + "?labelSelector=x notin (1)"))).containsExactly("b");
        assertThat(names(server.get(JOBS + "?fieldSelector=metadata.name=b"))).containsExactly("b");
        assertThat(names(server.get(JOBS + "?fieldSelector=metadata.name!=b"))).containsExactly("a");
        assertThat(names(server.get(JOBS + "?fieldSelector=status.successful=0")))
                .containsExactly("a", "b");
        assertThat(names(server.get(PODS + "?fieldSelector=spec.nodeName=local")))
                .containsExactly("p");
        assertThat(names(server.get(PODS + "?fieldSelector=spec.nodeName=other")))
                .isEmpty();
        assertThat(server.get(JOBS + "?labelSelector=a=b=c").code()).isEqualTo(400);
    }

    @Test
    void pagesShowOneState() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            server.post(JOBS, TestServer.job(name, ""));
        }
        TestServer.Answer first = server.get(JOBS + "?limit=2");
        assertThat(names(first)).containsExactly("a", "b");
        assertThat(first.at("/metadata/remainingItemCount")).isEqualTo("3");
        server.delete(JOBS + "/c", "");
        server.post(JOBS, TestServer.job("ab", ""));
        TestServer.Answer second = server.get(JOBS + "?limit=2&continue=" + first.at("/metadata/continue"));
        assertThat(names(second)).containsExactly("c", "d");
        assertThat(second.at("/metadata/resourceVersion")).isEqualTo(first.at("/metadata/resourceVersion"));
        TestServer.Answer third = server.get(JOBS + "?limit=2&continue=" + second.at("/metadata/continue"));
        assertThat(names(third)).containsExactly("e");
        assertThat(third.json().at("/metadata").has("continue")).isFalse();
    }

    @Test
    void aContinueTokenThatNobodyGaveIsRefused() {
        assertThat(server.get(JOBS + "?limit=1&continue=zzz").code()).isEqualTo(400);
        String foreign = new Pages.Token(0, "core/secrets/default/s").text();
        assertThat(server.get(JOBS + "?limit=1&continue=" + foreign).code()).isEqualTo(400);
        String old = new Pages.Token(999, "batch/jobs/default/a").text();
        TestServer.Answer expired = server.get(JOBS + "?continue=" + old);
        assertThat(expired.code()).isEqualTo(410);
        assertThat(server.get(JOBS + "?continue=" + expired.at("/metadata/continue"))
                        .code())
                .isEqualTo(200);
    }

    @Test
    void aTableHasColumnsRowsAndMetadata() {
        server.post(JOBS, TestServer.job("pi", ""));
        TestServer.Answer table = server.ask("GET", JOBS, "")
                .with("accept", TABLE + ",application/json")
                .answer();
        assertThat(table.at("/kind") + table.at("/apiVersion")).isEqualTo("Tablemeta.k8s.io/v1");
        assertThat(table.at("/columnDefinitions/0/name")).isEqualTo("Name");
        assertThat(table.at("/rows/0/cells/0")).isEqualTo("pi");
        assertThat(table.at("/rows/0/object/kind")).isEqualTo("PartialObjectMetadata");
        assertThat(table.at("/rows/0/object/metadata/name")).isEqualTo("pi");
        JsonNode none = server.ask("GET", JOBS + "/pi?includeObject=None", "")
                .with("accept", TABLE)
                .answer()
                .json();
        assertThat(none.at("/rows/0").has("object")).isFalse();
        JsonNode whole = server.ask("GET", JOBS + "/pi?includeObject=Object", "")
                .with("accept", TABLE)
                .answer()
                .json();
        assertThat(whole.at("/rows/0/object/spec").isObject()).isTrue();
    }

    @Test
    void metadataAloneCanBeHad() {
        server.post(JOBS, TestServer.job("pi", ""));
        TestServer.Answer list = server.ask("GET", JOBS, "")
                .with("accept", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")
                .answer();
        assertThat(list.at("/kind")).isEqualTo("PartialObjectMetadataList");
        assertThat(list.at("/items/0/metadata/name")).isEqualTo("pi");
        assertThat(list.json().at("/items/0").has("spec")).isFalse();
    }

    @Test
    void theFirstFormThatThereIsIsTaken() {
        String protobuf = "application/vnd.kubernetes.protobuf";
        String table = ";as=Table;v=v1;g=meta.k8s.io";
        assertThat(form("text/html, application/json")).isEqualTo("application/json");
        assertThat(form(protobuf + ",application/json")).isEqualTo(protobuf);
        assertThat(form(protobuf + table + ",application/json")).isEqualTo("application/json");
        assertThat(form("application/yaml")).isEqualTo("application/yaml");
        assertThat(form("application/json;q=0.1,application/yaml;q=0.9")).isEqualTo("application/yaml");
        assertThat(form("*/*")).isEqualTo("application/json");
    }

    private String form(String accept) {
        return server.ask("GET", JOBS, "")
                .with("accept", accept)
                .answer()
                .headers()
                .getOrDefault("content-type", "");
    }

    @Test
    void answersCanBeHadInYaml() {
        server.post(JOBS, TestServer.job("a", ""));
        TestServer.Answer job = server.ask("GET", JOBS + "/a", "")
                .with("accept", "application/yaml")
                .answer();
        assertThat(job.body())
                .startsWith("apiVersion: batch/v1\nkind: Job\nmetadata:\n  ")
                .contains("\nspec:\n");
        TestServer.Answer none = server.ask("GET", JOBS + "/b", "")
                .with("accept", "application/yaml")
                .answer();
        assertThat(none.code()).isEqualTo(404);
        assertThat(none.body()).contains("reason: NotFound");
        assertThat(server.ask("GET", JOBS + "?watch=true", "")
                        .with("accept", "application/yaml")
                        .answer()
                        .code())
                .isEqualTo(406);
    }

    @Test
    void pagesAreForgottenAfterFiveMinutes() {
        for (String name : List.of("a", "b", "c")) {
            server.post(JOBS, TestServer.job(name, ""));
        }
        TestServer.Answer first = server.get(JOBS + "?limit=1");
        server.delete(JOBS + "/b", "");
        server.time.advance(Duration.ofMinutes(4));
        String second = JOBS + "?limit=1&continue=" + first.at("/metadata/continue");
        assertThat(names(server.get(second))).containsExactly("b");
        server.time.advance(Duration.ofMinutes(2));
        TestServer.Answer expired = server.get(second);
        assertThat(expired.code()).isEqualTo(410);
        assertThat(expired.reason()).isEqualTo("Expired");
        assertThat(expired.message())
                .startsWith("The provided continue parameter is too old to display a consistent list");
        assertThat(names(server.get(JOBS + "?limit=1&continue=" + expired.at("/metadata/continue"))))
                .containsExactly("c");
    }

    @Test
    void prettyAnswersHaveLines() {
        assertThat(server.get(JOBS + "?pretty=true").body().lines()).hasSizeGreaterThan(3);
        assertThat(server.get(JOBS).body().lines()).hasSize(1);
    }

    @Test
    void discoveryFollowsFromTheKinds() {
        assertThat(server.get("/api").json().at("/versions/0").asText()).isEqualTo("v1");
        assertThat(server.get("/apis")
                        .json()
                        .at("/groups/0/preferredVersion/groupVersion")
                        .asText())
                .isEqualTo("batch/v1");
        assertThat(server.get("/apis/batch").at("/kind")).isEqualTo("APIGroup");
        List<String> batch = new ArrayList<>();
        server.get("/apis/batch/v1")
                .json()
                .path("resources")
                .forEach(r -> batch.add(r.path("name").asText()));
        assertThat(batch).contains("jobs", "jobs/status");
        List<String> core = new ArrayList<>();
        server.get("/api/v1")
                .json()
                .path("resources")
                .forEach(r -> core.add(r.path("name").asText()));
        assertThat(core).contains("pods", "pods/log", "pods/binding", "pods/eviction", "namespaces/status");
        assertThat(server.get("/apis/nothing").code()).isEqualTo(404);
    }

    @Test
    void discoveryCanBeHadInOneDocument() {
        String accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        TestServer.Answer answer = server.ask("GET", "/apis", "")
                .with("accept", accept + ",application/json")
                .answer();
        assertThat(answer.headers()).containsEntry("content-type", accept);
        assertThat(answer.at("/items/0/metadata/name")).isEqualTo("batch");
        assertThat(answer.at("/items/0/versions/0/resources/0/responseKind/kind"))
                .isNotEmpty();
    }

    @Test
    void theVersionIsThatOfAKubernetesRelease() {
        assertThat(server.get("/version").at("/gitVersion")).isEqualTo("v1.32.0+jobctl0.1.0");
    }

    @Test
    void openApiIsServedInBothVersions() {
        assertThat(server.get("/openapi/v2").at("/swagger")).isEqualTo("2.0");
        assertThat(server.get("/openapi/v3").json().at("/paths").has("apis/batch/v1"))
                .isTrue();
        assertThat(server.get("/openapi/v3/apis/batch/v1").at("/openapi")).startsWith("3.");
        assertThat(server.get("/openapi/v3/apis/nothing").code()).isEqualTo(404);
    }

    private static List<String> names(TestServer.Answer list) {
        List<String> names = new ArrayList<>();
        list.json()
                .path("items")
                .forEach(item -> names.add(item.at("/metadata/name").asText()));
        return names;
    }
}
