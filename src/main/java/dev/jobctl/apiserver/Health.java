package dev.jobctl.apiserver;

import dev.jobctl.resource.value.Kinds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// `/healthz`, `/livez` and `/readyz`, whole or check by check, with `verbose` and `exclude` as the real server has
/// them. Safe from any thread.
final class Health {
    private static final Set<String> ENDPOINTS = Set.of("healthz", "livez", "readyz");

    private final List<Check> checks;

    Health(ApiBackend backend) {
        checks = List.of(
                new Check("ping", () -> true),
                new Check("store", () -> backend.snapshot().revision() > 0),
                new Check("namespaces", () -> backend.snapshot().get(Kinds.NAMESPACE.keyPrefix() + "default") != null));
    }

    private record Check(String name, BooleanSupplier fine) {}

    /// Empty when the path is none of these.
    Optional<ApiResponse> answer(Call call, List<String> path) {
        if (path.isEmpty() || !ENDPOINTS.contains(path.getFirst()) || path.size() > 2) {
            return Optional.empty();
        }
        if (path.size() == 1) {
            return Optional.of(all(call, path.getFirst()));
        }
        return checks.stream()
                .filter(check -> check.name().equals(path.get(1)))
                .findFirst()
                .map(check -> check.fine().getAsBoolean()
                        ? Replies.text(call, 200, "ok")
                        : Replies.text(call, 500, "internal server error: " + check.name() + " failed\n"));
    }

    private ApiResponse all(Call call, String endpoint) {
        Set<String> excluded = new LinkedHashSet<>(call.request().query().getOrDefault("exclude", List.of()));
        List<String> lines = new ArrayList<>();
        boolean failed = false;
        for (Check check : checks) {
            if (excluded.remove(check.name())) {
                lines.add("[+]" + check.name() + " excluded: ok");
            } else if (check.fine().getAsBoolean()) {
                lines.add("[+]" + check.name() + " ok");
            } else {
                failed = true;
                lines.add("[-]" + check.name() + " failed: reason withheld");
            }
        }
        if (!excluded.isEmpty()) {
            List<String> names =
                    excluded.stream().map(name -> "\"" + name + "\"").toList();
            lines.add("warn: some health checks cannot be excluded: no matches for " + String.join(",", names));
        }
        if (failed) {
            return Replies.text(call, 500, String.join("\n", lines) + "\n" + endpoint + " check failed\n");
        }
        boolean verbose = call.request().parameter("verbose").isPresent();
        return Replies.text(call, 200, verbose ? String.join("\n", lines) + "\n" + endpoint + " check passed\n" : "ok");
    }
}
