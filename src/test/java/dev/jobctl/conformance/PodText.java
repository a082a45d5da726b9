package dev.jobctl.conformance;

import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.ConditionView;
import dev.jobctl.resource.view.ContainerView;
import dev.jobctl.resource.view.MetaView;
import dev.jobctl.resource.view.OwnerView;
import dev.jobctl.resource.view.PodNeeds;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.resource.view.PodView.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pod told in words: `pod a failed exit=42 index=3 at=-5s`. Kept as words, so that a later line can change some.
///
/// First word: `pending`, `running`, `ready` (running and ready), `unknown`, `succeeded`, `failed`. Then: `index`,
/// `node` (`none` for unbound; pending pods are), `exit` and `container` of the one that failed, `init` for an init
/// container's, `at` when it ended (now), `since` when it became ready, `created`, `restarts` (`2,3`: of two
/// containers), `sidecar` (its restarts), `failures`, `ignored`, `cond` for a condition that is True (`!` before it:
/// False; its `condReason`, and `condSince` when it came), `deleting=true` (`grace` 30 s), `tracked=false`, `owner`
/// (`none` or another uid), `labels=other`.
final class PodText {
    private PodText() {}

    static PodView view(String name, Map<String, String> words) {
        Phase phase = phase(words.getOrDefault("state", "pending"));
        boolean ready = words.getOrDefault("state", "").equals("ready");
        boolean ended = phase == Phase.Succeeded || phase == Phase.Failed;
        Instant at = Clock.at(words.getOrDefault("at", "+0s"));
        List<ConditionView> conditions = conditions(words, ready);
        int[] restarts = Arrays.stream(words.getOrDefault("restarts", "0").split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        int sidecar = Integer.parseInt(words.getOrDefault("sidecar", "0"));
        List<ContainerView> containers = new ArrayList<>();
        List<ContainerView> inits = new ArrayList<>();
        if (ended || words.containsKey("exit")) {
            int code = Integer.parseInt(words.getOrDefault("exit", phase == Phase.Succeeded ? "0" : "1"));
            ContainerView container =
                    new ContainerView(words.getOrDefault("container", "main"), code, at, restarts[0], false);
            (words.containsKey("init") ? inits : containers).add(container);
        } else if (words.containsKey("restarts")) {
            for (int i = 0; i < restarts.length; i++) {
                containers.add(new ContainerView("main" + i, null, null, restarts[i], false));
            }
        }
        if (words.containsKey("sidecar")) {
            inits.add(new ContainerView("sidecar", null, null, sidecar, true));
        }
        return new PodView(
                meta(name, words),
                phase,
                words.getOrDefault("reason", ""),
                Integer.parseInt(words.getOrDefault("index", "-1")),
                Integer.parseInt(words.getOrDefault("failures", "0")),
                Integer.parseInt(words.getOrDefault("ignored", "0")),
                ready,
                words.containsKey("since") ? Clock.at(words.getOrDefault("since", "")) : null,
                conditions,
                containers,
                inits,
                Arrays.stream(restarts).sum() + sidecar,
                at,
                node(words, phase),
                PodNeeds.NONE,
                null);
    }

    private static Phase phase(String state) {
        return switch (state) {
            case "ready" -> Phase.Running;
            default -> Phase.valueOf(state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1));
        };
    }

    private static List<ConditionView> conditions(Map<String, String> words, boolean ready) {
        List<ConditionView> conditions = new ArrayList<>();
        if (ready) {
            conditions.add(new ConditionView("Ready", "True", "", "", Clock.START));
        }
        Arrays.stream(words.getOrDefault("cond", "").split(",", -1))
                .filter(type -> !type.isEmpty())
                .map(type -> condition(type, words))
                .forEach(conditions::add);
        return conditions;
    }

    private static ConditionView condition(String type, Map<String, String> words) {
        boolean is = !type.startsWith("!");
        return new ConditionView(
                is ? type : type.substring(1),
                is ? "True" : "False",
                words.getOrDefault("condReason", ""),
                "",
                Clock.at(words.getOrDefault("condSince", "+0s")));
    }

    private static @Nullable String node(Map<String, String> words, Phase phase) {
        String node = words.getOrDefault("node", phase == Phase.Pending ? "none" : "n1");
        return node.equals("none") ? null : node;
    }

    private static MetaView meta(String name, Map<String, String> words) {
        String owner = words.getOrDefault("owner", "uid-job");
        List<OwnerView> owners = owner.equals("none")
                ? List.of()
                : List.of(new OwnerView(
                        words.getOrDefault("ownerApi", "batch/v1"),
                        words.getOrDefault("ownerKind", "Job"),
                        "job",
                        owner,
                        true,
                        true));
        boolean deleting = words.getOrDefault("deleting", "false").equals("true");
        boolean tracked = words.getOrDefault("tracked", owner.equals("uid-job") ? "true" : "false")
                .equals("true");
        return new MetaView(
                ref(name),
                words.getOrDefault("labels", "job").equals("job") ? JobText.LABELS : Map.of("app", "other"),
                owners,
                tracked ? List.of(PodView.TRACKING_FINALIZER) : List.of(),
                Clock.at(words.getOrDefault("created", "-60s")),
                deleting ? Clock.START : null,
                deleting ? Long.parseLong(words.getOrDefault("grace", "30")) : 0);
    }

    static ObjectRef ref(String name) {
        return new ObjectRef(new ObjectKey(Kinds.POD, "default", name), "uid-" + name);
    }

    /// The words of a pod as the loop creates it.
    static Map<String, String> created(@Nullable Integer index, @Nullable Integer failures, @Nullable Integer ignored) {
        Map<String, String> words = new HashMap<>(Map.of("state", "pending"));
        if (index != null) {
            words.put("index", index.toString());
        }
        if (failures != null) {
            words.put("failures", failures.toString());
        }
        if (ignored != null) {
            words.put("ignored", ignored.toString());
        }
        return words;
    }
}
