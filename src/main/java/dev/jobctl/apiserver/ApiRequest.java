package dev.jobctl.apiserver;

import dev.jobctl.apiserver.access.Certified;
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
/// @param certified what the connection says of the caller
public record ApiRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body,
        Certified certified) {
    /// Of a caller without a certificate.
    public ApiRequest(
            String method, String path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {
        this(method, path, query, headers, body, new Certified.Not());
    }

    /// The same request with its body.
    public ApiRequest with(byte[] content) {
        return new ApiRequest(method, path, query, headers, content, certified);
    }

    /// The first value of a query parameter.
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// As the real server reads truth: present and, in upper or lower case, neither `false` nor `0`.
    boolean flag(String name) {
        return parameter(name)
                .filter(value -> !value.equalsIgnoreCase("false") && !value.equals("0"))
                .isPresent();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
