package dev.jobctl.apiserver.access;

/// What somebody wants to do, as rules judge it. Parts that say nothing are empty.
///
/// @param verb such as `get`, `list`, `create`
/// @param path of what is no resource, such as `/version`; empty for a resource
public record Deed(
        String verb, String group, String resource, String subresource, String namespace, String name, String path) {
    public static Deed onPath(String verb, String path) {
        return new Deed(verb, "", "", "", "", "", path);
    }

    public static Deed onResource(String verb, String group, String resource, String namespace, String name) {
        return new Deed(verb, group, resource, "", namespace, name, "");
    }

    boolean onResource() {
        return path.isEmpty();
    }

    /// `pods` or `pods/log`.
    String fullResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /// In the real server's words: `cannot list resource "jobs" in API group "batch" in the namespace "default"`.
    public String refusal(String user) {
        String who = "User \"" + user + "\" cannot " + verb;
        if (!onResource()) {
            return who + " path \"" + path + "\"";
        }
        String what = who + " resource \"" + fullResource() + "\" in API group \"" + group + "\"";
        return namespace.isEmpty() ? what + " at the cluster scope" : what + " in the namespace \"" + namespace + "\"";
    }
}
