package dev.jobctl.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.resource.value.Deletion.Propagation;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.ObjectVersion;
import dev.jobctl.resource.value.Outcome;
import dev.jobctl.resource.value.Quantities;
import dev.jobctl.resource.value.Write;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Jobs whose namespace bounds them: quotas, limit ranges and priority classes, through the whole loop.
class QuotaLifeTest {
    private final VirtualPlane plane = new VirtualPlane();

    private void quota(String name, Map<String, String> hard) {
        Map<String, Quantity> amounts = new LinkedHashMap<>();
        hard.forEach((resource, amount) -> amounts.put(resource, Quantity.parse(amount)));
        ResourceQuota quota = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withHard(amounts)
                .endSpec()
                .build();
        plane.create(Kinds.RESOURCE_QUOTA, quota);
    }

    /// `pods 2/3, requests.cpu 0/1` as the status tells.
    private String used(String quota) {
        ResourceQuota found =
                (ResourceQuota) plane.version(Kinds.RESOURCE_QUOTA, quota).object();
        return new TreeMap<>(found.getStatus().getHard())
                .entrySet().stream()
                        .map(each -> each.getKey() + " "
                                + Quantities.text(
                                        found.getStatus().getUsed().getOrDefault(each.getKey(), new Quantity("?")))
                                + "/"
                                + Quantities.text(each.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static JobBuilder job(String name, int parallelism) {
        return VirtualPlane.job(name)
                .editSpec()
                .withParallelism(parallelism)
                .withCompletions(parallelism)
                .endSpec();
    }

    private List<String> failures(String job) {
        return plane.events(job).stream()
                .filter(event -> event.startsWith("FailedCreate"))
                .map(event -> event.replaceAll("pi-[a-z0-9]{5}", "pi-xxxxx"))
                .toList();
    }

    @Test
    void aJobOverQuotaSaysSoRetriesWithBackoffAndRecoversWhenPodsEnd() {
        quota("q", Map.of("pods", "2"));
        plane.create(job("pi", 5).build());

        assertThat(plane.active()).hasSize(2);
        assertThat(used("q")).isEqualTo("pods 2/2");
        assertThat(failures("pi"))
                .first()
                .asString()
                .startsWith(
                        "FailedCreate: Error creating: pods \"pi-xxxxx\" is forbidden: exceeded quota: q, requested:"
                                + " pods=1, used: pods=2, limited: pods=2 x1");
        assertThat(plane.stored("pi").getStatus().getFailed())
                .as("no failure counted")
                .isNull();

        int before = failures("pi").size();
        plane.pass(Duration.ofSeconds(1));
        assertThat(failures("pi")).as("tried again after a second").hasSizeGreaterThan(before);
        assertThat(plane.active()).hasSize(2);

        plane.ends(plane.active().getFirst(), 0);
        assertThat(plane.active()).as("at once, in the room that was freed").hasSize(2);
        while (!plane.active().isEmpty()) {
            assertThat(plane.active().size()).isLessThanOrEqualTo(2);
            plane.ends(plane.active().getFirst(), 0);
        }
        assertThat(plane.conditions("pi")).contains("Complete=True(CompletionsReached)");
        assertThat(used("q")).isEqualTo("pods 0/2");
    }

    @Test
    void afterAFailureTheRestOfTheBatchIsTriedAndNothingMore() {
        quota("q", Map.of("pods", "1"));
        plane.create(job("pi", 20).build());
        // Batches of 1, 2, 4 ...: the first pod fits, both of the second batch are refused, then no more.
        assertThat(failures("pi")).hasSize(2);
        assertThat(plane.active()).hasSize(1);
    }

    @Test
    void aLargerQuotaIsUsedAtOnce() {
        quota("q", Map.of("pods", "1"));
        plane.create(job("pi", 3).build());
        assertThat(plane.active()).hasSize(1);

        ObjectVersion version = plane.version(Kinds.RESOURCE_QUOTA, "q");
        ResourceQuota larger = new ResourceQuotaBuilder((ResourceQuota) version.object())
                .editSpec()
                .addToHard("pods", new Quantity("10"))
                .endSpec()
                .build();
        plane.submit(new Write.Update(version.key(), version.revision(), larger));
        assertThat(plane.active()).hasSize(3);
        assertThat(used("q")).isEqualTo("pods 3/10");
    }

    @Test
    void aDeletedQuotaBoundsNobody() {
        quota("q", Map.of("pods", "0"));
        plane.create(job("pi", 3).build());
        assertThat(plane.active()).isEmpty();
        plane.delete(Kinds.RESOURCE_QUOTA, "q", Propagation.Background);
        assertThat(plane.active()).hasSize(3);
    }

    @Test
    void jobsThemselvesAreCounted() {
        quota("q", Map.of("count/jobs.batch", "1"));
        plane.create(job("pi", 1).build());
        Outcome second = plane.create(job("e", 1).build());
        assertThat(second).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.status().getMessage())
                    .isEqualTo("jobs.batch \"e\" is forbidden: exceeded quota: q, requested: count/jobs.batch=1,"
                            + " used: count/jobs.batch=1, limited: count/jobs.batch=1");
            assertThat(refused.status().getCode()).isEqualTo(403);
        });
        assertThat(used("q")).isEqualTo("count/jobs.batch 1/1");
        plane.delete(Kinds.JOB, "pi", Propagation.Background);
        assertThat(used("q")).isEqualTo("count/jobs.batch 0/1");
    }

