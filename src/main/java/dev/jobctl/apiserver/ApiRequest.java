package dev.jobctl.apiserver;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One request without its socket, so that a program in the same process can make one too.
///
/// @param path decoded, without the query, such as `/apis/batch/v1/namespaces/default/jobs`
/// @param query decoded; a name may stand more than once
/// @param headers lower-case names
/// @param body empty for none
public record ApiRequest(
        String method, String path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {
    /// The first value of a query parameter.
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
