package dev.jobctl.plane;

import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What pods are told of Services, made once for all pods of a namespace until something of it changes. Safe from any
/// thread.
final class KnownNames {
    private final Store<ObjectVersion> store;
    private volatile Map<String, Told> told = new ConcurrentHashMap<>();

    private record Told(String hosts, Map<String, String> variables) {}

    KnownNames(Store<ObjectVersion> store) {
        this.store = store;
    }

    /// To be called after a change of a Service or of Endpoints was published.
    void changed() {
        told = new ConcurrentHashMap<>(); // a text that is made meanwhile goes into the old one
    }

    /// As [ServiceNames#hosts].
    String hosts(String namespace) {
        return of(namespace).hosts();
    }

    /// As [ServiceNames#variables].
    Map<String, String> variables(String namespace) {
        return of(namespace).variables();
    }

    private Told of(String namespace) {
        return told.computeIfAbsent(namespace, name -> {
            ServiceNames names = new ServiceNames(store.current(), name);
            return new Told(names.hosts(), Map.copyOf(names.variables()));
        });
    }
}
