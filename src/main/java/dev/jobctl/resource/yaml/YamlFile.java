package dev.jobctl.resource.yaml;

import java.util.List;

/// All that one file, or standard input, holds. Send nothing while there are problems.
///
/// @param documents in order, lists flattened, empty documents left out; those that could be read
/// @param problems in order of place
public record YamlFile(List<YamlDocument> documents, List<YamlProblem> problems) {
    public YamlFile {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }
}
