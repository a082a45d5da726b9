package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Deletion;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetLifeTest {
    private final VirtualPlane plane = new VirtualPlane();

    private void job(int parallelism) {
        plane.create(VirtualPlane.job("pi")
                .editSpec()
                .withParallelism(parallelism)
                .withCompletions(parallelism)
                .endSpec()
                .build());
    }

    private static PodDisruptionBudgetBuilder budget(String name) {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Map.of("job-name", "pi"))
                .endSelector()
                .endSpec();
    }

    private void keeping(int pods) {
        plane.create(
                Kinds.POD_DISRUPTION_BUDGET,
                budget("few")
                        .editSpec()
                        .withMinAvailable(new IntOrString(pods))
                        .endSpec()
                        .build());
    }

    private Outcome evict(Pod pod) {
        return plane.submit(new Write.Evict(
                plane.key(Kinds.POD, pod.getMetadata().getName()),
                Deletion.gentle(pod.getMetadata().getUid())));
    }

    private String status() {
        var status = stored().getStatus();
        return status.getDisruptionsAllowed() + " allowed, " + status.getCurrentHealthy() + " of "
                + status.getDesiredHealthy() + " healthy, " + status.getExpectedPods() + " expected, "
                + status.getConditions().getFirst().getReason();
    }

    /// Rule PDB-001.
    @Test
    void theStatusTellsHowManyPodsMayGo() {
        keeping(2);
        assertThat(status()).isEqualTo("0 allowed, 0 of 2 healthy, 0 expected, InsufficientPods");
        job(3);
        assertThat(status()).isEqualTo("1 allowed, 3 of 2 healthy, 3 expected, SufficientPods");
        plane.ends(plane.active().getFirst(), 0);
        assertThat(status()).isEqualTo("0 allowed, 2 of 2 healthy, 3 expected, InsufficientPods");
        assertThat(plane.events("few")).first().asString().startsWith("NoPods: No matching pods found");
    }

    @Test
    void theStatusTellsOfWhichGenerationItIs() {
        keeping(2);
        assertThat(stored().getMetadata().getGeneration()).isEqualTo(1);
        assertThat(stored().getStatus().getObservedGeneration()).isEqualTo(1);
        PodDisruptionBudget next =
                stored().edit().editMetadata().withGeneration(2L).endMetadata().build();
        long revision = plane.version(Kinds.POD_DISRUPTION_BUDGET, "few").revision();
        plane.submit(new Write.Update(plane.key(Kinds.POD_DISRUPTION_BUDGET, "few"), revision, next));
        assertThat(stored().getStatus().getObservedGeneration()).isEqualTo(2);
    }

    private PodDisruptionBudget stored() {
        return (PodDisruptionBudget)
                plane.version(Kinds.POD_DISRUPTION_BUDGET, "few").object();
    }

    /// Rule PDB-001: a Job does not say how many pods it wants to have.
    @Test
    void underAShareNoPodOfAJobMayGo() {
        plane.create(
                Kinds.POD_DISRUPTION_BUDGET,
                budget("few")
                        .editSpec()
                        .withMaxUnavailable(new IntOrString("50%"))
                        .endSpec()
                        .build());
        job(4);

        assertThat(status()).isEqualTo("0 allowed, 0 of 0 healthy, 0 expected, SyncFailed");
        assertThat(plane.events("few"))
                .anyMatch(event -> event.startsWith("CalculateExpectedPodCountFailed: Failed to calculate the number of"
                        + " expected pods: jobs.batch does not implement the scale subresource"));
        assertThat(evict(plane.active().getFirst()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.status().getDetails().getRetryAfterSeconds())
                                .as("observed while there were no pods")
                                .isNull());
    }

    /// Rule PDB-004.
    @Test
    void aShareThatCouldNeverBeReckonedIsBeingProcessedStill() {
        job(2);
        plane.create(
                Kinds.POD_DISRUPTION_BUDGET,
                budget("few")
                        .editSpec()
                        .withMinAvailable(new IntOrString("50%"))
                        .endSpec()
                        .build());
        assertThat(stored().getStatus().getObservedGeneration()).isEqualTo(0);
        assertThat(evict(plane.active().getFirst())).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.status().getCode()).isEqualTo(429);
            assertThat(refused.status().getDetails().getRetryAfterSeconds()).isEqualTo(10);
            assertThat(refused.status().getDetails().getCauses().getFirst().getMessage())
                    .isEqualTo("The disruption budget few is still being processed by the server.");
        });
    }

    /// Rule PDB-001.
    @Test
    void podsOnTheirOwnUnderAShareAreTold() {
        plane.create(
                Kinds.POD_DISRUPTION_BUDGET,
                budget("few")
                        .editSpec()
                        .withMaxUnavailable(new IntOrString(1))
                        .editSelector()
                        .addNewMatchExpression()
                        .withKey("app")
                        .withOperator("In")
                        .withValues("a", "b")
                        .endMatchExpression()
                        .endSelector()
                        .endSpec()
                        .build());
        plane.create(
                Kinds.POD,
                new PodBuilder()
                        .withNewMetadata()
                        .withName("own")
                        .withNamespace("default")
                        .withLabels(Map.of("job-name", "pi", "app", "a"))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("busybox")
                        .endContainer()
                        .endSpec()
                        .build());
        plane.settle();
        assertThat(plane.events("few"))
                .anyMatch(
                        event -> event.startsWith("UnmanagedPods: Pods selected by this PodDisruptionBudget (selector:"
                            + " &LabelSelector{MatchLabels:map[string]string{job-name:"
                            + " pi,},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:app,Operator:In,Values:[a"
                            + " b],},},}) were found to be unmanaged."));
    }

    /// Rule PDB-002.
    @Test
    void aPodIsEvictedAsLongAsEnoughAreLeft() {
        keeping(2);
        job(3);

        assertThat(evict(plane.active().getFirst())).isNotInstanceOf(Outcome.Refused.class);
        assertThat(evict(plane.active().getFirst())).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.status().getCode()).isEqualTo(429);
            assertThat(refused.status().getMessage())
                    .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
            assertThat(refused.status().getDetails().getCauses().getFirst().getMessage())
                    .isEqualTo("The disruption budget few needs 2 healthy pods and has 2 currently");
        });
    }

    /// Rule PDB-002.
    @Test
    void whoOnlyTriesIsToldTheSameAndNothingHappens() {
        keeping(2);
        job(3);
        Pod pod = plane.active().getFirst();
        Write trial = new Write.TryEvict(
                plane.key(Kinds.POD, pod.getMetadata().getName()),
                Deletion.gentle(pod.getMetadata().getUid()));

        assertThat(plane.submit(trial)).isInstanceOf(Outcome.Removed.class);
        assertThat(plane.active()).hasSize(3);
        assertThat(evict(plane.active().getLast())).isNotInstanceOf(Outcome.Refused.class);
        assertThat(plane.submit(trial)).isInstanceOf(Outcome.Refused.class);
    }

    /// Rule PDB-001: whom it protects is found anew where its selector or a pod's labels change.
    @Test
    void anotherSelectorProtectsOtherPods() {
        keeping(2);
        job(3);
        var budget = (PodDisruptionBudget)
                plane.version(Kinds.POD_DISRUPTION_BUDGET, "few").object();
        PodDisruptionBudget other = new PodDisruptionBudgetBuilder(budget)
                .editSpec()
                .withNewSelector()
                .withMatchLabels(Map.of("job-name", "none"))
                .endSelector()
                .endSpec()
                .build();
        plane.submit(new Write.Update(
                plane.key(Kinds.POD_DISRUPTION_BUDGET, "few"),
                plane.version(Kinds.POD_DISRUPTION_BUDGET, "few").revision(),
                other));
        assertThat(status()).isEqualTo("0 allowed, 0 of 2 healthy, 0 expected, InsufficientPods");
    }

    /// Rule PDB-002: under two budgets nobody knows which counts.
    @Test
    void aPodWithTwoBudgetsIsNotEvicted() {
        keeping(0);
        plane.create(Kinds.POD_DISRUPTION_BUDGET, budget("other").build());
        job(1);

        assertThat(evict(plane.active().getFirst()))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.status().getMessage())
                                .startsWith("This pod has more than one PodDisruptionBudget"));
    }

    /// Rule PDB-005: once for each change of the pod. One that only one of them protects is told nothing of.
    @Test
    void ofAPodWithTwoBudgetsAnEventTells() {
        keeping(0);
        plane.create(Kinds.POD_DISRUPTION_BUDGET, budget("other").build());
        plane.create(
                Kinds.POD_DISRUPTION_BUDGET,
                budget("web")
                        .editSpec()
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", "web"))
                        .endSelector()
                        .endSpec()
                        .build());
        job(1);
        String name = plane.active().getFirst().getMetadata().getName();
        List<String> before = told(name);
        assertThat(before)
                .singleElement()
                .asString()
                .startsWith("MultiplePodDisruptionBudgets: Pod \"default\"/\"" + name
                        + "\" matches multiple PodDisruptionBudgets.  Chose \"few\" arbitrarily. x");
        plane.pass(Duration.ofMinutes(10));
        assertThat(told(name)).isEqualTo(before);
        plane.delete(Kinds.POD_DISRUPTION_BUDGET, "other", null);
        plane.ends(plane.active().getFirst(), 0);
        assertThat(told(name)).isEqualTo(before);
    }

    private List<String> told(String pod) {
        return plane.events(pod).stream()
                .filter(event -> event.startsWith("MultiplePod"))
                .toList();
    }

    /// Rule PDB-002: what has ended is nobody's to protect.
    @Test
    void aPodThatHasEndedGoesPastItsBudget() {
        keeping(1);
        job(1);
        Pod pod = plane.active().getFirst();
        plane.ends(pod, 0);

        assertThat(evict(pod)).isInstanceOf(Outcome.Removed.class);
    }

    /// Rule PDB-003.
    @Test
    void aPodThatIsNotReadyGoesWhereEnoughOthersAre() {
        plane.node().plan(_ -> null);
        keeping(1);
        job(2);
        Pod pod = plane.active().getFirst();
        plane.node().silence("local");
        var status = dev.jobctl.resource.value.Json.copy(pod).getStatus();
        status.getConditions().getFirst().setStatus("False");
        plane.submit(new Write.ReportPod(
                plane.version(Kinds.POD, pod.getMetadata().getName()).ref(), status));
        assertThat(status()).isEqualTo("0 allowed, 1 of 1 healthy, 2 expected, InsufficientPods");

        assertThat(evict(plane.active().getFirst())).isNotInstanceOf(Outcome.Refused.class);
    }
}
