package dev.jobctl.loop;

import dev.jobctl.control.Decision;
import dev.jobctl.control.budget.BudgetController;
import dev.jobctl.control.budget.Eviction;
import dev.jobctl.resource.value.Kind;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.view.BudgetView;
import dev.jobctl.resource.view.PodView;
import dev.jobctl.store.Change;
import dev.jobctl.store.Entry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The disruption controller's place in the loop. Keys: PodDisruptionBudgets.
record BudgetDecider() implements Decider {
    @Override
    public String name() {
        return "disruption";
    }

    @Override
    public boolean watches(Kind kind) {
        return Views.is(kind, Kinds.POD) || Views.is(kind, Kinds.POD_DISRUPTION_BUDGET);
    }

    @Override
    public void touched(Change<ObjectVersion> change, State state, Consumer<String> ask) {
        @Nullable ObjectVersion before = Views.version(change.previous());
        @Nullable ObjectVersion after = Views.version(change.current());
        @Nullable ObjectVersion any = after == null ? before : after;
        if (any == null) {
            return;
        }
        if (Views.is(any, Kinds.POD_DISRUPTION_BUDGET)) {
            ask.accept(change.key());
            return;
        }
        Map<String, BudgetView> budgets = state.indexes().budgets(any.key().namespace());
        budgets.forEach((key, budget) -> {
            if (before != null && matches(budget, before) || after != null && matches(budget, after)) {
                ask.accept(key);
            }
        });
    }

    private static boolean matches(BudgetView budget, ObjectVersion pod) {
        return budget.matches(Views.pod(pod).meta().labels());
    }

    @Override
    public Decision decide(Ask ask, State state) {
        @Nullable ObjectVersion found = state.get(ask.key());
        if (found == null) {
            return Decision.quiet();
        }
        @Nullable
        BudgetView budget = state.indexes().budgets(found.key().namespace()).get(ask.key());
        return budget == null ? Decision.quiet() : BudgetController.decide(budget, pods(budget, state), ask.now());
    }

    /// Whether that pod may be evicted now.
    static Eviction.Verdict judge(ObjectVersion pod, State state, Instant now) {
        return Eviction.judge(Views.pod(pod), own(pod, state), budget -> pods(budget, state), now);
    }

    /// Those that protect it, by name.
    static List<BudgetView> own(ObjectVersion pod, State state) {
        return state.indexes().budgets(pod.key().namespace()).values().stream()
                .filter(budget -> matches(budget, pod))
                .toList();
    }

    private static List<PodView> pods(BudgetView budget, State state) {
        return Views.pods(state.indexes().protectedBy(budget, () -> {
            Map<String, ObjectVersion> found = new HashMap<>();
            String prefix = Kinds.POD.keyPrefix() + budget.ref().key().namespace() + "/";
            for (Entry<ObjectVersion> each : state.prefixed(prefix)) {
                if (matches(budget, each.value())) {
                    found.put(each.key(), each.value());
                }
            }
            return found;
        }));
    }
}
