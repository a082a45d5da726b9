package dev.jobctl.apiserver;

import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.std.Time;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `log` subresource of pods: which container is meant, whether it has a log yet, and the log itself. The refusals
/// are those of the real API server and kubelet, word for word.
final class PodLogging {
    private final ApiBackend backend;
    private final PodLogs logs;
    private final Time time;

    PodLogging(ApiBackend backend, PodLogs logs, Time time) {
        this.backend = backend;
        this.logs = logs;
        this.time = time;
    }

    ApiResponse log(Call call, Target target) {
        PodLogs.Options options = options(call);
        Target podTarget = new Target(Kinds.POD, target.namespace(), target.name(), "");
        ObjectVersion version = Reading.existing(backend.snapshot(), podTarget);
        Pod pod = (Pod) version.object();
        String container = container(call.text("container"), pod);
        if (Writing.blank(pod.getSpec().getNodeName())) {
            return new ApiResponse.Whole(200, Replies.headers(call, "text/plain"), new byte[0]);
        }
        checkStarted(pod, container, options.previous());
        ApiResponse.Writer writer = sink -> {
            try {
                logs.write(version.ref(), container, options, sink);
            } catch (FileNotFoundException e) {
                String line = "unable to retrieve container logs for " + container + "\n";
                sink.send(line.getBytes(StandardCharsets.UTF_8));
            }
        };
        return new ApiResponse.Stream(200, Replies.headers(call, "text/plain"), writer);
    }

    /// Throws [ApiError] when they do not fit together.
    PodLogs.Options options(Call call) {
        @Nullable Long tail = call.number("tailLines");
        @Nullable Long bytes = call.number("limitBytes");
        @Nullable Long seconds = call.number("sinceSeconds");
        Optional<String> since = call.text("sinceTime");
        List<FieldError> errors = new ArrayList<>();
        if (tail != null && tail < 0) {
            errors.add(invalid("tailLines", tail, "must be greater than or equal to 0"));
        }
        if (bytes != null && bytes < 1) {
            errors.add(invalid("limitBytes", bytes, "must be greater than 0"));
        }
        if (seconds != null && since.isPresent()) {
            errors.add(new FieldError(
                    "",
                    FieldError.Type.Forbidden,
                    null,
                    "at most one of `sinceTime` or `sinceSeconds` may be specified"));
        } else if (seconds != null && seconds < 1) {
            errors.add(invalid("sinceSeconds", seconds, "must be greater than 0"));
        }
        if (!errors.isEmpty()) {
            throw ApiError.invalid("", "PodLogOptions", "", errors);
        }
        @Nullable Instant from = since.map(PodLogging::moment).orElse(null);
        return new PodLogs.Options(
                call.flag("follow"),
                call.flag("previous"),
                call.flag("timestamps"),
                tail,
                bytes,
                seconds == null ? from : time.now().minusSeconds(Math.min(seconds, Integer.MAX_VALUE)));
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ApiError.badRequest("parsing time \"" + text + "\": it is no RFC 3339 time");
        }
    }

    private static FieldError invalid(String field, long value, String why) {
        return new FieldError(field, FieldError.Type.Invalid, Long.toString(value), why);
    }

    static String container(Optional<String> wanted, Pod pod) {
        PodSpec spec = pod.getSpec();
        List<String> names = names(spec.getContainers());
        List<String> inits = names(spec.getInitContainers());
        String podName = pod.getMetadata().getName();
        if (wanted.isPresent()) {
            if (names.contains(wanted.get()) || inits.contains(wanted.get())) {
                return wanted.get();
            }
            throw ApiError.badRequest("container " + wanted.get() + " is not valid for pod " + podName);
        }
        if (names.size() == 1) {
            return names.getFirst();
        }
        if (names.isEmpty()) {
            throw ApiError.badRequest("a container name must be specified for pod " + podName);
        }
        String others = inits.isEmpty() ? "" : " or one of the init containers: [" + String.join(" ", inits) + "]";
        throw ApiError.badRequest("a container name must be specified for pod " + podName + ", choose one of: ["
                + String.join(" ", names) + "]" + others);
    }

    private static List<String> names(@Nullable List<Container> containers) {
        return containers == null
                ? List.of()
                : containers.stream().map(Container::getName).toList();
    }

    /// As the kubelet decides whether there is something to read.
    private static void checkStarted(Pod pod, String container, boolean previous) {
        String name = pod.getMetadata().getName();
        String which = "container \"" + container + "\" in pod \"" + name + "\"";
        @Nullable ContainerStatus status = status(pod, container);
        if (status == null) {
            throw ApiError.badRequest(which + " is not available");
        }
        boolean ranBefore = ran(status.getLastState());
        if (previous) {
            if (!ranBefore) {
                throw ApiError.badRequest("previous terminated " + which + " not found");
            }
            return;
        }
        @Nullable ContainerState state = status.getState();
        if (state != null && state.getRunning() != null || ranBefore || ran(state)) {
            return;
        }
        if (state != null && state.getTerminated() != null) {
            throw ApiError.badRequest(which + " is terminated");
        }
        throw ApiError.badRequest(which + " is waiting to start" + waiting(state));
    }

    private static String waiting(@Nullable ContainerState state) {
        if (state == null || state.getWaiting() == null) {
            return " - no logs yet";
        }
        String reason = String.valueOf(state.getWaiting().getReason());
        return ": "
                + Map.of(
                                "ErrImagePull",
                                "image can't be pulled",
                                "ImagePullBackOff",
                                "trying and failing to pull image")
                        .getOrDefault(reason, reason);
    }

    private static boolean ran(@Nullable ContainerState state) {
        @Nullable ContainerStateTerminated terminated = state == null ? null : state.getTerminated();
        return terminated != null && !Writing.blank(terminated.getContainerID());
    }

    private static @Nullable ContainerStatus status(Pod pod, String container) {
        if (pod.getStatus() == null) {
            return null;
        }
        return Stream.of(pod.getStatus().getContainerStatuses(), pod.getStatus().getInitContainerStatuses())
                .filter(list -> list != null)
                .flatMap(List::stream)
                .filter(status -> container.equals(status.getName()))
                .findFirst()
                .orElse(null);
    }
}
