package dev.jobctl.control.schedule;

import dev.jobctl.resource.view.AffinityTerm;
import dev.jobctl.resource.view.PodPlacing;
import dev.jobctl.resource.view.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one pod's wishes about other pods, and other pods' wishes about it, say of each node at one moment.
final class Company {
    private static final String SPREAD = "node(s) didn't match pod topology spread constraints";

    private final PodView pod;
    private final List<Check> near = new ArrayList<>();
    private final boolean firstOfItsKind;
    private final List<Check> far = new ArrayList<>();
    private final List<Check> unwelcome = new ArrayList<>();
    private final List<SpreadCheck> spreads = new ArrayList<>();

    /// Counts by the values of one node label.
    private record Check(String topologyKey, Map<String, Integer> counts) {
        int at(NodeRoom room) {
            @Nullable String value = room.label(topologyKey);
            return value == null ? 0 : counts.getOrDefault(value, 0);
        }
    }

    private record SpreadCheck(PodPlacing.Spread rule, Check check, int least, int self) {}

    /// @param placing what it wishes, filled in
    Company(PodView pod, PodPlacing placing, List<NodeRoom> rooms, Tallies tallies) {
        this.pod = pod;
        boolean anybody = false;
        if (!placing.near().isEmpty()) {
            int[] found = tallies.of(new Tallies.Kind(placing.near(), false));
            for (AffinityTerm term : placing.near()) {
                Check check = new Check(term.topologyKey(), tallies.byValue(term.topologyKey(), found));
                anybody |= !check.counts().isEmpty();
                near.add(check);
            }
        }
        firstOfItsKind = !anybody && placing.near().stream().allMatch(term -> term.matches(pod));
        for (AffinityTerm term : placing.far()) {
            int[] found = tallies.of(new Tallies.Kind(List.of(term), false));
            far.add(new Check(term.topologyKey(), tallies.byValue(term.topologyKey(), found)));
        }
        tallies.shy().forEach((term, found) -> {
            if (term.matches(pod)) {
                unwelcome.add(new Check(term.topologyKey(), tallies.byValue(term.topologyKey(), found)));
            }
        });
        addSpreads(placing, rooms, tallies);
    }

    private void addSpreads(PodPlacing placing, List<NodeRoom> rooms, Tallies tallies) {
        List<PodPlacing.Spread> hard =
                placing.spreads().stream().filter(PodPlacing.Spread::hard).toList();
        for (PodPlacing.Spread rule : hard) {
            int[] found = tallies.of(new Tallies.Kind(List.of(rule.pods()), true));
            Map<String, Integer> domains = new HashMap<>();
            for (NodeRoom room : rooms) {
                @Nullable String value = room.label(rule.pods().topologyKey());
                if (value != null && counts(rule, room, hard)) {
                    domains.merge(value, found[room.index()], Integer::sum);
                }
            }
            int least = domains.size() < rule.minDomains()
                    ? 0
                    : domains.values().stream().min(Integer::compare).orElse(0);
            int self = rule.pods().matches(pod) ? 1 : 0;
            spreads.add(new SpreadCheck(rule, new Check(rule.pods().topologyKey(), domains), least, self));
        }
    }

    /// Whether a node's pods count: it has the labels of all constraints and the pod could go there at all.
    private boolean counts(PodPlacing.Spread rule, NodeRoom room, List<PodPlacing.Spread> all) {
        for (PodPlacing.Spread each : all) {
            if (room.label(each.pods().topologyKey()) == null) {
                return false;
            }
        }
        return (!rule.byAffinity() || room.selected(pod.needs()))
                && (!rule.byTaints() || room.untolerated(pod.needs()) == null);
    }

    /// Null: nothing speaks against this node. The order is that of the scheduler's filters.
    @Nullable
    Verdict refusal(NodeRoom room) {
        @Nullable Verdict uneven = uneven(room);
        return uneven == null ? company(room) : uneven;
    }

    /// Rule SCH-010: with this pod a domain may have at most maxSkew more than the emptiest one.
    private @Nullable Verdict uneven(NodeRoom room) {
        for (SpreadCheck each : spreads) {
            if (room.label(each.check().topologyKey()) == null) {
                return Verdict.never(SPREAD + " (missing required label)");
            }
            int skew = each.check().at(room) + each.self() - each.least();
            if (skew > each.rule().maxSkew()) {
                return Verdict.fornow(SPREAD);
            }
        }
        return null;
    }

    /// Rule SCH-011: near to all it wants, where the first of a kind that wants only its own kind may go anywhere that
    /// has the labels. Rule SCH-012: far from all it shuns, and from all that shun it.
    private @Nullable Verdict company(NodeRoom room) {
        boolean missed = false;
        for (Check each : near) {
            if (room.label(each.topologyKey()) == null) {
                return Verdict.never("node(s) didn't match pod affinity rules");
            }
            missed |= each.at(room) <= 0;
        }
        if (missed && !firstOfItsKind) {
            return Verdict.never("node(s) didn't match pod affinity rules");
        }
        for (Check each : far) {
            if (each.at(room) > 0) {
                return Verdict.fornow("node(s) didn't match pod anti-affinity rules");
            }
        }
        for (Check each : unwelcome) {
            if (each.at(room) > 0) {
                return Verdict.fornow("node(s) didn't satisfy existing pods anti-affinity rules");
            }
        }
        return null;
    }
}
