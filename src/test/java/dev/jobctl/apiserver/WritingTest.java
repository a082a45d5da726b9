package dev.jobctl.apiserver;

import static dev.jobctl.apiserver.TestServer.JOBS;
import static dev.jobctl.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Deletion;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Create, replace, patch and delete.
final class WritingTest {
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String JSON = "application/json-patch+json";

    private final TestServer server = new TestServer();

    @Test
    void createFillsInWhatTheServerOwns() {
        TestServer.Answer answer = server.post(JOBS, TestServer.job("pi", ""));
        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.at("/metadata/namespace")).isEqualTo("default");
        assertThat(answer.at("/metadata/uid")).hasSize(36);
        assertThat(answer.at("/metadata/resourceVersion")).isEqualTo("2");
        assertThat(answer.at("/metadata/creationTimestamp")).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(answer.body()).isEqualTo(server.get(JOBS + "/pi").body());
    }

    @Test
    void createFillsInDefaults() {
        TestServer.Answer answer = server.post(JOBS, TestServer.job("pi", ""));
        assertThat(answer.at("/spec/backoffLimit")).isEqualTo("6");
        assertThat(answer.at("/spec/completions")).isEqualTo("1");
        assertThat(answer.json().at("/spec/selector/matchLabels").toString())
                .isEqualTo("{\"batch.kubernetes.io/controller-uid\":\"" + answer.at("/metadata/uid") + "\"}");
    }

    @Test
    void aVersionIsNotTakenAtCreation() {
        String versioned =
                TestServer.job("pi", "").replace("{\"name\":\"pi\"", "{\"resourceVersion\":\"17\",\"name\":\"pi\"");
        TestServer.Answer answer = server.post(JOBS, versioned);
        assertThat(answer.code()).isEqualTo(500);
        assertThat(answer.message()).isEqualTo("resourceVersion should not be set on objects to be created");
        assertThat(answer.json().has("reason") || answer.json().has("details")).isFalse();
        assertThat(server.post(JOBS, versioned.replace("Never", "Always")).code())
                .isEqualTo(422);
        assertThat(server.post(JOBS + "?dryRun=All", versioned).code()).isEqualTo(201);
        for (String none : List.of("", "0")) {
            assertThat(server.post(JOBS, versioned.replace("17", none).replace("\"pi\"", "\"pi" + none + "\""))
                            .code())
                    .isEqualTo(201);
        }
        String lease = "{\"metadata\":{\"name\":\"l\",\"resourceVersion\":\"17\"}}";
        assertThat(server.put("/apis/coordination.k8s.io/v1/namespaces/default/leases/l", lease)
                        .code())
                .isEqualTo(201);
        String applied = "application/apply-patch+yaml";
        assertThat(server.patch(applied, JOBS + "/ssa?fieldManager=me", versioned.replace("\"pi\"", "\"ssa\""))
                        .code())
                .isEqualTo(201);
    }

    @Test
    void anInvalidJobIsNamedFieldByField() {
        String job = TestServer.job("pi", "\"parallelism\":-1,\"completions\":-2,");
        TestServer.Answer answer = server.post(JOBS, job);
        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.message())
                .isEqualTo("Job.batch \"pi\" is invalid: [spec.parallelism: Invalid value: -1: must be greater than or"
                        + " equal to 0, spec.completions: Invalid value: -2: must be greater than or equal to 0]");
        assertThat(answer.at("/details/causes/0/field")).isEqualTo("spec.parallelism");
        assertThat(answer.at("/details/causes/0/reason")).isEqualTo("FieldValueInvalid");
        assertThat(answer.at("/details/causes/0/message"))
                .isEqualTo("Invalid value: -1: must be greater than or equal to 0");
        assertThat(answer.at("/details/kind")).isEqualTo("Job");
        assertThat(server.get(JOBS + "/pi").code()).isEqualTo(404);
    }

    @Test
    void aGeneratedNameIsDrawnAnewWhenItIsTaken() {
        String job = TestServer.job("x", "").replace("\"name\":\"x\"", "\"generateName\":\"gen-\"");
        String first = server.post(JOBS, job).at("/metadata/name");
        String second = server.post(JOBS, job).at("/metadata/name");
        assertThat(first).matches("gen-[bcdfghjklmnpqrstvwxz2456789]{5}");
        assertThat(second).matches("gen-[bcdfghjklmnpqrstvwxz2456789]{5}").isNotEqualTo(first);
    }

    @Test
    void aDryRunStoresNothing() {
        TestServer.Answer answer = server.post(JOBS + "?dryRun=All", TestServer.job("pi", ""));
        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.json().at("/metadata").has("resourceVersion")).isFalse();
        assertThat(server.get(JOBS + "/pi").code()).isEqualTo(404);
        server.post(JOBS, TestServer.job("pi", ""));
        assertThat(server.post(JOBS + "?dryRun=All", TestServer.job("pi", "")).code())
                .isEqualTo(409);
        assertThat(server.patch(MERGE, JOBS + "/pi?dryRun=All", "{\"spec\":{\"suspend\":true}}")
                        .at("/spec/suspend"))
                .isEqualTo("true");
        assertThat(server.delete(JOBS + "/pi?dryRun=All", "").code()).isEqualTo(200);
        assertThat(server.get(JOBS + "/pi").at("/spec/suspend")).isNotEqualTo("true");
    }

    @Test
    void unknownFieldsWarnUnlessIgnored() {
        TestServer.Answer warned = server.post(JOBS, TestServer.job("a", "\"foo\":1,"));
        assertThat(warned.code()).isEqualTo(201);
        assertThat(warned.headers()).containsEntry("warning", "299 - \"unknown field \\\"spec.foo\\\"\"");
        TestServer.Answer ignored = server.post(JOBS + "?fieldValidation=Ignore", TestServer.job("b", "\"foo\":1,"));
        assertThat(ignored.headers()).doesNotContainKey("warning");
    }

    @Test
    void yamlBodiesAreRead() {
        TestServer.Answer answer = server.ask(
                        "POST", "/api/v1/namespaces/default/configmaps", "metadata:\n  name: c\ndata:\n  a: 'yes'\n")
                .with("content-type", "application/yaml")
                .answer();
        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.at("/data/a")).isEqualTo("yes");
        assertThat(answer.at("/kind")).isEqualTo("ConfigMap");
    }

    @Test
    void replaceCreatesALeaseThatIsNotThere() {
        String leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        String lease = "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"holderIdentity\":\"me\"}}";
        TestServer.Answer made = server.put(leases + "/l", lease);
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.at("/metadata/uid")).hasSize(36);
        String read = lease.replace("\"me\"", "\"you\"")
                .replace("{\"name\"", "{\"resourceVersion\":\"" + made.at("/metadata/resourceVersion") + "\",\"name\"");
        assertThat(server.put(leases + "/l", read).code()).isEqualTo(200);
        assertThat(server.get(leases + "/l").at("/spec/holderIdentity")).isEqualTo("you");
        String known = lease.replace("\"name\":\"l\"", "\"name\":\"m\",\"uid\":\"u\"");
        assertThat(server.put(leases + "/m", known).message())
                .endsWith("Precondition failed: UID in precondition: u, UID in object meta: ");
        assertThat(server.put(JOBS + "/pi", TestServer.job("pi", "")).code()).isEqualTo(404);
    }

    @Test
    void aLeaseOrABudgetIsReadBeforeItIsReplaced() {
        for (String path : List.of(
                "/apis/coordination.k8s.io/v1/namespaces/default/leases",
                "/apis/policy/v1/namespaces/default/poddisruptionbudgets")) {
            String object = "{\"metadata\":{\"name\":\"l\"%s},\"spec\":{}}";
            assertThat(server.post(path, object.formatted("")).code()).isEqualTo(201);
            for (String version : List.of("", ",\"resourceVersion\":\"\"", ",\"resourceVersion\":\"0\"")) {
                TestServer.Answer answer = server.put(path + "/l", object.formatted(version));
                assertThat(answer.code()).isEqualTo(422);
                assertThat(answer.message())
                        .isEqualTo(
                                (path.endsWith("leases") ? "leases.coordination.k8s.io" : "poddisruptionbudgets.policy")
                                        + " \"l\" is invalid: metadata.resourceVersion: Invalid value: 0: must be"
                                        + " specified for an update");
            }
            assertThat(server.patch(MERGE, path + "/l", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")
                            .code())
                    .isEqualTo(200);
        }
    }

    /// Only what is being deleted goes when nobody holds it any more.
    @Test
    void finalizeChangesTheFinalizersOfANamespaceOnly() {
        String path = "/api/v1/namespaces/work";
        server.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"work\"}}");
        String held = "{\"metadata\":{\"name\":\"work\"},\"spec\":{\"finalizers\":[\"kubernetes\",\"mine.dev/x\"]}}";
        TestServer.Answer answer = server.put(path + "/finalize", held);
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.at("/spec/finalizers/1")).isEqualTo("mine.dev/x");
        assertThat(answer.at("/status/phase")).isEqualTo("Active");
        assertThat(server.put(path, held.replace("mine.dev/x", "mine.dev/y")).at("/spec/finalizers/1"))
                .isEqualTo("mine.dev/x");
    }

    @Test
    void replaceChecksTheResourceVersion() {
        ObjectNode job =
                (ObjectNode) server.post(JOBS, TestServer.job("pi", "")).json();
        ((ObjectNode) job.get("spec")).put("parallelism", 2);
        TestServer.Answer first = server.put(JOBS + "/pi", job.toString());
        assertThat(first.code()).isEqualTo(200);
        assertThat(first.at("/metadata/generation")).isEqualTo("2");
        TestServer.Answer second = server.put(JOBS + "/pi", job.toString());
        assertThat(second.code()).isEqualTo(409);
        assertThat(second.message())
                .isEqualTo("Operation cannot be fulfilled on jobs.batch \"pi\": the object has been modified; please"
                        + " apply your changes to the latest version and try again");
        ((ObjectNode) job.get("metadata")).remove("resourceVersion");
        assertThat(server.put(JOBS + "/pi", job.toString()).code()).isEqualTo(200);
    }

    @Test
    void theTimeOfCreationStaysWhateverIsSent() {
        server.post(JOBS, TestServer.job("pi", ""));
        String later = "{\"metadata\":{\"creationTimestamp\":\"2027-01-01T00:00:00Z\"}}";
        for (String type : List.of(STRATEGIC, MERGE)) {
            TestServer.Answer answer = server.patch(type, JOBS + "/pi", later);
            assertThat(answer.code()).as(answer.body()).isEqualTo(200);
            assertThat(answer.at("/metadata/creationTimestamp")).isEqualTo("2026-11-21T12:00:00Z");
        }
        ObjectNode job = (ObjectNode) server.get(JOBS + "/pi").json();
        ((ObjectNode) job.get("metadata")).put("creationTimestamp", "2027-01-01T00:00:00Z");
        assertThat(server.put(JOBS + "/pi", job.toString()).at("/metadata/creationTimestamp"))
                .isEqualTo("2026-11-21T12:00:00Z");
        assertThat(server.put(JOBS + "/pi/status", job.toString()).code()).isEqualTo(200);
        TestServer.Answer applied = server.patch(
                "application/apply-patch+yaml",
                JOBS + "/pi?fieldManager=me&force=true",
                "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\"," + later.substring(1, later.length() - 2)
                        + ",\"name\":\"pi\"}}");
        assertThat(applied.code()).as(applied.body()).isEqualTo(200);
        assertThat(applied.at("/metadata/creationTimestamp")).isEqualTo("2026-11-21T12:00:00Z");
    }

    @Test
    void aChangeWithoutVersionIsTriedAgainWhenAnotherWasQuicker() {
        server.post(JOBS, TestServer.job("pi", ""));
        server.backend.makeStale(3);
        assertThat(server.patch(MERGE, JOBS + "/pi", "{\"spec\":{\"parallelism\":5}}")
                        .at("/spec/parallelism"))
                .isEqualTo("5");
        server.backend.makeStale(1000);
        assertThat(server.patch(MERGE, JOBS + "/pi", "{\"spec\":{\"parallelism\":6}}")
                        .reason())
                .isEqualTo("Conflict");
    }

    @Test
    void aChangeThatChangesNothingMakesNoVersion() {
        String before = server.post(JOBS, TestServer.job("pi", "")).at("/metadata/resourceVersion");
        assertThat(server.patch(STRATEGIC, JOBS + "/pi", "{}").at("/metadata/resourceVersion"))
                .isEqualTo(before);
        assertThat(server.patch(MERGE, JOBS + "/pi", "{\"metadata\":{\"labels\":null}}")
                        .code())
                .isEqualTo(200);
    }

    @Test
    void allThreeFormsOfPatchChangeTheObject() {
        server.post(JOBS, TestServer.job("pi", ""));
        assertThat(server.patch(MERGE, JOBS + "/pi", "{\"spec\":{\"parallelism\":2}}")
                        .at("/spec/parallelism"))
                .isEqualTo("2");
        assertThat(server.patch(JSON, JOBS + "/pi", "[{\"op\":\"replace\",\"path\":\"/spec/parallelism\",\"value\":3}]")
                        .at("/spec/parallelism"))
                .isEqualTo("3");
        assertThat(server.patch(STRATEGIC, JOBS + "/pi", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")
                        .at("/metadata/labels/a"))
                .isEqualTo("b");
        TestServer.Answer failed =
                server.patch(JSON, JOBS + "/pi", "[{\"op\":\"test\",\"path\":\"/spec/parallelism\",\"value\":9}]");
        assertThat(failed.code()).isEqualTo(422);
        TestServer.Answer unknown = server.patch(MERGE, JOBS + "/pi?fieldValidation=Strict", "{\"spec\":{\"foo\":1}}");
        assertThat(unknown.code()).isEqualTo(422);
        assertThat(unknown.message()).contains("patch: Invalid value").contains("unknown field \"spec.foo\"");
        TestServer.Answer stale = server.patch(MERGE, JOBS + "/pi", "{\"metadata\":{\"resourceVersion\":\"1\"}}");
        assertThat(stale.code()).isEqualTo(409);
        assertThat(server.patch(MERGE, JOBS + "/pi", "nonsense").code()).isEqualTo(400);
    }

    @Test
    void theStatusSubresourceChangesTheStatusAlone() {
        server.post(JOBS, TestServer.job("pi", ""));
        String patch = "{\"spec\":{\"parallelism\":7},\"status\":{\"active\":1}}";
        TestServer.Answer status = server.patch(MERGE, JOBS + "/pi/status", patch);
        assertThat(status.code()).as(status.body()).isEqualTo(200);
        assertThat(status.at("/status/active")).isEqualTo("1");
        assertThat(status.at("/spec/parallelism")).isEqualTo("1");
        TestServer.Answer main =
                server.patch(MERGE, JOBS + "/pi", "{\"spec\":{\"parallelism\":7},\"status\":{\"active\":9}}");
        assertThat(main.at("/status/active")).isEqualTo("1");
        assertThat(main.at("/spec/parallelism")).isEqualTo("7");
    }

    @Test
    void aBudgetCountsTheChangesOfItsSpecAndKeepsItsStatus() {
        String budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
        String both = "{\"metadata\":{\"name\":\"b\"},\"spec\":{\"minAvailable\":%d},"
                + "\"status\":{\"disruptionsAllowed\":%d,\"observedGeneration\":1}}";
        TestServer.Answer made = server.post(budgets, both.formatted(1, 9));
        assertThat(made.at("/metadata/generation")).isEqualTo("1");
        assertThat(made.json().path("status").has("disruptionsAllowed")).isFalse();
        TestServer.Answer status = server.patch(MERGE, budgets + "/b/status", both.formatted(2, 3));
        assertThat(status.at("/status/disruptionsAllowed") + " of " + status.at("/spec/minAvailable"))
                .isEqualTo("3 of 1");
        assertThat(status.at("/metadata/generation")).isEqualTo("1");
        TestServer.Answer main = server.patch(MERGE, budgets + "/b", both.formatted(2, 9));
        assertThat(main.at("/status/disruptionsAllowed") + " of " + main.at("/spec/minAvailable"))
                .isEqualTo("3 of 2");
        assertThat(main.at("/metadata/generation")).isEqualTo("2");
    }

    @Test
    void deletionAnswersWithStatusOrObject() {
        server.post(JOBS, TestServer.job("pi", ""));
        server.post(PODS, TestServer.pod("p"));
        TestServer.Answer job = server.delete(JOBS + "/pi", "{\"propagationPolicy\":\"Background\"}");
        assertThat(job.at("/status")).isEqualTo("Success");
        assertThat(job.at("/details/kind") + job.at("/details/name") + job.at("/details/group"))
                .isEqualTo("jobspibatch");
        assertThat(job.headers()).doesNotContainKey("warning");
        assertThat(server.delete(PODS + "/p?gracePeriodSeconds=0", "").at("/kind"))
                .isEqualTo("Pod");
    }

    @Test
    void someKindsAnswerADeletionWithTheObject() {
        for (String object : List.of(
                "services {\"metadata\":{\"name\":\"s\"},\"spec\":{\"ports\":[{\"port\":80}]}}",
                "resourcequotas {\"metadata\":{\"name\":\"s\"},\"spec\":{\"hard\":{\"pods\":\"4\"}}}",
                "serviceaccounts {\"metadata\":{\"name\":\"s\"}}",
                "persistentvolumeclaims {\"metadata\":{\"name\":\"s\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
                        + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}")) {
            String[] parts = object.split(" ", 2);
            String path = "/api/v1/namespaces/default/" + parts[0];
            TestServer.Answer made = server.post(path, parts[1]);
            assertThat(made.code()).as(made.body()).isEqualTo(201);
            assertThat(server.delete(path + "/s?dryRun=All", "").at("/metadata/name"))
                    .as(parts[0])
                    .isEqualTo("s");
            TestServer.Answer answer = server.delete(path + "/s", "");
            assertThat(answer.at("/kind") + answer.at("/metadata/uid"))
                    .isEqualTo(made.at("/kind") + made.at("/metadata/uid"));
        }
    }

    @Test
    void deletingAJobWithoutPolicyWarns() {
        server.post(JOBS, TestServer.job("pi", ""));
        assertThat(server.delete(JOBS + "/pi", "").headers().get("warning"))
                .startsWith("299 - \"child pods are preserved by default when jobs are deleted;");
    }

    @Test
    void dependentsAreNotOrphanedByAFalseInCapitals() {
        server.post(JOBS, TestServer.job("pi", ""));
        assertThat(server.delete(JOBS + "/pi?orphanDependents=False", "").at("/status"))
                .isEqualTo("Success");
        assertThat(server.backend.lastDeletion().propagation()).isEqualTo(Deletion.Propagation.Background);
    }

    @Test
    void anObjectWithFinalizersWaits() {
        String job = TestServer.job("pi", "")
                .replace("\"name\":\"pi\"", "\"name\":\"pi\",\"finalizers\":[\"example.com/wait\"]");
        server.post(JOBS, job);
        TestServer.Answer marked = server.delete(JOBS + "/pi?propagationPolicy=Background", "");
        assertThat(marked.at("/kind")).isEqualTo("Job");
        assertThat(marked.at("/metadata/deletionTimestamp")).isNotEmpty();
        assertThat(server.patch(MERGE, JOBS + "/pi", "{\"metadata\":{\"finalizers\":null}}")
                        .code())
                .isEqualTo(200);
        assertThat(server.get(JOBS + "/pi").code()).isEqualTo(404);
    }

    @Test
    void deletecollectionTakesTheSelected() {
        for (String name : new String[] {"a", "b", "c"}) {
            server.post(JOBS, TestServer.job(name, ""));
        }
        server.patch(MERGE, JOBS + "/b", "{\"metadata\":{\"labels\":{\"keep\":\"yes\"}}}");
        TestServer.Answer answer =
                server.delete(JOBS + "?labelSelector=!keep", "{\"propagationPolicy\":\"Background\"}");
        assertThat(answer.at("/kind")).isEqualTo("JobList");
        assertThat(answer.json().path("items")).hasSize(2);
        assertThat(server.get(JOBS).json().path("items")).hasSize(1);
    }

    @Test
    void bindingGivesAPodItsNodeOnce() {
        server.post(PODS, TestServer.pod("p").replace("\"nodeName\":\"local\",", ""));
        String binding = "{\"target\":{\"kind\":\"Node\",\"name\":\"local\"}}";
        assertThat(server.post(PODS + "/p/binding", binding).code()).isEqualTo(201);
        assertThat(server.get(PODS + "/p").at("/spec/nodeName")).isEqualTo("local");
        assertThat(server.post(PODS + "/p/binding", binding).message())
                .contains("pod p is already assigned to node \"local\"");
    }

    @Test
    void evictionDeletesThePod() {
        server.post(PODS, TestServer.pod("p"));
        String eviction = "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"p\"}}";
        assertThat(server.post(PODS + "/p/eviction", eviction).at("/status")).isEqualTo("Success");
        assertThat(server.get(PODS + "/p").code()).isEqualTo(404);
    }
}
