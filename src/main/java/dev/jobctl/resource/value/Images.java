package dev.jobctl.resource.value;

/// Image references: `[registry[:port]/]name[:tag][@digest]`.
public final class Images {
    private Images() {}

    /// The tag; `latest` when neither tag nor digest is named, empty when only a digest is.
    public static String tag(String image) {
        int at = image.indexOf('@');
        String named = at < 0 ? image : image.substring(0, at);
        int colon = named.lastIndexOf(':');
        if (colon > named.lastIndexOf('/')) {
            return named.substring(colon + 1);
        }
        return at < 0 ? "latest" : "";
    }
}
