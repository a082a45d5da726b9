package dev.jobctl.apiserver;

import dev.jobctl.apiserver.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/// What a request asks for, in the words of the metrics: a small set, whatever clients send.
final class Asking {
    private Asking() {}

    static Metrics.Asked of(Call call) {
        @Nullable Target target = call.target();
        boolean dryRun =
                call.request().parameter("dryRun").filter("All"::equals).isPresent();
        if (target == null) {
            return new Metrics.Asked(verb(call, null), null, "", "", dryRun);
        }
        boolean known = Subresource.of(target.kind()).stream()
                .anyMatch(part -> part.name().equals(target.subresource()));
        return new Metrics.Asked(
                verb(call, target), target.kind(), known ? target.subresource() : "", scope(target), dryRun);
    }

    private static String scope(Target target) {
        if (target.named()) {
            return "resource";
        }
        return target.namespace().isEmpty() ? "cluster" : "namespace";
    }

    private static String verb(Call call, @Nullable Target target) {
        boolean collection = target != null && !target.named();
        return switch (call.request().method()) {
            case "GET", "HEAD" -> collection ? call.flag("watch") ? "WATCH" : "LIST" : "GET";
            case "POST" -> "POST";
            case "PUT" -> "PUT";
            case "PATCH" ->
                call.request().header("content-type").orElse("").startsWith("application/apply-patch")
                        ? "APPLY"
                        : "PATCH";
            case "DELETE" -> collection ? "DELETECOLLECTION" : "DELETE";
            default -> "OTHER";
        };
    }
}