    @Test
    void manyCreationsOfOneRoundNeverGetOverTheQuota() {
        quota("q", Map.of("count/configmaps", "3"));
        var answers = java.util.stream.IntStream.range(0, 10)
                .mapToObj(i -> plane.loop()
                        .submit(plane.toCreate(
                                Kinds.CONFIG_MAP,
                                new io.fabric8.kubernetes.api.model.ConfigMapBuilder()
                                        .withNewMetadata()
                                        .withName("c" + i)
                                        .withNamespace("default")
                                        .endMetadata()
                                        .build())))
                .toList();
        plane.settle();
        assertThat(answers.stream().filter(answer -> answer.join() instanceof Outcome.Stored))
                .hasSize(3);
        assertThat(used("q")).isEqualTo("count/configmaps 3/3");
    }

    @Test
    void aRoundThatCouldNotBeStoredTakesNothingOfTheQuota() {
        quota("q", Map.of("count/jobs.batch", "2"));
        plane.store().refuse(1);
        var lost = plane.loop().submit(plane.toCreate(Kinds.JOB, job("a", 1).build()));
        plane.loop().step(512);
        assertThat(lost).isCompletedExceptionally();
        plane.complaints();
        plane.create(job("b", 1).build());
        plane.create(job("c", 1).build());
        assertThat(used("q")).isEqualTo("count/jobs.batch 2/2");
    }

    @Test
    void aLimitRangeFillsInWhatContainersDoNotSay() {
        plane.create(Kinds.LIMIT_RANGE, limits("100m", "500m", "2"));
        plane.create(job("pi", 1).build());
        Pod pod = plane.pods().getFirst();
        var resources = pod.getSpec().getContainers().getFirst().getResources();
        assertThat(resources.getRequests()).containsEntry("cpu", new Quantity("500", "m"));
        assertThat(resources.getLimits()).containsEntry("cpu", new Quantity("500", "m"));
        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry(
                        "kubernetes.io/limit-ranger",
                        "LimitRanger plugin set: cpu request for container main; cpu limit for container main");
        assertThat(pod.getStatus().getQosClass()).isEqualTo("Burstable");
    }

    @Test
    void aLimitRangeRefusesPodsOutOfBoundsUntilItGoes() {
        plane.create(Kinds.LIMIT_RANGE, limits("100m", "500m", "2"));
        Job small = job("pi", 1)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToRequests("cpu", new Quantity("50m"))
                .endResources()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        plane.create(small);
        assertThat(plane.active()).isEmpty();
        assertThat(failures("pi"))
                .first()
                .asString()
                .isEqualTo(
                        "FailedCreate: Error creating: pods \"pi-xxxxx\" is forbidden: minimum cpu usage per Container"
                                + " is 100m, but request is 50m x1");
        plane.delete(Kinds.LIMIT_RANGE, "limits", Propagation.Background);
        assertThat(plane.active()).hasSize(1);
    }

    private static LimitRange limits(String min, String usual, String max) {
        return new LimitRangeBuilder()
                .withNewMetadata()
                .withName("limits")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToMin("cpu", new Quantity(min))
                .addToDefault("cpu", new Quantity(usual))
                .addToMax("cpu", new Quantity(max))
                .endLimit()
                .endSpec()
                .build();
    }

