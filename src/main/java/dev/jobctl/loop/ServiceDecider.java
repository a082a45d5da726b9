package dev.jobctl.loop;

import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.services.EndpointsController;
import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.BackendView;
import dev.jobctl.resource.view.ServiceView;
import dev.jobctl.store.Entry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The endpoints controller's place in the loop. Keys: Services.
record ServiceDecider() implements Decider {
    private static final Set<Kind> WATCHED = Set.of(Kinds.SERVICE, Kinds.POD, Kinds.ENDPOINTS, Kinds.ENDPOINT_SLICE);

    @Override
    public String name() {
        return "service";
    }

    @Override
    public boolean watches(Kind kind) {
        return WATCHED.contains(kind);
    }

    @Override
    public void touched(dev.jobctl.store.Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion before = Views.version(change.previous());
        @Nullable ObjectVersion after = Views.version(change.current());
        @Nullable ObjectVersion any = after == null ? before : after;
        if (any == null) {
            return;
        }
        if (Views.is(any, Kinds.SERVICE)) {
            ask.accept(change.key());
        } else if (Views.is(any, Kinds.POD)) {
            pod(before, after, state, ask);
        } else {
            @Nullable String service = ServiceWriter.serviceKey(any);
            if (service != null) {
                ask.accept(service);
            }
        }
    }

    private static void pod(
            @Nullable ObjectVersion before, @Nullable ObjectVersion after, State state, Consumer<String> ask) {
        ObjectVersion any = java.util.Objects.requireNonNull(after == null ? before : after);
        Map<String, ServiceView> services = state.indexes().services(any.key().namespace());
        if (services.isEmpty()) {
            return;
        }
        @Nullable BackendView was = before == null ? null : backend(before);
        @Nullable BackendView is = after == null ? null : backend(after);
        if (was != null && was.equals(is)) {
            return;
        }
        services.forEach((key, service) -> {
            if ((was != null && was.matches(service.selector())) || (is != null && is.matches(service.selector()))) {
                ask.accept(key);
            }
        });
    }

    private static BackendView backend(ObjectVersion pod) {
        return BackendView.of((Pod) pod.object());
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion found = state.get(ask.key());
        if (found == null) {
            return orphaned(ask.key(), state);
        }
        List<BackendView> pods = new ArrayList<>();
        ServiceView service = ServiceView.of((Service) found.object());
        String namespace = Kinds.POD.keyPrefix() + found.key().namespace() + "/";
        for (Entry<ObjectVersion> each : state.prefixed(namespace)) {
            Pod pod = (Pod) each.value().object();
            if (!Pods.terminal(pod)) {
                pods.add(BackendView.of(pod));
            }
        }
        return EndpointsController.decide(service, pods);
    }

    /// The Endpoints of a Service go with it; its EndpointSlice, which it owns, is garbage.
    private static Decision orphaned(String service, State state) {
        @Nullable ObjectVersion endpoints = state.get(ServiceWriter.endpointsKey(service));
        return endpoints == null
                ? Decision.quiet()
                : new Decision(
                        List.of(new Change.Delete(
                                endpoints.ref(), Deletion.now(endpoints.ref().uid()))),
                        List.of(),
                        null);
    }
}
