package dev.jobctl.plane;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Settled;
import dev.jobctl.resource.view.ServiceView;
import dev.jobctl.store.Entry;
import dev.jobctl.store.Snapshot;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names by which pods of a namespace know Services and each other, as lines of a hosts file and as variables of
/// the environment. Pages "DNS for Services and Pods" and "Service"; immutable.
record ServiceNames(Snapshot<ObjectVersion> snapshot, String namespace) {
    private static final String DOMAIN = "cluster.local";

    /// Lines for `/etc/hosts`, each with its line end.
    String hosts() {
        StringBuilder lines = new StringBuilder();
        for (Entry<ObjectVersion> each : snapshot.prefixed(Kinds.SERVICE.keyPrefix())) {
            ServiceView service = ServiceView.of((Service) each.value().object());
            if (!service.external()) {
                lines(service, lines);
            }
        }
        return lines.toString();
    }

    private void lines(ServiceView service, StringBuilder lines) {
        ObjectKey key = service.ref().key();
        String name = key.name();
        if (!service.address().isEmpty()) {
            line(service.address(), name, key.namespace(), lines);
        }
        for (EndpointAddress pod : addresses(key)) {
            if (!Settled.blank(pod.getHostname())) {
                line(pod.getIp(), pod.getHostname() + "." + name, key.namespace(), lines);
            }
            if (service.address().isEmpty()) {
                line(pod.getIp(), name, key.namespace(), lines);
            }
        }
    }

    private void line(String address, String name, String home, StringBuilder lines) {
        List<String> names = new ArrayList<>();
        names.add(name + "." + home + ".svc." + DOMAIN);
        names.add(name + "." + home + ".svc");
        names.add(name + "." + home);
        if (home.equals(namespace)) {
            names.add(name);
        }
        lines.append(address).append('\t').append(String.join(" ", names)).append('\n');
    }

    private List<EndpointAddress> addresses(ObjectKey service) {
        @Nullable
        Entry<ObjectVersion> found =
                snapshot.get(new ObjectKey(Kinds.ENDPOINTS, service.namespace(), service.name()).path());
        List<EndpointAddress> all = new ArrayList<>();
        if (found != null) {
            for (EndpointSubset subset : Settled.list(((Endpoints) found.value().object()).getSubsets())) {
                all.addAll(Settled.list(subset.getAddresses()));
            }
        }
        return all;
    }

    /// `REDIS_SERVICE_HOST` and its like, for the Services of the namespace that have an address.
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Entry<ObjectVersion> each : snapshot.prefixed(Kinds.SERVICE.keyPrefix() + namespace + "/")) {
            ServiceView service = ServiceView.of((Service) each.value().object());
            if (each.key().equals(Bootstrap.API_KEY)) {
                continue; // of the API every pod is told, wherever it is, with its credentials
            }
            if (!service.address().isEmpty() && !service.ports().isEmpty() && !service.external()) {
                variables(service, variables);
            }
        }
        return variables;
    }

    private static void variables(ServiceView service, Map<String, String> variables) {
        String name = upper(service.ref().key().name());
        ServiceView.Port first = service.ports().getFirst();
        variables.put(name + "_SERVICE_HOST", service.address());
        variables.put(name + "_SERVICE_PORT", String.valueOf(first.number()));
        for (ServiceView.Port port : service.ports()) {
            if (!port.name().isEmpty()) {
                variables.put(name + "_SERVICE_PORT_" + upper(port.name()), String.valueOf(port.number()));
            }
        }
        variables.put(name + "_PORT", url(service, first));
        for (ServiceView.Port port : service.ports()) {
            String prefix = name + "_PORT_" + port.number() + "_" + port.protocol();
            variables.put(prefix, url(service, port));
            variables.put(prefix + "_PROTO", port.protocol().toLowerCase(Locale.ROOT));
            variables.put(prefix + "_PORT", String.valueOf(port.number()));
            variables.put(prefix + "_ADDR", service.address());
        }
    }

    private static String url(ServiceView service, ServiceView.Port port) {
        return port.protocol().toLowerCase(Locale.ROOT) + "://" + service.address() + ":" + port.number();
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