    @Test
    void anUnknownPriorityClassIsAwaited() {
        plane.create(job("pi", 1)
                .editSpec()
                .editTemplate()
                .editSpec()
                .withPriorityClassName("high")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        assertThat(plane.active()).isEmpty();
        assertThat(failures("pi"))
                .first()
                .asString()
                .isEqualTo(
                        "FailedCreate: Error creating: pods \"pi-\" is forbidden: no PriorityClass with name high was"
                                + " found x1");
        plane.create(
                Kinds.PRIORITY_CLASS,
                new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName("high")
                        .endMetadata()
                        .withValue(1000)
                        .withPreemptionPolicy("Never")
                        .build());
        Pod pod = plane.active().getFirst();
        assertThat(pod.getSpec().getPriority()).isEqualTo(1000);
        assertThat(pod.getSpec().getPreemptionPolicy()).isEqualTo("Never");
    }

    /// A Job whose pod is always refused: there is no such PriorityClass.
    private static Job hopeless() {
        return job("pi", 1)
                .editSpec()
                .editTemplate()
                .editSpec()
                .withPriorityClassName("high")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /// Found by reading: every end of a pod in the namespace made it fail once more, and wait longer.
    @Test
    void whatDoesNotHelpARefusedPodDoesNotAskItsJobAgain() {
        plane.create(hopeless());
        plane.create(job("other", 3).build());
        List<String> before = failures("pi");
        while (!plane.active().isEmpty()) {
            plane.ends(plane.active().getFirst(), 0);
        }
        plane.create(
                Kinds.PRIORITY_CLASS,
                new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName("low")
                        .endMetadata()
                        .withValue(1)
                        .build());
        assertThat(failures("pi")).isEqualTo(before);
    }

    @Test
    void aTrialOfACreationMeetsTheQuotaAndStoresNothing() {
        quota("q", Map.of("count/jobs.batch", "1"));
        Write.Create create =
                (Write.Create) plane.toCreate(Kinds.JOB, job("pi", 1).build());
        Write.TryCreate trial = new Write.TryCreate(create.key(), create.object());

        assertThat(plane.submit(trial)).isInstanceOf(Outcome.Stored.class);
        assertThat(plane.find(Kinds.JOB, "pi")).isNull();
        plane.create(job("first", 1).build());
        assertThat(plane.submit(trial))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.status().getMessage())
                                .contains("exceeded quota: q, requested: count/jobs.batch=1"));
    }

    @Test
    void aJobIsNotHeldForAnOlderOneOfItsName() {
        plane.create(hopeless());
        plane.pass(Duration.ofMinutes(5));
        plane.delete(Kinds.JOB, "pi", Propagation.Background);
        plane.create(job("pi", 1).build());
        assertThat(plane.active()).as("at once").hasSize(1);
    }

    /// Rule PRI-005.
    @Test
    void theGlobalDefaultIsTheClassOfPodsWithoutOne() {
        plane.create(Kinds.PRIORITY_CLASS, globalDefault("usual", 7));
        plane.create(job("pi", 1).build());
        assertThat(plane.active().getFirst().getSpec().getPriorityClassName()).isEqualTo("usual");
        assertThat(plane.active().getFirst().getSpec().getPriority()).isEqualTo(7);

        assertThat(plane.create(Kinds.PRIORITY_CLASS, globalDefault("other", 8)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.status().getMessage())
                                .isEqualTo(
                                        "priorityclasses.scheduling.k8s.io \"other\" is forbidden: PriorityClass usual"
                                                + " is already marked as default. Only one default can exist"));
    }

    private static io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass globalDefault(String name, int value) {
        return new PriorityClassBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withValue(value)
                .withGlobalDefault(true)
                .build();
    }

    @Test
    void aRestartedPlaneCountsWhatIsThere() {
        quota("q", Map.of("pods", "2"));
        plane.create(job("pi", 5).build());
        plane.recover();
        assertThat(plane.active()).hasSize(2);
        plane.ends(plane.active().getFirst(), 0);
        assertThat(plane.active()).hasSize(2);
        assertThat(used("q")).isEqualTo("pods 2/2");
    }
}
