package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which pod and container is meant when the user did not say.
final class PodContainers {
    private static final String DEFAULT_ANNOTATION = "kubectl.kubernetes.io/default-container";

    /// Bound to a node first, then running, ready, restarted more often, older. As kubectl does.
    static final Comparator<JsonNode> LOGS_ORDER = Comparator.<JsonNode, Boolean>comparing(
                    pod -> pod.path("spec").path("nodeName").asText("").isEmpty())
            .thenComparingInt(PodContainers::phaseRank)
            .thenComparing(pod -> !ready(pod))
            .thenComparingInt(pod -> -restarts(pod))
            .thenComparing(pod -> pod.path("metadata").path("creationTimestamp").asText());

    private PodContainers() {}

    /// The names of the containers to read; tells when one of several was picked.
    static List<String> chosen(Session session, JsonNode pod, LogsVerb.Options options) {
        String wanted = options.container();
        List<String> names = names(pod.path("spec").path("containers"));
        List<String> inits = names(pod.path("spec").path("initContainers"));
        if (options.allContainers()) {
            List<String> every = new ArrayList<>(inits);
            every.addAll(names);
            return every;
        }
        return List.of(one(session, pod, wanted, options.allPods()));
    }

    /// Whether that container has a terminal.
    static boolean terminal(JsonNode pod, String container) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> pod.path("spec").path(list).valueStream())
                .anyMatch(each -> each.path("name").asText().equals(container)
                        && each.path("tty").asBoolean());
    }

    /// The one that is wanted, or else meant; tells when one of several was picked.
    static String one(Session session, JsonNode pod, @Nullable String wanted, boolean quiet) {
        List<String> names = names(pod.path("spec").path("containers"));
        List<String> inits = names(pod.path("spec").path("initContainers"));
        if (wanted != null) {
            if (!names.contains(wanted) && !inits.contains(wanted)) {
                throw new CommandError("container " + wanted + " is not valid for pod "
                        + pod.path("metadata").path("name").asText());
            }
            return wanted;
        }
        String annotated = pod.path("metadata")
                .path("annotations")
                .path(DEFAULT_ANNOTATION)
                .asText("");
        if (names.contains(annotated)) {
            return annotated;
        }
        if (names.size() + inits.size() > 1 && !quiet) {
            List<String> shown = new ArrayList<>(names);
            inits.forEach(init -> shown.add(init + " (init)"));
            session.err()
                    .println("Defaulted container \"" + names.getFirst() + "\" out of: " + String.join(", ", shown));
        }
        return names.getFirst();
    }

    private static List<String> names(JsonNode containers) {
        List<String> names = new ArrayList<>();
        containers.forEach(c -> names.add(c.path("name").asText()));
        return names;
    }

    private static int phaseRank(JsonNode pod) {
        return switch (pod.path("status").path("phase").asText()) {
            case "Pending" -> 2;
            case "Unknown" -> 1;
            default -> 0;
        };
    }

    private static boolean ready(JsonNode pod) {
        return JobOutcome.condition(pod, "Ready") != null;
    }

    private static int restarts(JsonNode pod) {
        int most = 0;
        for (JsonNode status : pod.path("status").path("containerStatuses")) {
            most = Math.max(most, status.path("restartCount").asInt());
        }
        return most;
    }
}
