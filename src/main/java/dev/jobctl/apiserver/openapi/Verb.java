package dev.jobctl.apiserver.openapi;

/// What can be done with a path, and the query parameters that go with it: `name type sentence`, one a line.
enum Verb {
    LIST("get", "list", "list", "", Verb.LIST_PARAMETERS),
    GET("get", "get", "read", "", Verb.PRETTY),
    CREATE("post", "post", "create", "", Verb.WRITE_PARAMETERS),
    REPLACE("put", "put", "replace", "", Verb.WRITE_PARAMETERS),
    PATCH("patch", "patch", "patch", "", Verb.WRITE_PARAMETERS + Verb.FORCE),
    DELETE("delete", "delete", "delete", "", Verb.DELETE_PARAMETERS),
    DELETE_COLLECTION(
            "delete", "deletecollection", "delete", "Collection", Verb.DELETE_PARAMETERS + Verb.LIST_PARAMETERS);

    private static final String PRETTY = """
        pretty string Whether the answer is laid out for people to read.
        """;
    private static final String DRY_RUN = """
        dryRun string With All nothing is stored; the answer is as if it were.
        """;
    private static final String FORCE = """
        force boolean Whether an apply takes over fields that others own.
        """;
    private static final String WRITE_PARAMETERS = PRETTY + DRY_RUN + """
        fieldManager string The name under which the changes are made.
        fieldValidation string What to do with unknown and duplicate fields: Ignore, Warn or Strict.
        """;
    private static final String LIST_PARAMETERS = """
        allowWatchBookmarks boolean Whether the watch may send BOOKMARK events.
        continue string The place where an earlier, limited list went off.
        fieldSelector string Only objects whose fields are such.
        labelSelector string Only objects whose labels are such.
        limit integer The most objects to answer at once.
        resourceVersion string The version to answer from, or to watch after.
        resourceVersionMatch string How resourceVersion is meant: Exact or NotOlderThan.
        sendInitialEvents boolean Whether a watch begins with all objects.
        timeoutSeconds integer How long the call may last.
        watch boolean Whether to go on with each change.
        """;
    private static final String DELETE_PARAMETERS = DRY_RUN + """
        gracePeriodSeconds integer How long the object has to end by itself; 0 ends it at once.
        orphanDependents boolean Old form of propagationPolicy.
        propagationPolicy string What becomes of dependents: Orphan, Background or Foreground.
        """;

    static final String LOG_PARAMETERS = PRETTY + """
        container string The container whose log is wanted; may be left out when there is only one.
        follow boolean Whether to go on with each new line.
        limitBytes integer The most bytes to answer.
        previous boolean Whether the log of the run before is wanted.
        sinceSeconds integer Only lines of the last seconds, so many.
        sinceTime string Only lines from that time on.
        tailLines integer Only the last lines, so many.
        timestamps boolean Whether each line begins with its time.
        """;

    private final String method;
    private final String action;
    private final String word;
    private final String infix;
    private final String parameters;

    Verb(String method, String action, String word, String infix, String parameters) {
        this.method = method;
        this.action = action;
        this.word = word;
        this.infix = infix;
        this.parameters = parameters;
    }

    /// The HTTP method, in lower case.
    String method() {
        return method;
    }

    String action() {
        return action;
    }

    String word() {
        return word;
    }

    /// Stands between version and kind in an operation's id.
    String infix() {
        return infix;
    }

    String parameters() {
        return parameters;
    }
}
