package dev.jobctl.plane;

import dev.jobctl.apiserver.access.AccountTokens;
import dev.jobctl.node.runtime.PodCredentials;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives pods what they need to speak to the API server. Safe from any thread.
final class Accounts implements PodCredentials {
    /// The API's Service, by the name that its certificate has.
    private static final String SERVICE = Bootstrap.API + ".default.svc";

    private final AccountTokens tokens;
    private volatile Door.@Nullable Place place;

    Accounts(AccountTokens tokens) {
        this.tokens = tokens;
    }

    /// From now on there is a socket.
    void open(Door.Place at) {
        place = at;
    }

    @Override
    public Optional<String> token(Pod pod, String audience, Duration life) {
        return tokens.forPod(pod, audience, life).map(AccountTokens.Token::text);
    }

    @Override
    public Optional<String> account(Pod pod) {
        return tokens.account(pod).map(account -> account.getMetadata().getUid());
    }

    @Override
    public Optional<String> accountToken(Pod pod, Duration life) {
        return tokens.forAccount(pod, life).map(AccountTokens.Token::text);
    }

    @Override
    public Optional<String> authority() {
        return Optional.ofNullable(place).map(Door.Place::authority);
    }

    @Override
    public Map<String, String> environment(String podAddress) {
        Door.@Nullable Place at = place;
        if (at == null) {
            return Map.of();
        }
        URI address = URI.create(at.address());
        return podAddress.startsWith("127.")
                ? variables(address.getHost(), Integer.toString(address.getPort()))
                : variables(SERVICE, Integer.toString(Bootstrap.API_PORT));
    }

    private static Map<String, String> variables(String host, String port) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("KUBERNETES_SERVICE_HOST", host);
        variables.put("KUBERNETES_SERVICE_PORT", port);
        variables.put("KUBERNETES_SERVICE_PORT_HTTPS", port);
        variables.put("KUBERNETES_PORT", "tcp://" + host + ":" + port);
        return variables;
    }
}
