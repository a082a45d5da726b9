package dev.jobctl.node.container;

import java.util.regex.Pattern;

/// References to images, as far as it must be known whether one is well-formed.
final class ImageName {
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String HOST =
            "(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])(?:\\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*";
    private static final Pattern REFERENCE = Pattern.compile("(?:" + HOST + "(?::\\d+)?/)?" + PART + "(?:/" + PART
            + ")*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?");

    private ImageName() {}

    /// With its registry, as Kubernetes takes a name without one: `busybox` -> `docker.io/library/busybox`.
    static String qualified(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
        return registry ? image : (slash < 0 ? "docker.io/library/" : "docker.io/") + image;
    }

    static boolean valid(String image) {
        return REFERENCE.matcher(image).matches();
    }
}
