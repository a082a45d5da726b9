package dev.jobctl.node.runtime;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// From a pod's spec to what a runtime starts.
public final class ContainerPlans {
    private ContainerPlans() {}

    /// The container's environment but for the [#basics]. Reads ConfigMaps and Secrets as they are now.
    public static Map<String, String> variables(Pod pod, Container container, PodFacts facts, ConfigLookup lookup)
            throws ConfigError {
        return Variables.of(pod, container, facts, lookup);
    }

    /// What every container has, unless its pod says otherwise.
    public static Map<String, String> basics(Pod pod, Container container, PodFacts facts) {
        return Variables.basics(pod, container, facts);
    }

    /// `variables` are the container's own, which come over the basics; only they are known to `$(NAME)`.
    public static ContainerPlan of(
            Container container, Map<String, String> basics, Map<String, String> variables, Surroundings around) {
        Map<String, String> environment = new LinkedHashMap<>(basics);
        environment.putAll(variables);
        @Nullable String directory = container.getWorkingDir();
        return new ContainerPlan(
                container.getName(),
                Objects.requireNonNullElse(container.getImage(), ""),
                expand(container.getCommand(), variables),
                expand(container.getArgs(), variables),
                environment,
                directory == null || directory.isEmpty() ? null : directory,
                messageOf(container),
                around,
                Console.of(container));
    }

    public static MessageSource messageOf(Container container) {
        boolean orLog = "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
        return orLog ? MessageSource.FILE_OR_LOG : MessageSource.FILE;
    }

    private static List<String> expand(List<String> words, Map<String, String> variables) {
        return words.stream().map(word -> Expansion.expand(word, variables)).toList();
    }
}
