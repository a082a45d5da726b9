package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.Call;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.Watching;
import dev.jobctl.cli.command.Session;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// The logs of all pods of a run, as they come: one virtual thread watches the pods, one more copies each container's
/// log. Closing ends them all.
final class RunLogs implements AutoCloseable {
    /// How long after the Job's end its last lines may take.
    private static final long LAST_LINES_SECONDS = 10;

    private final Session session;
    private final boolean prefixed;
    private final PrintStream told;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService copiers = Executors.newVirtualThreadPerTaskExecutor();
    private final Watching pods;
    private final Watching events;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    private RunLogs(Session session, boolean prefixed, PrintStream told) {
        this.session = session;
        this.prefixed = prefixed;
        this.told = told;
        this.pods = watch(KnownTypes.PODS.path((String) null));
        this.events = watch(KnownTypes.EVENTS.path((String) null));
    }

    /// Begin before the first Job is created, so that nothing is missed. Warnings of the plane go to `told`.
    static RunLogs follow(Session session, boolean prefixed, PrintStream told) {
        RunLogs logs = new RunLogs(session, prefixed, told);
        logs.threads.execute(logs::readPods);
        logs.threads.execute(logs::readEvents);
        return logs;
    }

    /// From now on: the plane is fresh, so that its start is the start of everything.
    private Watching watch(String path) {
        String revision = session.cluster()
                .table(path, Map.of("limit", "1"))
                .path("metadata")
                .path("resourceVersion")
                .asText("");
        return session.cluster().watch(path, Map.of("resourceVersion", revision), Call.JSON);
    }

    private void readPods() {
        for (Watching.Event event = pods.next(); event != null; event = pods.next()) {
            begin(event.object());
        }
    }

    private void begin(JsonNode pod) {
        begin(pod, pod.at("/status/initContainerStatuses"));
        begin(pod, pod.at("/status/containerStatuses"));
    }

    private void readEvents() {
        for (Watching.Event change = events.next(); change != null; change = events.next()) {
            JsonNode event = change.object();
            JsonNode about = event.path("involvedObject");
            boolean outcome = about.path("kind").asText().equals("Job")
                    && !event.path("reason").asText().equals("FailedCreate"); // told as such in the end
            if (event.path("type").asText().equals("Warning")
                    && !outcome
                    && !change.type().equals("DELETED")) {
                told.println("Warning: " + about.path("kind").asText() + "/"
                        + about.path("name").asText() + ": "
                        + event.path("reason").asText() + ": "
                        + event.path("message").asText().strip());
            }
        }
    }

    private void begin(JsonNode pod, JsonNode statuses) {
        for (JsonNode status : statuses) {
            boolean started =
                    status.path("state").has("running") || status.path("state").has("terminated");
            String attempt =
                    pod.at("/metadata/uid").asText() + "/" + status.path("name").asText() + "/"
                            + status.path("restartCount").asInt();
            if (started && begun.add(attempt)) {
                LogStream stream = stream(pod, status.path("name").asText());
                try {
                    copiers.execute(() -> copy(stream));
                } catch (RejectedExecutionException e) { // closed meanwhile: nobody reads on
                    begun.remove(attempt);
                }
            }
        }
    }

    private LogStream stream(JsonNode pod, String container) {
        String name = pod.at("/metadata/name").asText();
        boolean one = pod.at("/spec/containers").size()
                        + pod.at("/spec/initContainers").size()
                == 1;
        String prefix = !prefixed && one ? "" : one ? "[" + name + "] " : "[" + name + "/" + container + "] ";
        return LogStream.of(
                pod.at("/metadata/namespace").asText(), name, Map.of("container", container, "follow", "true"), prefix);
    }

    private void copy(LogStream stream) {
        try {
            stream.copy(session);
        } catch (RuntimeException e) { // never started (its event says why), or the run is over: the outcome tells
            told.flush();
        }
    }

    /// Waits for the last lines of all containers that have begun.
    void finish() {
        // The Job's end may be seen before its last pod's: look at all pods once more.
        Paging.objects(session.cluster(), KnownTypes.PODS, null, Map.of(), 500).forEach(this::begin);
        pods.close();
        events.close();
        threads.shutdown();
        try {
            if (threads.awaitTermination(1, TimeUnit.SECONDS)) {
                copiers.shutdown();
                copiers.awaitTermination(LAST_LINES_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        pods.close();
        events.close();
        threads.shutdownNow();
        copiers.shutdownNow();
    }
}
