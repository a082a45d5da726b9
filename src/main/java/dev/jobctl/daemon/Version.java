package dev.jobctl.daemon;

/// The released version in a build's name: `0.1.0` of `0.1.0+12345-678`.
final class Version {
    private Version() {}

    static String of(String build) {
        int plus = build.indexOf('+');
        return plus < 0 ? build : build.substring(0, plus);
    }
}
