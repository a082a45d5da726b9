package dev.jobctl.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import org.jspecify.annotations.Nullable;

/// fabric8's configuration of one access, made without its automatic search: that would read this process's
/// environment and files, which in the daemon are not the caller's.
final class ClientConfig {
    private ClientConfig() {}

    static Config of(Access access) {
        Config config = access.kubeconfig() == null ? Config.empty() : Config.fromKubeconfig(access.kubeconfig());
        config.setMasterUrl(access.server());
        config.setTrustCerts(access.insecure());
        config.setDisableHostnameVerification(access.insecure());
        set(access.caData(), config::setCaCertData);
        set(access.token(), config::setOauthToken);
        set(access.clientCertificateData(), config::setClientCertData);
        set(access.clientKeyData(), config::setClientKeyData);
        set(access.username(), config::setUsername);
        set(access.password(), config::setPassword);
        set(access.proxy(), config::setHttpsProxy);
        set(access.proxy(), config::setHttpProxy);
        config.setHttp2Disable(access.local());
        config.setOnlyHttpWatches(true);
        config.setRequestRetryBackoffLimit(0);
        config.setConnectionTimeout(10_000);
        config.setRequestTimeout(0);
        config.setUserAgent("jobctl");
        return config;
    }

    private static void set(@Nullable String value, java.util.function.Consumer<String> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
