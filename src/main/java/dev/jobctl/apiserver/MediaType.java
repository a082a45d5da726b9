package dev.jobctl.apiserver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One media type with its parameters, such as `application/json;as=Table;v=v1;g=meta.k8s.io`. Names are lower-case.
record MediaType(String name, Map<String, String> parameters) {
    /// More than any client sends; the rest of a longer list is ignored.
    private static final int MAX_CLAUSES = 32;

    static MediaType of(String text) {
        String[] parts = text.split(";", -1);
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                String value = parts[i].substring(equals + 1).strip();
                parameters.put(parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT), unquoted(value));
            }
        }
        return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), parameters);
    }

    /// The clauses of an Accept header, best first. An empty header accepts anything.
    static List<MediaType> accepted(String header) {
        List<MediaType> clauses = new ArrayList<>();
        for (String clause : header.split(",", MAX_CLAUSES + 1)) {
            if (!clause.isBlank() && clauses.size() < MAX_CLAUSES) {
                clauses.add(of(clause));
            }
        }
        if (clauses.isEmpty()) {
            return List.of(of("*/*"));
        }
        clauses.sort((a, b) -> Double.compare(b.quality(), a.quality()));
        return clauses;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    boolean json() {
        return name.equals("application/json") || name.equals("*/*") || name.equals("application/*");
    }

    boolean yaml() {
        return name.equals("application/yaml");
    }

    boolean protobuf() {
        return name.equals("application/vnd.kubernetes.protobuf");
    }

    private double quality() {
        try {
            return parameters.containsKey("q") ? Double.parseDouble(parameter("q")) : 1;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
