package dev.jobctl.cli.file;

import java.util.List;

/// Manifests that must not be sent, with every complaint about all of them.
public final class BadManifests extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// `complaints` are whole lines, such as `job.yaml:7:3: spec.foo: unknown field`.
    public BadManifests(List<String> complaints) {
        super(String.join("\n", complaints));
    }
}
