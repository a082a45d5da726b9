/// Manifests as users write them: YAML or JSON text to trees that know line and column of every key and value, with
/// every complaint at once.
/// Pure: text or bytes in, values out; any thread. Every size is bounded: bytes, depth, nodes.
/// Imports `resource.value`, snakeyaml's event parser and Jackson.
/// Never opens a file, throws at a bad manifest, or shows a parser's own jargon.
/// Start at {@link dev.jobctl.resource.yaml.YamlReader}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.resource.yaml;
