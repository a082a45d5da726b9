package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.control.Change;
import dev.jobctl.control.Decision;
import dev.jobctl.control.quota.QuotaAccount;
import dev.jobctl.control.quota.QuotaAdmission;
import dev.jobctl.control.quota.QuotaCharge;
import dev.jobctl.control.quota.QuotaController;
import dev.jobctl.control.quota.QuotaUsage;
import dev.jobctl.resource.view.PodClaim;
import dev.jobctl.resource.view.QuotaView;
import dev.jobctl.resource.view.ServiceClaim;
import dev.jobctl.resource.view.StorageClaim;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ScopeSelectorBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays a row about quotas.
///
/// `quota q pods=2 requests.cpu=1 scopes=BestEffort class=In:high,low`; `pod a cpu=500m/1 memory=1Gi phase=Failed
/// deadline=true class=high overdue=30s side=true farFrom=NAMESPACE` (request/limit of each container; a second one
/// that asks for nothing; `whole.cpu=1/2` for the pod as a whole); `object jobs.batch`. `create pod ...` and `create
/// jobs.batch` weigh one more and add it when it fits; then
/// `fits` or `refused TEXT`. `object` and `create` take `services type=NodePort ports=30000,` (a word for each port,
/// which
/// may be empty; `allocate=false`) and `persistentvolumeclaims storage=1Gi storageClass=gold`; what has a `name=a`
/// becomes another with `change a services ...`. `pass 31s`, `gone a`, `status q pods=1/2 ...`, `wake 30s` and `quiet`.
final class QuotaRows {
    private final Map<String, QuotaView> quotas = new LinkedHashMap<>();
    private final Map<String, QuotaCharge> charges = new LinkedHashMap<>();
    private Instant now = Clock.START;
    private @Nullable String refusal;
    private Decision decision = Decision.quiet();

    static void play(RuleRow row) {
        QuotaRows player = new QuotaRows();
        for (Line line : row.lines()) {
            player.play(line);
        }
    }

