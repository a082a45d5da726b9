package dev.jobctl.cli.cluster;

import dev.jobctl.cli.LocalControl;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides which API a command talks to. A cluster is touched only when somebody named it: by an option, an exported
/// KUBECONFIG, or `jobctl use`; otherwise it is the local plane.
///
/// @param environment the caller's
/// @param directory the caller's working directory, for relative paths
public record Targets(Map<String, String> environment, Path directory, LocalControl local, Remembered remembered) {
    /// The word that means this machine where a context is asked for.
    public static final String LOCAL = "local";

    /// What the command line says.
    ///
    /// @param caFile of `--certificate-authority`
    public record Wish(
            @Nullable String kubeconfig,
            @Nullable String context,
            @Nullable String server,
            @Nullable String token,
            @Nullable String caFile,
            boolean insecure) {}

    /// Starts the local plane when that is the target and it does not run.
    public Access choose(Wish wish) {
        Access chosen = overridden(base(wish), wish);
        return chosen.local() ? chosen : proxied(chosen);
    }

    /// Whether `choose` would lead to this machine's own plane; starts nothing.
    public boolean local(Wish wish) {
        if (wish.server() != null || wish.kubeconfig() != null) {
            return false;
        }
        if (wish.context() != null) {
            return wish.context().equals(LOCAL);
        }
        return exported().isEmpty() && remembered.context().isEmpty();
    }

    private Access base(Wish wish) {
        if (wish.server() != null && wish.kubeconfig() == null && wish.context() == null) {
            return new Access(
                    withScheme(wish.server()),
                    "default",
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "",
                    null,
                    false);
        }
        if (local(wish)) {
            return Kubeconfig.read(List.of(local.kubeconfig())).access(null).asLocal();
        }
        if (wish.context() == null && wish.kubeconfig() == null && exported().isEmpty()) {
            Remembered.Choice choice = remembered.context().orElseThrow();
            return Kubeconfig.read(choice.files()).access(choice.context());
        }
        return Kubeconfig.read(files(wish.kubeconfig())).access(wish.context());
    }

    /// The files of `--kubeconfig`, else of KUBECONFIG, else the user's own.
    public List<Path> files(@Nullable String option) {
        if (option != null) {
            return List.of(directory.resolve(option));
        }
        return exported().orElseGet(() -> List.of(Path.of(environment.getOrDefault("HOME", "/"), ".kube", "config")));
    }

    private Optional<List<Path>> exported() {
        String list = environment.getOrDefault("KUBECONFIG", "");
        if (list.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(list.split(File.pathSeparator))
                .filter(part -> !part.isEmpty())
                .map(directory::resolve)
                .toList());
    }

    private Access overridden(Access access, Wish wish) {
        boolean elsewhere = wish.server() != null;
        boolean own = wish.token() != null;
        return new Access(
                wish.server() == null ? access.server() : withScheme(wish.server()),
                access.namespace(),
                wish.insecure() ? null : wish.caFile() == null ? access.caData() : certificate(wish.caFile()),
                wish.insecure() || access.insecure(),
                own ? wish.token() : access.token(),
                own ? null : access.clientCertificateData(),
                own ? null : access.clientKeyData(),
                own ? null : access.username(),
                own ? null : access.password(),
                own ? null : access.kubeconfig(),
                access.context(),
                access.proxy(),
                access.local() && !elsewhere);
    }

    private String certificate(String file) {
        Path path = directory.resolve(file);
        try {
            return Base64.getEncoder().encodeToString(java.nio.file.Files.readAllBytes(path));
        } catch (java.io.IOException e) {
            throw new AccessError("unable to read certificate-authority " + path, e);
        }
    }

    private static String withScheme(String server) {
        return server.contains("://") ? server : "http://" + server;
    }

    /// With the caller's proxy, unless the host is excepted.
    private Access proxied(Access access) {
        if (access.proxy() != null) {
            return access;
        }
        boolean secure = access.server().startsWith("https:");
        String proxy = variable(secure ? "HTTPS_PROXY" : "HTTP_PROXY");
        String host = java.net.URI.create(access.server()).getHost();
        if (proxy.isEmpty() || host == null || direct(host)) {
            return access;
        }
        return new Access(
                access.server(),
                access.namespace(),
                access.caData(),
                access.insecure(),
                access.token(),
                access.clientCertificateData(),
                access.clientKeyData(),
                access.username(),
                access.password(),
                access.kubeconfig(),
                access.context(),
                withScheme(proxy),
                false);
    }

    private boolean direct(String host) {
        return host.equals("localhost")
                || host.startsWith("127.")
                || host.equals("[::1]")
                || Arrays.stream(variable("NO_PROXY").split(","))
                        .map(String::strip)
                        .anyMatch(part -> !part.isEmpty()
                                && (part.equals("*")
                                        || host.equals(part)
                                        || host.endsWith(part.startsWith(".") ? part : "." + part)));
    }

    private String variable(String name) {
        String upper = environment.getOrDefault(name, "");
        return upper.isEmpty() ? environment.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "") : upper;
    }
}
