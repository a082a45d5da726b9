package dev.jobctl.daemon;

import org.jspecify.annotations.Nullable;

/// Which build this is.
final class Build {
    private Build() {}

    /// The version that the jar's manifest carries; `dev` when run from classes.
    static String version() {
        @Nullable String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
