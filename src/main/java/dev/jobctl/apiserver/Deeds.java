package dev.jobctl.apiserver;

import dev.jobctl.apiserver.access.Deed;
import dev.jobctl.resource.value.FieldSelector;
import dev.jobctl.resource.value.Parsed;
import dev.jobctl.resource.value.Settled;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a request wants to do, read off method and path alone, before anybody looks whether such a thing is served.
final class Deeds {
    /// Below `/namespaces/NAME`: parts of the namespace itself, not resources in it.
    private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

    private Deeds() {}

    static Deed of(ApiRequest request, List<String> path) {
        boolean core = path.size() > 2 && path.getFirst().equals("api");
        boolean grouped = path.size() > 3 && path.getFirst().equals("apis");
        if (!core && !grouped) {
            return Deed.onPath(request.method().toLowerCase(Locale.ROOT), request.path());
        }
        String group = core ? "" : path.get(1);
        List<String> rest = path.subList(core ? 2 : 3, path.size());
        String namespace = "";
        if (rest.getFirst().equals("namespaces") && rest.size() > 1) {
            namespace = rest.get(1);
            if (rest.size() > 2 && !OF_NAMESPACES.contains(rest.get(2))) {
                rest = rest.subList(2, rest.size());
            }
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String verb = verb(request, name.isEmpty());
        if (name.isEmpty() && Set.of("list", "watch").contains(verb)) {
            name = onlyName(request);
        }
        return new Deed(verb, group, rest.getFirst(), rest.size() > 2 ? rest.get(2) : "", namespace, name, "");
    }

    private static String verb(ApiRequest request, boolean collection) {
        return switch (request.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            case "GET", "HEAD" -> collection ? request.flag("watch") ? "watch" : "list" : "get";
            default -> request.method().toLowerCase(Locale.ROOT);
        };
    }

    /// A list or watch of one object only is a deed on that object.
    private static String onlyName(ApiRequest request) {
        return switch (FieldSelector.parse(request.parameter("fieldSelector").orElse(""))) {
            case Parsed.Good<FieldSelector> good -> Settled.orEmpty(good.value().required("metadata.name"));
            case Parsed.Bad<FieldSelector> bad -> "";
        };
    }
}