    private void play(Line line) {
        String where = "line " + line.number();
        String first = line.words().isEmpty() ? "" : line.words().getFirst();
        switch (line.verb()) {
            case "quota" -> quotas.put(first, quota(first, line.values()));
            case "pod" -> charges.put(first, pod(line.values()));
            case "object" ->
                charges.put(line.values().getOrDefault("name", first + charges.size()), charge(first, line.values()));
            case "create" -> create(line);
            case "change" -> change(first, charge(line.words().get(1), line.values()));
            case "fits" -> assertThat(refusal).as(where).isNull();
            case "refused" -> assertThat(refusal).as(where).isEqualTo(line.text());
            case "pass" -> now = now.plus(seconds(first));
            case "gone" -> charges.remove(first);
            case "status" -> {
                decide(first);
                assertThat(status()).as(where).isEqualTo(line.text().substring(first.length() + 1));
            }
            case "wake" ->
                assertThat(decision.wakeAt())
                        .as(where)
                        .isEqualTo(now.plus(seconds(first)).plusMillis(1));
            case "quiet" -> {
                decide(first);
                assertThat(decision.isQuiet()).as(where).isTrue();
            }
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }

    private void create(Line line) {
        QuotaCharge charge = charge(line.words().getFirst(), line.values());
        refusal = QuotaAdmission.refusal(usages(), charge);
        if (refusal == null) {
            charges.put("created" + charges.size(), charge);
        }
    }

    private void change(String name, QuotaCharge charge) {
        refusal = QuotaAdmission.refusal(usages(), charge, Objects.requireNonNull(charges.get(name)));
        if (refusal == null) {
            charges.put(name, charge);
        }
    }

    private List<QuotaUsage> usages() {
        return quotas.values().stream()
                .map(each -> account(each).usage(each, now))
                .toList();
    }

    private static QuotaCharge charge(String what, Map<String, String> values) {
        return switch (what) {
            case "pod" -> pod(values);
            case "services" -> service(values);
            case "persistentvolumeclaims" -> claim(values);
            default -> QuotaCharge.ofObject(what);
        };
    }

    private static QuotaCharge service(Map<String, String> values) {
        List<ServicePort> ports = new ArrayList<>();
        for (String port : values.getOrDefault("ports", "").split(",", -1)) {
            ports.add(new ServicePortBuilder()
                    .withPort(80)
                    .withNodePort(port.isEmpty() ? null : Integer.valueOf(port))
                    .build());
        }
        return QuotaCharge.ofService(ServiceClaim.of(new ServiceBuilder()
                .withNewSpec()
                .withType(values.get("type"))
                .withAllocateLoadBalancerNodePorts(values.containsKey("allocate") ? false : null)
                .withPorts(ports)
                .endSpec()
                .build()));
    }

    private static QuotaCharge claim(Map<String, String> values) {
        return QuotaCharge.ofStorage(StorageClaim.of(new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(values.get("storageClass"))
                .withNewResources()
                .addToRequests("storage", Quantity.parse(values.getOrDefault("storage", "0")))
                .endResources()
                .endSpec()
                .build()));
    }

    /// Built by coming and going, so that sums and counting anew must agree.
    private QuotaAccount account(QuotaView quota) {
        QuotaAccount account = new QuotaAccount(quota);
        charges.forEach(account::add);
        charges.forEach(account::remove);
        charges.forEach(account::add);
        return account;
    }

    private void decide(String name) {
        QuotaView quota = Objects.requireNonNull(quotas.get(name));
        QuotaAccount account = account(quota);
        decision = QuotaController.decide(account.usage(quota, now), account.nextChange(now));
        for (Change change : decision.changes()) {
            Change.SetQuotaStatus set = (Change.SetQuotaStatus) change;
            quotas.put(
                    name,
                    new QuotaView(quota.ref(), quota.hard(), quota.hardText(), quota.scopes(), set.hard(), set.used()));
        }
    }

    private String status() {
        return decision.changes().stream()
                .map(Change.SetQuotaStatus.class::cast)
                .flatMap(set -> set.hard().keySet().stream()
                        .sorted()
                        .map(name -> name + "=" + set.used().get(name) + "/"
                                + set.hard().get(name)))
                .collect(Collectors.joining(" "));
    }

    private static QuotaView quota(String name, Map<String, String> values) {
        ResourceQuota quota = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withUid("uid-" + name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        values.forEach((key, value) -> {
            switch (key) {
                case "scopes" -> quota.getSpec().setScopes(List.of(value.split(",", -1)));
                case "class" -> {
                    String[] parts = value.split(":", -1);
                    List<String> names = parts.length > 1 ? List.of(parts[1].split(",", -1)) : List.of();
                    quota.getSpec()
                            .setScopeSelector(new ScopeSelectorBuilder()
                                    .addNewMatchExpression()
                                    .withScopeName("PriorityClass")
                                    .withOperator(parts[0])
                                    .withValues(names)
                                    .endMatchExpression()
                                    .build());
                }
                default -> quota.getSpec().getHard().put(key, Quantity.parse(value));
            }
        });
        return QuotaView.of(quota);
    }

    private static QuotaCharge pod(Map<String, String> values) {
        ResourceRequirements resources = resources(values, "");
        ResourceRequirements whole = resources(values, "whole.");
        List<Container> containers = new ArrayList<>();
        containers.add(container("main", resources));
        if (values.containsKey("side")) {
            containers.add(container("side", new ResourceRequirements()));
        }
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewSpec()
                .withContainers(containers)
                .withResources(
                        whole.getRequests().isEmpty() && whole.getLimits().isEmpty() ? null : whole)
                .withPriorityClassName(values.get("class"))
                .withActiveDeadlineSeconds(values.containsKey("deadline") ? 60L : null)
                .endSpec()
                .withNewStatus()
                .withPhase(values.getOrDefault("phase", "Pending"))
                .endStatus()
                .build();
        @Nullable String far = values.get("farFrom");
        if (far != null) {
            var term = new PodAffinityTermBuilder().withNamespaces(far.equals("own") ? List.of() : List.of(far));
            pod.getSpec()
                    .setAffinity(new AffinityBuilder()
                            .withNewPodAntiAffinity()
                            .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                            .withPodAffinityTerm(term.build())
                            .endPreferredDuringSchedulingIgnoredDuringExecution()
                            .endPodAntiAffinity()
                            .build());
        }
        @Nullable String overdue = values.get("overdue");
        if (overdue != null) {
            pod.getMetadata().setDeletionTimestamp(Clock.START.toString());
            pod.getMetadata().setDeletionGracePeriodSeconds(seconds(overdue).toSeconds());
        }
        return QuotaCharge.ofPod(PodClaim.of(pod));
    }

    private static ResourceRequirements resources(Map<String, String> values, String prefix) {
        ResourceRequirements resources = new ResourceRequirements();
        Map<String, Quantity> requests = new LinkedHashMap<>();
        Map<String, Quantity> limits = new LinkedHashMap<>();
        for (String name : List.of("cpu", "memory", "ephemeral-storage", "example.com/gpu")) {
            @Nullable String text = values.get(prefix + name);
            if (text != null) {
                String[] parts = text.split("/", -1);
                if (!parts[0].isEmpty()) {
                    requests.put(name, Quantity.parse(parts[0]));
                }
                if (parts.length > 1) {
                    limits.put(name, Quantity.parse(parts[1]));
                }
            }
        }
        resources.setRequests(requests);
        resources.setLimits(limits);
        return resources;
    }

    private static Container container(String name, ResourceRequirements resources) {
        Container container = new Container();
        container.setName(name);
        container.setResources(resources);
        return container;
    }
}
