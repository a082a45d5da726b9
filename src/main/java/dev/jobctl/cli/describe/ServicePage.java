package dev.jobctl.cli.describe;

import static dev.jobctl.cli.describe.Parts.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// How pods are reached: a Service, its Endpoints, its EndpointSlices.
final class ServicePage {
    /// So many addresses of a port are named, the others counted.
    private static final int SHOWN = 3;

    private ServicePage() {}

    static void service(Page page, JsonNode service, Around around) {
        JsonNode spec = service.path("spec");
        Parts.head(page, service);
        Parts.labels(page, "Selector", spec.path("selector"), ",");
        page.line(0, "Type:", text(spec.path("type")));
        Parts.optional(page, 0, "IP Family Policy", spec.path("ipFamilyPolicy"), "");
        page.line(0, "IP Families:", joined(spec.path("ipFamilies")));
        page.line(0, "IP:", text(spec.path("clusterIP")));
        page.line(0, "IPs:", joined(spec.path("clusterIPs")));
        list(page, "External IPs:", spec.path("externalIPs"));
        Parts.optional(page, 0, "Desired LoadBalancer IP", spec.path("loadBalancerIP"), "");
        Parts.optional(page, 0, "External Name", spec.path("externalName"), "");
        ingress(page, service.at("/status/loadBalancer/ingress"));
        spec.path("ports").forEach(port -> port(page, port, around.slices()));
        page.line(0, "Session Affinity:", text(spec.path("sessionAffinity")));
        Parts.optional(page, 0, "External Traffic Policy", spec.path("externalTrafficPolicy"), "");
        Parts.optional(page, 0, "HealthCheck NodePort", spec.path("healthCheckNodePort"), "");
        Parts.optional(page, 0, "Internal Traffic Policy", spec.path("internalTrafficPolicy"), "");
        Parts.optional(page, 0, "Traffic Distribution", spec.path("trafficDistribution"), "");
        list(page, "LoadBalancer Source Ranges:", spec.path("loadBalancerSourceRanges"));
    }

    private static String joined(JsonNode values) {
        return values.isEmpty() ? Parts.NONE : String.join(",", Parts.texts(values));
    }

    private static void list(Page page, String title, JsonNode values) {
        if (!values.isEmpty()) {
            page.line(0, title, String.join(",", Parts.texts(values)));
        }
    }

    private static void ingress(Page page, JsonNode ingress) {
        List<String> places = new ArrayList<>();
        for (JsonNode each : ingress) {
            String mode = text(each.path("ipMode"));
            places.add(
                    each.hasNonNull("ip")
                            ? text(each.path("ip")) + (mode.isEmpty() ? "" : " (" + mode + ")")
                            : text(each.path("hostname")));
        }
        if (!places.isEmpty()) {
            page.line(0, "LoadBalancer Ingress:", String.join(", ", places));
        }
    }

    private static void port(Page page, JsonNode port, List<? extends JsonNode> slices) {
        String name = text(port.path("name"));
        String protocol = "/" + text(port.path("protocol"));
        String title = name.isEmpty() ? Parts.UNSET : name;
        page.line(0, "Port:", title, text(port.path("port")) + protocol);
        page.line(0, "TargetPort:", text(port.path("targetPort")) + protocol);
        if (port.path("nodePort").asInt() != 0) {
            page.line(0, "NodePort:", title, text(port.path("nodePort")) + protocol);
        }
        page.line(0, "Endpoints:", reached(name, slices));
    }

    /// Addresses that are ready; those of a Service without ports have none.
    private static String reached(String port, List<? extends JsonNode> slices) {
        if (slices.isEmpty()) {
            return Parts.NONE;
        }
        List<String> places = new ArrayList<>();
        for (JsonNode slice : slices) {
            List<String> addresses = ready(slice.path("endpoints"));
            if (slice.path("ports").isEmpty()) {
                places.addAll(addresses);
            }
            for (JsonNode open : slice.path("ports")) {
                if (text(open.path("name")).equals(port)) {
                    addresses.forEach(address -> places.add(
                            (address.contains(":") ? "[" + address + "]" : address) + ":" + text(open.path("port"))));
                }
            }
        }
        int others = places.size() - SHOWN;
        return String.join(",", places.subList(0, Math.min(SHOWN, places.size())))
                + (others > 0 ? " + " + others + " more..." : "");
    }

    private static List<String> ready(JsonNode endpoints) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode endpoint : endpoints) {
            JsonNode ready = endpoint.at("/conditions/ready");
            if (!ready.isBoolean() || ready.asBoolean()) {
                addresses.add(text(endpoint.at("/addresses/0")));
            }
        }
        return addresses;
    }

    static void endpoints(Page page, JsonNode endpoints) {
        Parts.head(page, endpoints);
        page.line(0, "Subsets:");
        for (JsonNode subset : endpoints.path("subsets")) {
            page.line(1, "Addresses:", addresses(subset.path("addresses")));
            page.line(1, "NotReadyAddresses:", addresses(subset.path("notReadyAddresses")));
            if (!subset.path("ports").isEmpty()) {
                page.line(1, "Ports:");
                ports(page, 2, subset.path("ports"));
            }
            page.line(0);
        }
    }

    private static String addresses(JsonNode addresses) {
        List<String> all = new ArrayList<>();
        addresses.forEach(address -> all.add(text(address.path("ip"))));
        return all.isEmpty() ? Parts.NONE : String.join(",", all);
    }

    private static void ports(Page page, int level, JsonNode ports) {
        page.line(level, "Name", "Port", "Protocol");
        page.line(level, "----", "----", "--------");
        for (JsonNode port : ports) {
            page.line(
                    level,
                    Parts.or(port.path("name"), Parts.UNSET),
                    Parts.or(port.path("port"), Parts.UNSET),
                    text(port.path("protocol")));
        }
    }

    static void slice(Page page, JsonNode slice) {
        Parts.head(page, slice);
        page.line(0, "AddressType:", text(slice.path("addressType")));
        if (slice.path("ports").isEmpty()) {
            page.line(0, "Ports: " + Parts.UNSET);
        } else {
            page.line(0, "Ports:");
            ports(page, 1, slice.path("ports"));
        }
        if (slice.path("endpoints").isEmpty()) {
            page.line(0, "Endpoints: " + Parts.NONE);
        } else {
            page.line(0, "Endpoints:");
            slice.path("endpoints").forEach(endpoint -> endpoint(page, endpoint));
        }
    }

    private static void endpoint(Page page, JsonNode endpoint) {
        page.line(1, "- Addresses:", String.join(",", Parts.texts(endpoint.path("addresses"))));
        page.line(2, "Conditions:");
        page.line(3, "Ready:", Parts.or(endpoint.at("/conditions/ready"), Parts.UNSET));
        page.line(2, "Hostname:", Parts.or(endpoint.path("hostname"), Parts.UNSET));
        JsonNode target = endpoint.path("targetRef");
        if (target.isObject()) {
            page.line(2, "TargetRef:", text(target.path("kind")) + "/" + text(target.path("name")));
        }
        page.line(2, "NodeName:", Parts.or(endpoint.path("nodeName"), Parts.UNSET));
        page.line(2, "Zone:", Parts.or(endpoint.path("zone"), Parts.UNSET));
    }
}
