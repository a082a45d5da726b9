package dev.jobctl.apiserver.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.resource.value.Json;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.std.Luck;
import dev.jobctl.std.Time;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives out the tokens of service accounts and knows them again: signed, for some audiences, for a time, and for as
/// long as the account, and the pod or Secret that a token was given to, are there. Safe from any thread.
public final class AccountTokens implements Tokens {
    /// Who signs, and whom tokens are for when nobody says.
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final String KUBERNETES = "kubernetes.io";
    private static final int MAX_TOKEN = 16 * 1024;

    private final SigningKey key;
    private final Supplier<Snapshot<ObjectVersion>> state;
    private final Time time;
    private final Luck luck;

    public AccountTokens(SigningKey key, Supplier<Snapshot<ObjectVersion>> state, Time time, Luck luck) {
        this.key = key;
        this.state = state;
        this.time = time;
        this.luck = luck;
    }

    /// A token, and until when it is good.
    public record Token(String text, Instant expires) {}

    /// A caller that a token is of, and whom the token is for.
    public record Known(Identity who, List<String> audiences) {}

    /// @param audiences empty: the API server
    /// @param bound the pod or Secret that the token ends with; null for none
    public Token issue(HasMetadata account, List<String> audiences, Duration life, @Nullable HasMetadata bound) {
        Instant now = time.now();
        Instant end = now.plus(life);
        ObjectNode claims = Json.MAPPER.createObjectNode();
        (audiences.isEmpty() ? List.of(ISSUER) : audiences).forEach(claims.putArray("aud")::add);
        ObjectMeta meta = account.getMetadata();
        claims.put("exp", end.getEpochSecond()).put("iat", now.getEpochSecond()).put("iss", ISSUER);
        claims.put("jti", luck.uuid().toString());
        ObjectNode facts = claims.putObject(KUBERNETES);
        facts.put("namespace", meta.getNamespace());
        if (bound instanceof Pod pod) {
            node(pod, facts);
        }
        if (bound != null) {
            name(facts, bound instanceof Pod ? "pod" : "secret", bound.getMetadata());
        }
        name(facts, "serviceaccount", meta);
        claims.put("nbf", now.getEpochSecond());
        claims.put("sub", Identity.ACCOUNT + meta.getNamespace() + ":" + meta.getName());
        return new Token(key.sign(Json.write(claims)), end);
    }

    /// A token for a pod, as its service account; empty when there is no such account.
    ///
    /// @param audience empty: the API server
    public Optional<Token> forPod(Pod pod, String audience, Duration life) {
        List<String> audiences = audience.isEmpty() ? List.of() : List.of(audience);
        return account(pod).map(account -> issue(account, audiences, life, pod));
    }

    /// A token for the API server that all pods of this one's service account may have.
    public Optional<Token> forAccount(Pod pod, Duration life) {
        return account(pod).map(account -> issue(account, List.of(), life, null));
    }

    /// The service account of a pod, if it is there.
    public Optional<HasMetadata> account(Pod pod) {
        String name = Settled.blank(pod.getSpec().getServiceAccountName())
                ? "default"
                : pod.getSpec().getServiceAccountName();
        return found(Kinds.SERVICE_ACCOUNT, pod.getMetadata().getNamespace(), name);
    }

    private void node(Pod pod, ObjectNode facts) {
        @Nullable String node = pod.getSpec().getNodeName();
        if (node != null && !node.isEmpty()) {
            found(Kinds.NODE, "", node).ifPresent(found -> name(facts, "node", found.getMetadata()));
        }
    }

    private static void name(ObjectNode facts, String what, ObjectMeta meta) {
        facts.putObject(what).put("name", meta.getName()).put("uid", meta.getUid());
    }

    @Override
    public Optional<Identity> identify(String token) {
        return check(token, List.of(ISSUER)).map(Known::who);
    }

    /// Empty for a token that is not ours, has expired, is for others, or whose account or pod has gone.
    public Optional<Known> check(String token, List<String> audiences) {
        return claims(token).filter(this::current).flatMap(claims -> {
            List<String> shared =
                    audiences(claims).stream().filter(audiences::contains).toList();
            return shared.isEmpty() ? Optional.<Known>empty() : identity(claims).map(who -> new Known(who, shared));
        });
    }

    private static List<String> audiences(JsonNode claims) {
        List<String> audiences = new ArrayList<>();
        claims.path("aud").forEach(each -> audiences.add(each.asText()));
        return audiences;
    }

    private Optional<JsonNode> claims(String token) {
        int last = token.lastIndexOf('.');
        int first = token.indexOf('.');
        if (token.length() > MAX_TOKEN || first < 0 || last <= first) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            if (!key.signed(token.substring(0, last), decoder.decode(token.substring(last + 1)))) {
                return Optional.empty();
            }
            return Optional.of(Json.tree(decoder.decode(token.substring(first + 1, last))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean current(JsonNode claims) {
        long now = time.now().getEpochSecond();
        return claims.path("iss").asText().equals(ISSUER)
                && claims.path("exp").asLong() > now
                && claims.path("nbf").asLong() <= now;
    }

    private Optional<Identity> identity(JsonNode claims) {
        JsonNode facts = claims.path(KUBERNETES);
        String namespace = facts.path("namespace").asText();
        JsonNode account = facts.path("serviceaccount");
        boolean there = there(Kinds.SERVICE_ACCOUNT, namespace, account)
                && (!facts.has("pod") || there(Kinds.POD, namespace, facts.path("pod")))
                && (!facts.has("secret") || there(Kinds.SECRET, namespace, facts.path("secret")));
        if (!there) {
            return Optional.empty();
        }
        Map<String, List<String>> extra = new LinkedHashMap<>();
        extra(extra, "credential-id", "JTI=" + claims.path("jti").asText());
        for (String what : List.of("node", "pod")) {
            if (facts.has(what)) {
                extra(extra, what + "-name", facts.path(what).path("name").asText());
                extra(extra, what + "-uid", facts.path(what).path("uid").asText());
            }
        }
        return Optional.of(Identity.account(
                namespace, account.path("name").asText(), account.path("uid").asText(), extra));
    }

    private static void extra(Map<String, List<String>> extra, String name, String value) {
        extra.put("authentication.kubernetes.io/" + name, List.of(value));
    }

    private boolean there(Kind kind, String namespace, JsonNode named) {
        return found(kind, namespace, named.path("name").asText())
                .filter(object ->
                        named.path("uid").asText().equals(object.getMetadata().getUid()))
                .isPresent();
    }

    private Optional<HasMetadata> found(Kind kind, String namespace, String name) {
        String key = kind.keyPrefix() + (namespace.isEmpty() ? "" : namespace + "/") + name;
        @Nullable Entry<ObjectVersion> entry = state.get().get(key);
        return entry == null ? Optional.empty() : Optional.of(entry.value().object());
    }

    /// `/.well-known/openid-configuration`: where to find the keys.
    public static Map<String, Object> configuration() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("issuer", ISSUER);
        facts.put("jwks_uri", ISSUER + "/openid/v1/jwks");
        facts.put("response_types_supported", List.of("id_token"));
        facts.put("subject_types_supported", List.of("public"));
        facts.put("id_token_signing_alg_values_supported", List.of("ES256"));
        return facts;
    }

    /// `/openid/v1/jwks`: the keys.
    public Map<String, Object> keys() {
        return Map.of("keys", List.of(key.published()));
    }
}
