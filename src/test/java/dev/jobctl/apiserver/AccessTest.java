package dev.jobctl.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.apiserver.TestServer.Answer;
import dev.jobctl.apiserver.access.BuiltInRoles;
import dev.jobctl.resource.value.Kinds;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may do what: roles, bindings, tokens of service accounts, acting as others, reviews.
class AccessTest {
    private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
    private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";
    private static final String BINDINGS = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings";
    private static final String AUTHORIZATION = "/apis/authorization.k8s.io/v1/";
    private static final String BOB = "system:serviceaccount:default:bob";

    private final TestServer server = new TestServer();

    @BeforeEach
    void furnish() {
        BuiltInRoles.all()
                .forEach(role -> server.backend.put(
                        role instanceof ClusterRole ? Kinds.CLUSTER_ROLE : Kinds.CLUSTER_ROLE_BINDING, role));
        server.post(ACCOUNTS, "{\"metadata\":{\"name\":\"bob\"}}");
    }

    @Test
    void aCallerWithoutRolesIsToldWhatItCannotDo() {
        Answer answer = as(BOB, "GET", TestServer.JOBS, "");
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.message())
                .isEqualTo("jobs.batch is forbidden: User \"system:serviceaccount:default:bob\" cannot list resource"
                        + " \"jobs\" in API group \"batch\" in the namespace \"default\"");
        assertThat(as(BOB, "GET", "/api/v1/nodes/local", "").message())
                .isEqualTo("nodes \"local\" is forbidden: User \"system:serviceaccount:default:bob\" cannot get"
                        + " resource \"nodes\" in API group \"\" at the cluster scope");
        assertThat(as(BOB, "GET", "/metrics", "").message())
                .isEqualTo("forbidden: User \"system:serviceaccount:default:bob\" cannot get path \"/metrics\"");
        assertThat(as(BOB, "GET", "/apis", "").code()).isEqualTo(200);
    }

    @Test
    void aBoundRoleAllowsWhatItSaysAndNoMore() {
        role("reader", "{\"apiGroups\":[\"batch\"],\"resources\":[\"jobs\"],\"verbs\":[\"get\",\"list\"]}");
        bind("b", "Role", "reader", "ServiceAccount", "bob");
        assertThat(as(BOB, "GET", TestServer.JOBS, "").code()).isEqualTo(200);
        assertThat(as(BOB, "GET", TestServer.JOBS + "?watch=true&timeoutSeconds=1", "")
                        .code())
                .isEqualTo(403);
        assertThat(as(BOB, "POST", TestServer.JOBS, TestServer.job("j", "")).code())
                .isEqualTo(403);
        assertThat(as(BOB, "GET", TestServer.JOBS + "/j/status", "").message())
                .contains("cannot get resource \"jobs/status\"");
        assertThat(as(BOB, "GET", TestServer.PODS, "").code()).isEqualTo(403);
    }

    @Test
    void aRuleForOneNameAllowsAListOfThatNameOnly() {
        role("one", """
            {"apiGroups":[""],"resources":["pods"],"resourceNames":["p"],"verbs":["get","list"]}\
            """);
        bind("b", "Role", "one", "ServiceAccount", "bob");
        assertThat(as(BOB, "GET", TestServer.PODS, "").code()).isEqualTo(403);
        assertThat(as(BOB, "GET", TestServer.PODS + "?fieldSelector=metadata.name%3Dp", "")
                        .code())
                .isEqualTo(200);
        assertThat(as(BOB, "GET", TestServer.PODS + "/q", "").code()).isEqualTo(403);
    }

    @Test
    void aMissingRoleIsNamedInTheRefusal() {
        bind("b", "Role", "nowhere", "User", "ann");
        assertThat(as("ann", "GET", TestServer.PODS, "").message())
                .endsWith("in the namespace \"default\": RBAC: role.rbac.authorization.k8s.io \"nowhere\" not found");
    }

    @Test
    void nobodyGivesWhatItDoesNotHave() {
        role("maker", """
            {"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","rolebindings"],"verbs":["create"]},
            {"apiGroups":["batch"],"resources":["jobs"],"verbs":["get"]}\
            """);
        bind("b", "Role", "maker", "User", "ann");
        String got = "{\"apiGroups\":[\"batch\"],\"resources\":[\"jobs\"],\"verbs\":[\"get\"]}";
        assertThat(as("ann", "POST", ROLES, "{\"metadata\":{\"name\":\"a\"},\"rules\":[" + got + "]}")
                        .code())
                .isEqualTo(201);
        Answer refused = as("ann", "POST", ROLES, """
            {"metadata":{"name":"b"},"rules":[
            {"apiGroups":["batch"],"resources":["jobs","cronjobs"],"verbs":["get","delete"]}]}\
            """);
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("""
            roles.rbac.authorization.k8s.io "b" is forbidden: user "ann" (groups=["system:authenticated"]) is \
            attempting to grant RBAC permissions not currently held:
            {APIGroups:["batch"], Resources:["cronjobs"], Verbs:["get" "delete"]}
            {APIGroups:["batch"], Resources:["jobs"], Verbs:["delete"]}\
            """);
        assertThat(as("ann", "POST", BINDINGS, binding("c", "ClusterRole", "cluster-admin", "User", "ann"))
                        .code())
                .isEqualTo(403);
        assertThat(as("ann", "POST", BINDINGS, binding("c", "Role", "gone", "User", "ann"))
                        .message())
                .isEqualTo("roles.rbac.authorization.k8s.io \"gone\" not found");
    }

    @Test
    void whatABindingGivesStaysAndBadRulesAreNamed() {
        bind("b", "Role", "reader", "User", "ann");
        Answer changed = server.put(BINDINGS + "/b", binding("b", "Role", "other", "User", "ann"));
        assertThat(changed.code()).isEqualTo(422);
        assertThat(changed.message()).contains("roleRef: Invalid value: ").endsWith(": cannot change roleRef");
        assertThat(server.post(ROLES, "{\"metadata\":{\"name\":\"a:b\"},\"rules\":[{\"verbs\":[]}]}")
                        .message())
                .isEqualTo("Role.rbac.authorization.k8s.io \"a:b\" is invalid: [rules[0].verbs: Required value: verbs"
                        + " must contain at least one value, rules[0].apiGroups: Required value: resource rules must"
                        + " supply at least one api group, rules[0].resources: Required value: resource rules must"
                        + " supply at least one resource]");
        assertThat(server.post(BINDINGS, binding("x", "Bowl", "r", "Cat", "ann"))
                        .message())
                .contains("roleRef.kind: Unsupported value: \"Bowl\": supported values: \"ClusterRole\", \"Role\"")
                .contains("subjects[0].kind: Unsupported value: \"Cat\"");
    }

    @Test
    void aTokenIsGoodForItsTimeItsAudienceAndItsAccount() {
        String token = token("{\"spec\":{\"expirationSeconds\":600}}");
        assertThat(whoami(token).at("/status/userInfo/username")).isEqualTo(BOB);
        assertThat(whoami(token("{\"spec\":{\"audiences\":[\"vault\"]}}")).code())
                .isEqualTo(401);
        server.time.advance(java.time.Duration.ofSeconds(599));
        assertThat(whoami(token).code()).isEqualTo(201);
        server.time.advance(java.time.Duration.ofSeconds(1));
        assertThat(whoami(token).code()).isEqualTo(401);
        String fresh = token("{}");
        server.delete(ACCOUNTS + "/bob", "");
        assertThat(whoami(fresh).code()).isEqualTo(401);
        server.post(ACCOUNTS, "{\"metadata\":{\"name\":\"bob\"}}");
        assertThat(whoami(fresh).code()).isEqualTo(401);
    }

    @Test
    void aTokenOfAPodEndsWithThePod() {
        String pod = TestServer.pod("p").replace("\"spec\":{", "\"spec\":{\"serviceAccountName\":\"bob\",");
        server.post(TestServer.PODS, pod);
        String token = token("{\"spec\":{\"boundObjectRef\":{\"kind\":\"Pod\",\"name\":\"p\"}}}");
        assertThat(whoami(token).at("/status/userInfo/extra/authentication.kubernetes.io~1pod-name/0"))
                .isEqualTo("p");
        server.delete(TestServer.PODS + "/p", "{\"gracePeriodSeconds\":0}");
        assertThat(whoami(token).code()).isEqualTo(401);
    }

    @Test
    void tokensThatWeDidNotSignAreStrangers() {
        String token = token("{}");
        String other = token("{\"spec\":{\"expirationSeconds\":7200}}");
        int dot = token.lastIndexOf('.');
        assertThat(whoami(token.substring(0, dot) + other.substring(other.lastIndexOf('.')))
                        .code())
                .isEqualTo(401);
        String unsigned = Base64.getUrlEncoder().encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                + token.substring(token.indexOf('.'), dot + 1);
        for (String bad : new String[] {unsigned, "a.b.c", "..", ".", token + "x", "a.%.é"}) {
            assertThat(whoami(bad).code()).as(bad).isEqualTo(401);
        }
    }

    @Test
    void tokenRequestsOutOfBoundsAreRefused() {
        Answer answer = server.post(ACCOUNTS + "/bob/token", "{\"spec\":{\"expirationSeconds\":10}}");
        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.message()).endsWith("may not specify a duration less than 10 minutes");
        assertThat(server.post(ACCOUNTS + "/nobody/token", "{}").code()).isEqualTo(404);
    }

    @Test
    void whoMayNotActAsOthersDoesNot() {
        String token = token("{}");
        Answer answer = server.ask("GET", TestServer.PODS, "")
                .with("authorization", "Bearer " + token)
                .with("impersonate-user", "ann")
                .answer();
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.message())
                .isEqualTo("users \"ann\" is forbidden: User \"system:serviceaccount:default:bob\" cannot impersonate"
                        + " resource \"users\" in API group \"\" at the cluster scope");
    }

    @Test
    void reviewsSayWhoMayDoWhatAndWhy() {
        role("reader", "{\"apiGroups\":[\"batch\"],\"resources\":[\"jobs\"],\"verbs\":[\"get\",\"list\"]}");
        bind("b", "Role", "reader", "ServiceAccount", "bob");
        String question = """
            "resourceAttributes":{"namespace":"default","verb":"list","group":"batch","resource":"jobs"}\
            """;
        Answer self = as(BOB, "POST", AUTHORIZATION + "selfsubjectaccessreviews", "{\"spec\":{" + question + "}}");
        assertThat(self.code()).isEqualTo(201);
        assertThat(self.at("/status/allowed")).isEqualTo("true");
        assertThat(self.at("/status/reason"))
                .isEqualTo("RBAC: allowed by RoleBinding \"b/default\" of Role \"reader\" to ServiceAccount"
                        + " \"bob/default\"");
        Answer other =
                server.post(AUTHORIZATION + "subjectaccessreviews", "{\"spec\":{\"user\":\"ann\"," + question + "}}");
        assertThat(other.at("/status/allowed")).isEqualTo("false");
        assertThat(server.post(
                                AUTHORIZATION + "namespaces/default/localsubjectaccessreviews",
                                "{\"spec\":{\"user\":\"" + BOB + "\"," + question + "}}")
                        .at("/status/allowed"))
                .isEqualTo("true");
        assertThat(as(BOB, "POST", AUTHORIZATION + "selfsubjectrulesreviews", "{\"spec\":{\"namespace\":\"default\"}}")
                        .body())
                .contains("\"resources\":[\"jobs\"]");
        assertThat(server.post(AUTHORIZATION + "subjectaccessreviews", "{\"spec\":{\"user\":\"a\"}}")
                        .code())
                .isEqualTo(422);
    }

    @Test
    void aTokenReviewKnowsTokens() {
        String path = "/apis/authentication.k8s.io/v1/tokenreviews";
        Answer good = server.post(path, "{\"spec\":{\"token\":\"" + token("{}") + "\"}}");
        assertThat(good.at("/status/authenticated")).isEqualTo("true");
        assertThat(good.at("/status/user/username")).isEqualTo(BOB);
        assertThat(server.post(path, "{\"spec\":{\"token\":\"x\"}}").at("/status/error"))
                .isEqualTo("[invalid bearer token]");
    }

    private Answer whoami(String token) {
        return server.ask("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}")
                .with("authorization", "Bearer " + token)
                .answer();
    }

    private String token(String request) {
        return server.post(ACCOUNTS + "/bob/token", request).at("/status/token");
    }

    private Answer as(String user, String method, String target, String body) {
        return server.ask(method, target, body).with("impersonate-user", user).answer();
    }

    private void role(String name, String rules) {
        assertThat(server.post(ROLES, "{\"metadata\":{\"name\":\"" + name + "\"},\"rules\":[" + rules + "]}")
                        .code())
                .isEqualTo(201);
    }

    private void bind(String name, String kind, String role, String subject, String who) {
        assertThat(server.post(BINDINGS, binding(name, kind, role, subject, who))
                        .code())
                .isEqualTo(201);
    }

    private static String binding(String name, String kind, String role, String subject, String who) {
        return """
            {"metadata":{"name":"%s"},"roleRef":{"kind":"%s","name":"%s"},"subjects":[{"kind":"%s","name":"%s"}]}\
            """.formatted(name, kind, role, subject, who);
    }
}
