package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jobctl.cli.cluster.ApiError;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Exit;
import dev.jobctl.cli.command.Failures;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.file.Manifest;
import dev.jobctl.cli.file.Manifests;
import dev.jobctl.cli.file.Sources;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What the verbs that change objects share.
final class Writing {
    private Writing() {}

    /// Manifests that only name what is meant (`delete -f`, `get -f`).
    static List<Manifest> readable(Session session, Sources files) {
        return new Manifests(session.schemas()).read(files, session.terminal(), Manifests.Checking.READABLE);
    }

    /// Manifests to be sent. `validation` is the value of `--validate`, null when not given.
    static List<Manifest> checked(Session session, Sources files, @Nullable String validation) {
        boolean lenient =
                validation != null && List.of("false", "ignore", "warn").contains(validation);
        Manifests.Checking checking = lenient
                ? Manifests.Checking.READABLE
                : session.targetsLocal() ? Manifests.Checking.FULL : Manifests.Checking.STRICT;
        return new Manifests(session.schemas()).read(files, session.terminal(), checking);
    }

    /// Manifests for a plane of this machine, whatever the session's own target is.
    static List<Manifest> checkedLocally(Session session, Sources files) {
        return new Manifests(session.schemas()).read(files, session.terminal(), Manifests.Checking.FULL);
    }

    /// The `fieldValidation` parameter for a `--validate` value.
    static String fieldValidation(@Nullable String validation) {
        return switch (validation == null ? "true" : validation) {
            case "false", "ignore" -> "Ignore";
            case "warn" -> "Warn";
            default -> "Strict";
        };
    }

    static ResourceType type(Cluster cluster, Manifest manifest) {
        return cluster.types()
                .byKind(manifest.apiVersion(), manifest.kind())
                .orElseThrow(() -> new CommandError("resource mapping not found for name: \"" + manifest.name()
                        + "\" namespace: \"" + manifest.namespace() + "\" from \"" + manifest.source()
                        + "\": no matches for kind \"" + manifest.kind() + "\" in version \"" + manifest.apiVersion()
                        + "\"\nensure CRDs are installed first"));
    }

    /// As kubectl shows an object that no server has seen: in the namespace that the caller named.
    static void unseen(Session session, ObjectNode object) {
        ObjectNode metadata = object.withObjectProperty("metadata").putNull("creationTimestamp");
        @Nullable String named = session.globals().namespace();
        if (named != null) {
            metadata.put("namespace", named);
        }
    }

    /// Where a manifest's object belongs: what it says, else the session's namespace, which must agree when given.
    static String namespace(Session session, Manifest manifest) {
        String own = manifest.namespace();
        String wanted = session.globals().namespace();
        if (own.isEmpty()) {
            return session.namespace();
        }
        if (wanted != null && !wanted.equals(own)) {
            throw new CommandError("the namespace from the provided object \"" + own
                    + "\" does not match the namespace \"" + wanted + "\". You must pass '--namespace=" + own
                    + "' to perform this operation.");
        }
        return own;
    }

    /// The manifest's object with its namespace filled in, as kubectl sends and remembers it.
    static ObjectNode placed(Manifest manifest, ResourceType type, String namespace) {
        ObjectNode tree = manifest.tree().deepCopy();
        if (type.namespaced()) {
            tree.withObjectProperty("metadata").put("namespace", namespace);
        }
        return tree;
    }

    /// Does one thing after another; one that fails is told and does not stop the others. `action` returns an exit
    /// code.
    static <T> int each(Session session, List<T> all, ToIntFunction<T> action) {
        int code = Exit.OK;
        for (T one : all) {
            session.checkCancelled();
            try {
                code = Math.max(code, action.applyAsInt(one));
            } catch (ApiError | CommandError e) {
                session.err().println(Failures.text(e));
                code = Exit.ERROR;
            }
        }
        return code;
    }
}
