package dev.jobctl.cli.verb;

import dev.jobctl.cli.command.Command;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The table of contents: every verb by its full name, in the order of the help. Declaring one costs little, so only
/// the one that the line names is declared.
public final class Verbs {
    private static final Map<String, Supplier<Command<?>>> ALL = all0();

    private Verbs() {}

    public static Map<String, Supplier<Command<?>>> all() {
        return ALL;
    }

    private static Map<String, Supplier<Command<?>>> all0() {
        Map<String, Supplier<Command<?>>> all = new LinkedHashMap<>();
        all.put("apply", ApplyVerb::command);
        all.put("create", CreateVerb::command);
        all.put("create job", CreateJobVerb::command);
        all.put("get", GetVerb::command);
        all.put("describe", DescribeVerb::command);
        all.put("logs", LogsVerb::command);
        all.put("wait", WaitVerb::command);
        all.put("delete", DeleteVerb::command);
        return java.util.Collections.unmodifiableMap(all);
    }
}
