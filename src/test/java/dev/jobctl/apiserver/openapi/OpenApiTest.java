package dev.jobctl.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final OpenApi openApi = new OpenApi(new Schemas(), "v1.34.1");

    @Test
    void everyReferenceLeadsSomewhere() {
        for (JsonNode document : documents()) {
            List<String> broken = document.findValuesAsText("$ref").stream()
                    .distinct()
                    .filter(ref -> document.at(ref.substring(1)).isMissingNode())
                    .toList();
            assertThat(broken).isEmpty();
        }
    }

    /// kubectl leaves strict checking to the server only when it finds this parameter at the kind's PATCH.
    @Test
    void everyKindCanBePatchedWithFieldValidation() {
        for (Kind kind : Kinds.all()) {
            String group = kind.group().isEmpty() ? "api/v1" : "apis/" + kind.apiVersion();
            String path =
                    "/" + group + (kind.namespaced() ? "/namespaces/{namespace}/" : "/") + kind.plural() + "/{name}";
            JsonNode patch =
                    openApi.v3(group).orElseThrow().path("paths").path(path).path("patch");
            assertThat(patch.path("x-kubernetes-group-version-kind")
                            .path("kind")
                            .asText())
                    .isEqualTo(kind.kind());
            assertThat(patch.path("parameters").findValuesAsText("name"))
                    .contains("fieldValidation", "dryRun", "force");
        }
    }

    /// A port by number is an answer that the document allows; version 2 has no words for it.
    @Test
    void whatMayBeNumberOrTextIsSaidToBeEither() {
        JsonNode schemas = openApi.v3("api/v1").orElseThrow().at("/components/schemas");
        JsonNode port = schemas.get("io.k8s.apimachinery.pkg.util.intstr.IntOrString");
        assertThat(port.findValuesAsText("type")).containsExactly("integer", "string");
        JsonNode amount = schemas.get("io.k8s.apimachinery.pkg.api.resource.Quantity");
        assertThat(amount.findValuesAsText("type")).containsExactly("number", "string");
    }

    /// What `kubectl explain` and client generators look for.
    @Test
    void typesThatAreOnlyPostedAreTold() {
        assertThat(openApi.groups()).contains("apis/authentication.k8s.io/v1", "apis/authorization.k8s.io/v1");
        for (Posted review : Posted.REVIEWS) {
            JsonNode document = openApi.v3(review.place()).orElseThrow();
            String scope = review.namespaced() ? "/namespaces/{namespace}/" : "/";
            JsonNode post = document.path("paths")
                    .path("/" + review.place() + scope + review.plural())
                    .path("post");
            assertThat(post.at("/x-kubernetes-group-version-kind/kind").asText())
                    .isEqualTo(review.kind());
            JsonNode definition = document.at("/components/schemas").path(Names.of(review.type()));
            assertThat(definition.path("x-kubernetes-group-version-kind").findValuesAsText("group"))
                    .containsExactly(review.group());
            assertThat(definition.path("description").asText()).startsWith("Asks ");
        }
        JsonNode token = openApi.v3("api/v1")
                .orElseThrow()
                .path("paths")
                .path("/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token")
                .path("post");
        assertThat(token.at("/x-kubernetes-group-version-kind/kind").asText()).isEqualTo("TokenRequest");
    }

    @Test
    void whatADeletionAnswersIsTold() {
        for (Kind kind : List.of(Kinds.POD, Kinds.SERVICE, Kinds.CONFIG_MAP)) {
            String answer = openApi.v3("api/v1")
                    .orElseThrow()
                    .path("paths")
                    .path("/api/v1/namespaces/{namespace}/" + kind.plural() + "/{name}")
                    .at("/delete/responses/200")
                    .findValue("$ref")
                    .asText();
            assertThat(answer).endsWith(kind.equals(Kinds.CONFIG_MAP) ? ".Status" : "." + kind.kind());
        }
    }

    @Test
    void operationIdsAreUnique() {
        for (JsonNode document : documents()) {
            assertThat(document.findValuesAsText("operationId")).doesNotHaveDuplicates();
        }
    }

    @Test
    void mergeKeysAreTold() {
        JsonNode schemas = openApi.v3("apis/batch/v1").orElseThrow().at("/components/schemas");
        JsonNode volumes = schemas.at("/io.k8s.api.core.v1.PodSpec/properties/volumes");
        assertThat(volumes.get("x-kubernetes-patch-strategy").asText()).isEqualTo("merge,retainKeys");
        assertThat(volumes.get("x-kubernetes-patch-merge-key").asText()).isEqualTo("name");
        assertThat(volumes.get("x-kubernetes-list-type").asText()).isEqualTo("map");
    }

    @Test
    void allFieldsOfTheJobFamilyAreDescribed() {
        JsonNode schemas = openApi.v3("apis/batch/v1").orElseThrow().at("/components/schemas");
        List<String> silent = new ArrayList<>();
        schemas.properties().stream()
                .filter(e -> e.getKey().startsWith("io.k8s.api.batch."))
                .forEach(type -> type.getValue().path("properties").properties().forEach(field -> {
                    if (!field.getValue().has("description")) {
                        silent.add(type.getKey() + "." + field.getKey());
                    }
                }));
        assertThat(silent).isEmpty();
    }

    @Test
    void theIndexNamesEveryGroup() {
        assertThat(openApi.v3Index().path("paths").properties().stream()
                        .map(e -> e.getKey())
                        .toList())
                .isEqualTo(openApi.groups());
        assertThat(openApi.v3("apis/none/v1")).isEmpty();
    }

    private List<JsonNode> documents() {
        List<JsonNode> documents = new ArrayList<>();
        documents.add(openApi.v2());
        openApi.groups().forEach(group -> documents.add(openApi.v3(group).orElseThrow()));
        return documents;
    }
}
