package dev.jobctl.resource.validation;

import static dev.jobctl.resource.value.Settled.list;

import dev.jobctl.resource.value.Names;
import dev.jobctl.resource.value.Settled;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `env` and `envFrom` of a container.
final class EnvironmentValidation {
    private static final Set<String> FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final Pattern SUBSCRIPT = Pattern.compile("(metadata\\.(?:labels|annotations))\\['(.*)'\\]");

    private EnvironmentValidation() {}

    static void check(Container container, String path, Complaints to) {
        List<EnvVar> variables = list(container.getEnv());
        for (int i = 0; i < variables.size(); i++) {
            EnvVar variable = variables.get(i);
            String at = path + ".env[" + i + "]";
            String name = Settled.orEmpty(variable.getName());
            if (name.isEmpty()) {
                to.required(at + ".name", "");
            } else {
                to.invalidEach(at + ".name", name, Names.relaxedEnvironmentVariable(name));
            }
            if (variable.getValueFrom() != null) {
                source(variable, variable.getValueFrom(), at + ".valueFrom", to);
            }
        }
        List<EnvFromSource> sources = list(container.getEnvFrom());
        for (int i = 0; i < sources.size(); i++) {
            from(sources.get(i), path + ".envFrom[" + i + "]", to);
        }
    }

    private static void source(EnvVar variable, EnvVarSource source, String path, Complaints to) {
        long sources = Stream.of(
                        source.getFieldRef(),
                        source.getResourceFieldRef(),
                        source.getConfigMapKeyRef(),
                        source.getSecretKeyRef())
                .filter(Objects::nonNull)
                .count();
        if (source.getFieldRef() != null) {
            field(source.getFieldRef(), path + ".fieldRef", to);
        }
        if (source.getResourceFieldRef() != null
                && Settled.blank(source.getResourceFieldRef().getResource())) {
            to.required(path + ".resourceFieldRef.resource", "");
        }
        if (source.getConfigMapKeyRef() != null) {
            var key = source.getConfigMapKeyRef();
            key(path + ".configMapKeyRef", key.getName(), key.getKey(), to);
        }
        if (source.getSecretKeyRef() != null) {
            var key = source.getSecretKeyRef();
            key(path + ".secretKeyRef", key.getName(), key.getKey(), to);
        }
        if (sources == 0) {
            to.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        }
        if (!Settled.blank(variable.getValue())) {
            if (sources != 0) {
                to.invalid(path, "", "may not be specified when `value` is not empty");
            }
        } else if (sources > 1) {
            to.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void field(ObjectFieldSelector selector, String path, Complaints to) {
        if (Settled.blank(selector.getApiVersion())) {
            to.required(path + ".apiVersion", "");
            return;
        }
        String field = Settled.orEmpty(selector.getFieldPath());
        if (field.isEmpty()) {
            to.required(path + ".fieldPath", "");
            return;
        }
        Matcher subscript = SUBSCRIPT.matcher(field);
        if (subscript.matches()) {
            to.invalidEach(path, subscript.group(2), Names.qualifiedName(subscript.group(2)));
        } else if (!FIELDS.contains(field)) {
            to.invalid(path + ".fieldPath", field, "error converting fieldPath: field label not supported: " + field);
        }
    }

    private static void key(String path, @Nullable String name, @Nullable String key, Complaints to) {
        to.invalidEach(path + ".name", Settled.orEmpty(name), Names.dnsSubdomain(Settled.orEmpty(name)));
        String text = Settled.orEmpty(key);
        if (text.isEmpty()) {
            to.required(path + ".key", "");
        } else {
            to.invalidEach(path + ".key", text, Names.configKey(text));
        }
    }

    private static void from(EnvFromSource source, String path, Complaints to) {
        if (!Settled.blank(source.getPrefix())) {
            to.invalidEach(path + ".prefix", source.getPrefix(), Names.relaxedEnvironmentVariable(source.getPrefix()));
        }
        int sources = 0;
        if (source.getConfigMapRef() != null) {
            sources++;
            name(path + ".configMapRef.name", source.getConfigMapRef().getName(), to);
        }
        if (source.getSecretRef() != null) {
            sources++;
            name(path + ".secretRef.name", source.getSecretRef().getName(), to);
        }
        if (sources == 0) {
            to.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
        } else if (sources > 1) {
            to.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void name(String path, @Nullable String name, Complaints to) {
        String text = Settled.orEmpty(name);
        if (text.isEmpty()) {
            to.required(path, "");
        } else {
            to.invalidEach(path, text, Names.dnsSubdomain(text));
        }
    }
}
