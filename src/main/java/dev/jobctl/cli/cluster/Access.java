package dev.jobctl.cli.cluster;

import org.jspecify.annotations.Nullable;

/// How to reach one API and as whom: one context of a kubeconfig with the command line's overrides, settled.
///
/// @param server an address with scheme, such as `https://127.0.0.1:6443`
/// @param caData base64 of PEM; null for the JVM's own authorities
/// @param insecure whether any certificate will do
/// @param kubeconfig a kubeconfig of this context alone when a helper program named in it gives the credentials, else
/// null
/// @param context its name, empty for none
/// @param proxy address of an HTTP proxy, null for none
/// @param local whether this is the plane of this machine: HTTP/1.1 then, no proxy
public record Access(
        String server,
        String namespace,
        @Nullable String caData,
        boolean insecure,
        @Nullable String token,
        @Nullable String clientCertificateData,
        @Nullable String clientKeyData,
        @Nullable String username,
        @Nullable String password,
        @Nullable String kubeconfig,
        String context,
        @Nullable String proxy,
        boolean local) {

    Access withNamespace(String other) {
        return with(other, proxy, local);
    }

    Access asLocal() {
        return with(namespace, null, true);
    }

    private Access with(String newNamespace, @Nullable String newProxy, boolean newLocal) {
        return new Access(
                server,
                newNamespace,
                caData,
                insecure,
                token,
                clientCertificateData,
                clientKeyData,
                username,
                password,
                kubeconfig,
                context,
                newProxy,
                newLocal);
    }

    @Override
    public String toString() {
        return "Access[" + server + ", context=" + context + "]"; // never the secrets
    }
}
