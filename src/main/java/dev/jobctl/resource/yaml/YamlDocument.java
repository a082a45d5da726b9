package dev.jobctl.resource.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// One object of a file.
///
/// @param source the file as the user named it
/// @param tree the object as the API would get it
public record YamlDocument(String source, ObjectNode tree, Marks marks) {
    /// A complaint about a field of this document, placed at the field, or at the nearest parent that is written down.
    ///
    /// @param path as the API writes it: `spec.template.spec.containers[0].image`, `metadata.labels[app]`
    public YamlProblem problem(String path, String message) {
        return YamlProblem.at(source, marks.nearest(path), path, message);
    }
}
