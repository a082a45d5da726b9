package dev.jobctl.resource.yaml;

/// One thing wrong with a manifest: where, and in words what is wrong and what to write instead.
///
/// @param source the file as the user named it, `-` for standard input
/// @param line from 1
/// @param column from 1
/// @param path the field, such as `spec.template.spec.containers[0].image`; empty when it is not about one
public record YamlProblem(String source, int line, int column, String path, String message) {
    public static YamlProblem at(String source, Mark mark, String path, String message) {
        return new YamlProblem(source, mark.line(), mark.column(), path, message);
    }

    /// `job.yaml:7:3: spec.template: what is wrong; what to write instead`
    @Override
    public String toString() {
        String field = path.isEmpty() ? "" : path + ": ";
        return source + ":" + line + ":" + column + ": " + field + message;
    }
}
