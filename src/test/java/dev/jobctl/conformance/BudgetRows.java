package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.budget.BudgetController;
import dev.jobctl.control.budget.Eviction;
import dev.jobctl.control.budget.SharedPod;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectKey;
import dev.jobctl.resource.value.ObjectRef;
import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Plays a row about disruption budgets.
///
/// `budget b keep=2` (minAvailable; without it a share or maxUnavailable, or with `weighed=false` nothing;
/// `unhealthy=AlwaysAllow`; `generation=2`, of which `observed=1`), `pod` (its words:
/// [PodText]), which all budgets of the row protect. Then `status b` with what its controller writes, `event`, and
/// `evict a` with the API's answer: `allowed`, `not now: CAUSE` or `never: MESSAGE`, and `changed a` with `event`, or
/// `changed a quiet`. Of an event's text the words count, not how far apart they are.
final class BudgetRows {
    private final Map<String, BudgetView> budgets = new LinkedHashMap<>();
    private final Map<String, PodView> pods = new LinkedHashMap<>();
    private Decision decision = Decision.quiet();

    static void play(RuleRow row) {
        BudgetRows player = new BudgetRows();
        row.lines().forEach(player::play);
    }

    private void play(Line line) {
        String where = "line " + line.number();
        String name = line.words().getFirst();
        String rest = line.text().substring(name.length()).strip();
        switch (line.verb()) {
            case "budget" -> budgets.put(name, budget(name, line.values()));
            case "pod" -> pods.put(name, pod(line));
            case "status" -> {
                decision = BudgetController.decide(known(budgets, name), all(), Clock.START);
                assertThat(print(decision.changes())).as(where).isEqualTo(rest);
            }
            case "changed" -> {
                decision = SharedPod.decide(known(pods, name), List.copyOf(budgets.values()));
                assertThat(decision.isQuiet()).as(where).isEqualTo(rest.equals("quiet"));
            }
            case "event" ->
                assertThat(decision.events().stream()
                                .map(event ->
                                        event.reason() + ": " + event.message().replaceAll(" +", " ")))
                        .as(where)
                        .containsExactly(line.text());
            case "evict" -> assertThat(evict(known(pods, name))).as(where).isEqualTo(rest);
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    private List<PodView> all() {
        return new ArrayList<>(pods.values());
    }

    private static <T> T known(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private static BudgetView budget(String name, Map<String, String> values) {
        @Nullable String keep = values.get("keep");
        return new BudgetView(
                new ObjectRef(new ObjectKey(Kinds.POD_DISRUPTION_BUDGET, "default", name), "uid-" + name),
                Long.parseLong(values.getOrDefault("generation", "1")),
                null,
                "SELECTOR",
                keep == null ? null : Integer.valueOf(keep),
                keep == null && !values.containsKey("weighed"),
                "AlwaysAllow".equals(values.get("unhealthy")),
                new BudgetView.Status(Long.parseLong(values.getOrDefault("observed", "0")), 0, 0, 0, 0, null));
    }

    private static PodView pod(Line line) {
        Map<String, String> words = new HashMap<>(line.values());
        words.put("state", line.plain().get(1));
        return PodText.view(line.plain().getFirst(), words);
    }

    private static String print(List<Change> changes) {
        if (!(changes.getFirst() instanceof Change.SetBudgetStatus set)) {
            return changes.toString();
        }
        BudgetView.Status status = set.status();
        return "observed=%d allowed=%d healthy=%d/%d of %d %s"
                .formatted(
                        status.observedGeneration(),
                        status.allowed(),
                        status.healthy(),
                        status.desired(),
                        status.expected(),
                        status.condition() == null ? "" : status.condition().reason());
    }

    private String evict(PodView pod) {
        return switch (Eviction.judge(pod, List.copyOf(budgets.values()), _ -> all(), Clock.START)) {
            case Eviction.Verdict.Allowed() -> "allowed";
            case Eviction.Verdict.NotNow(String _, String cause, int seconds) ->
                "not now: " + cause + (seconds == 0 ? "" : " (again in " + seconds + " s)");
            case Eviction.Verdict.Never(String message) -> "never: " + message;
        };
    }
}
