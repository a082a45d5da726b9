package dev.jobctl.cli.verb;

import dev.jobctl.cli.command.Command;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The table of contents: every verb by its full name, in the order of the help. Declaring one costs little, so only
/// the one that the line names is declared.
public final class Verbs {
    private static final Map<String, Supplier<Command<?>>> ALL = table();

    /// What kubectl's users type, too.
    private static final Map<String, String> SHORT =
            Map.of("create ns", "create namespace", "create cm", "create configmap", "create cj", "create cronjob");

    private static final Set<String> NAMES =
            Stream.concat(ALL.keySet().stream(), SHORT.keySet().stream()).collect(Collectors.toUnmodifiableSet());

    private Verbs() {}

    /// Every name of a verb, the short ones too.
    public static Set<String> names() {
        return NAMES;
    }

    /// Null for no verb's name.
    public static @Nullable Supplier<Command<?>> named(String name) {
        return ALL.get(SHORT.getOrDefault(name, name));
    }

    public static Map<String, Supplier<Command<?>>> all() {
        return ALL;
    }

    private static Map<String, Supplier<Command<?>>> table() {
        Map<String, Supplier<Command<?>>> all = new LinkedHashMap<>();
        all.put("apply", ApplyVerb::command);
        all.put("diff", DiffVerb::command);
        all.put("create", CreateVerb::command);
        all.put("create job", CreateJobVerb::command);
        all.put("create cronjob", CreateCronJobVerb::command);
        all.put("create configmap", CreateSettingsVerb::configMap);
        all.put("create secret", CreateSettingsVerb::secret);
        all.put("create namespace", CreateNamespaceVerb::command);
        all.put("run", RunVerb::command);
        all.put("simulate", SimulateVerb::command);
        all.put("get", GetVerb::command);
        all.put("describe", DescribeVerb::command);
        all.put("logs", LogsVerb::command);
        all.put("exec", IntoPodVerb::exec);
        all.put("attach", IntoPodVerb::attach);
        all.put("cp", CopyVerb::command);
        all.put("port-forward", PortForwardVerb::command);
        all.put("explain", ExplainVerb::command);
        all.put("events", EventsVerb::command);
        all.put("wait", WaitVerb::command);
        all.put("suspend", SuspendVerb::suspend);
        all.put("resume", SuspendVerb::resume);
        all.put("delete", DeleteVerb::command);
        all.put("scale", ScaleVerb::command);
        all.put("edit", EditVerb::command);
        all.put("patch", PatchVerb::command);
        all.put("replace", ReplaceVerb::command);
        all.put("label", LabelVerb::label);
        all.put("annotate", LabelVerb::annotate);
        all.put("cordon", CordonVerb::cordon);
        all.put("uncordon", CordonVerb::uncordon);
        all.put("drain", DrainVerb::command);
        all.put("taint", TaintVerb::command);
        all.put("use", UseVerb::command);
        all.put("local start", LocalVerb::start);
        all.put("local stop", LocalVerb::stop);
        all.put("local status", LocalVerb::status);
        all.put("local env", LocalVerb::environment);
        all.put("local logs", LocalVerb::logs);
        all.put("local reset", LocalVerb::reset);
        all.put("api-resources", ApiResourcesVerb::command);
        all.put("version", VersionVerb::command);
        all.put("completion", CompletionVerb::command);
        return java.util.Collections.unmodifiableMap(all);
    }
}
