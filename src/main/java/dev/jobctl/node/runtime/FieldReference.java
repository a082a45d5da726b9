package dev.jobctl.node.runtime;

import dev.jobctl.resource.value.GoQuote;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The downward API.
public final class FieldReference {
    private FieldReference() {}

    /// `metadata.name`, `metadata.labels['app']`, `status.podIP` and so on.
    public static String field(String path, Pod pod, PodFacts facts) throws ConfigError {
        int open = path.indexOf("['");
        if (open > 0 && path.endsWith("']")) {
            return entry(path.substring(0, open), path.substring(open + 2, path.length() - 2), path, pod);
        }
        @Nullable String account = pod.getSpec().getServiceAccountName();
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.labels" -> entries(pod.getMetadata().getLabels());
            case "metadata.annotations" -> entries(pod.getMetadata().getAnnotations());
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "spec.nodeName" -> facts.nodeName();
            case "spec.serviceAccountName" -> Objects.requireNonNullElse(account, "default");
            case "status.hostIP", "status.hostIPs" -> facts.hostAddress();
            case "status.podIP", "status.podIPs" -> facts.podAddress();
            default -> throw new ConfigError("unsupported fieldPath: " + path);
        };
    }

    /// As a volume shows a whole map: `key="value"` a line, by key, quoted as in Go.
    private static String entries(@Nullable Map<String, String> entries) {
        return new TreeMap<>(entries == null ? Map.of() : entries)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + GoQuote.of(entry.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private static String entry(String map, String key, String path, Pod pod) throws ConfigError {
        @Nullable
        Map<String, String> entries = switch (map) {
            case "metadata.labels" -> pod.getMetadata().getLabels();
            case "metadata.annotations" -> pod.getMetadata().getAnnotations();
            default -> throw new ConfigError("unsupported fieldPath: " + path);
        };
        return entries == null ? "" : Objects.requireNonNullElse(entries.get(key), "");
    }

    /// `limits.cpu`, `requests.memory` and so on, divided and rounded up.
    static String resource(ResourceFieldSelector selector, Container own, Pod pod, PodFacts facts) throws ConfigError {
        @Nullable String other = selector.getContainerName();
        Container container = other == null || other.isEmpty() ? own : named(other, pod);
        String[] words = selector.getResource().split("\\.", 2);
        if (words.length < 2 || !(words[0].equals("limits") || words[0].equals("requests"))) {
            throw new ConfigError("unsupported container resource : " + selector.getResource());
        }
        BigDecimal amount = amount(words[0], words[1], container, pod, facts);
        BigDecimal divisor = divisor(selector.getDivisor());
        return amount.divide(divisor, 0, RoundingMode.CEILING).toPlainString();
    }

    /// The same for a volume, which belongs to no container and therefore names one.
    public static String resource(ResourceFieldSelector selector, Pod pod, PodFacts facts) throws ConfigError {
        @Nullable String name = selector.getContainerName();
        return resource(selector, named(name == null ? "" : name, pod), pod, facts);
    }

    private static Container named(String name, Pod pod) throws ConfigError {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .filter(c -> c.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigError("container " + name + " not found"));
    }

    /// A limit that the container does not have is the whole pod's, else all that the node has to give.
    private static BigDecimal amount(String side, String resource, Container container, Pod pod, PodFacts facts) {
        if (side.equals("requests")) {
            @Nullable Quantity request = stated(container.getResources(), ResourceRequirements::getRequests, resource);
            return request == null ? BigDecimal.ZERO : request.getNumericalAmount();
        }
        @Nullable Quantity limit = stated(container.getResources(), ResourceRequirements::getLimits, resource);
        if (limit == null) {
            limit = stated(pod.getSpec().getResources(), ResourceRequirements::getLimits, resource);
        }
        if (limit == null) {
            limit = facts.allocatable().get(resource);
        }
        return limit == null ? BigDecimal.ZERO : limit.getNumericalAmount();
    }

    private static @Nullable Quantity stated(
            @Nullable ResourceRequirements resources,
            Function<ResourceRequirements, @Nullable Map<String, Quantity>> side,
            String resource) {
        @Nullable Map<String, Quantity> stated = resources == null ? null : side.apply(resources);
        return stated == null ? null : stated.get(resource);
    }

    private static BigDecimal divisor(@Nullable Quantity divisor) {
        BigDecimal value = divisor == null ? BigDecimal.ONE : divisor.getNumericalAmount();
        return value.signum() <= 0 ? BigDecimal.ONE : value;
    }
}
