package dev.jobctl.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.conformance.RuleRow.Line;
import dev.jobctl.resource.defaults.AccountVolume;
import dev.jobctl.resource.defaults.Defaults;
import dev.jobctl.resource.defaults.LimitRanging;
import dev.jobctl.resource.defaults.PodAdmission;
import dev.jobctl.resource.defaults.PodRules;
import dev.jobctl.resource.validation.Validation;
import dev.jobctl.resource.value.FieldError;
import dev.jobctl.resource.value.Kinds;
import dev.jobctl.resource.value.Quantities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays a row about what LimitRanges, PriorityClasses and ServiceAccounts do to a new pod.
///
/// `limits Container min.cpu=100m max.cpu=2 default.cpu=1 request.cpu=500m ratio.cpu=2`, `class high 1000 policy=Never
/// default=true`; `admit main:cpu=50m/1 init:memory=1Gi class=high priority=7 policy=Never`, where `name:` begins a
/// container and `init` is an init container, and `whole=cpu=1/2` is what the pod says as a whole. Then `resources main
/// cpu=500m/1 ...`, `whole request cpu=1 limit cpu=2`, `qos Burstable`, `note TEXT`, `priority 1000 Never
/// high`, `allowed`, `refused TEXT`, `refused-unnamed TEXT`. `says default cpu=1 request cpu=1` for the defaulted
/// LimitRange; `claim storage=1Gi` weighs a PersistentVolumeClaim; `change high 2000` and `wrong TEXT` for validation.
/// `account bob automount=false`, `admit main:
/// account=bob automount=true` and `mounted init main` for the volume of the service account.
final class AdmissionRows {
    private final List<LimitRange> limits = new ArrayList<>();
    private final List<PriorityClass> classes = new ArrayList<>();
    private final Map<String, Boolean> accounts = new LinkedHashMap<>();
    private Pod pod = new Pod();
    private PodRules.@Nullable Refusal refusal;
    private List<FieldError> errors = List.of();

    static void play(RuleRow row) {
        AdmissionRows player = new AdmissionRows();
        for (Line line : row.lines()) {
            player.play(line);
        }
    }

    private void play(Line line) {
        String where = "line " + line.number();
        switch (line.verb()) {
            case "limits" -> limits.add(limits(line));
            case "class" -> classes.add(priorityClass(line));
            case "change" -> change(line);
            case "account" -> account(line);
            case "admit" -> admit(line);
            case "claim" -> claim(line.values());
            case "resources" ->
                assertThat(resources(line.words().getFirst())).as(where).isEqualTo(line.text());
            case "note" ->
                assertThat(pod.getMetadata().getAnnotations())
                        .as(where)
                        .containsEntry("kubernetes.io/limit-ranger", "LimitRanger plugin set: " + line.text());
            case "priority" ->
                assertThat(pod.getSpec().getPriority() + " " + pod.getSpec().getPreemptionPolicy() + " "
                                + pod.getSpec().getPriorityClassName())
                        .as(where)
                        .isEqualTo(line.text());
            case "mounted" -> assertThat(mounts()).as(where).containsExactlyElementsOf(line.words());
            case "allowed" -> assertThat(refusal).as(where).isNull();
            case "refused" ->
                assertThat(refusal)
                        .as(where)
                        .isEqualTo(new PodRules.Refusal(false, line.text().replace(".~", ".  ")));
            case "refused-unnamed" -> assertThat(refusal).as(where).isEqualTo(new PodRules.Refusal(true, line.text()));
            case "wrong" ->
                assertThat(errors.stream().map(FieldError::toString).collect(Collectors.joining(" ")))
                        .as(where)
                        .isEqualTo(line.text());
            case "whole" ->
                assertThat("request" + print(pod.getSpec().getResources().getRequests()) + " limit"
                                + print(pod.getSpec().getResources().getLimits()))
                        .as(where)
                        .isEqualTo(line.text());
            case "qos" ->
                assertThat(PodAdmission.firstStatus(pod.getSpec()).getQosClass())
                        .as(where)
                        .isEqualTo(line.text());
            case "says" -> assertThat(defaults()).as(where).isEqualTo(line.text());
            default -> throw new IllegalArgumentException(line.verb());
        }
    }

    /// `account NAME`, `account NAME automount=false`.
    private void account(Line line) {
        accounts.put(line.words().getFirst(), !"false".equals(line.values().get("automount")));
    }

    /// `CONTAINER` for each that mounts the volume of the account, which is there once.
    private List<String> mounts() {
        String place = "/var/run/secrets/kubernetes.io/serviceaccount";
        List<Container> all = new ArrayList<>(pod.getSpec().getInitContainers());
        all.addAll(pod.getSpec().getContainers());
        List<String> volumes = pod.getSpec().getVolumes().stream()
                .filter(AccountVolume::is)
                .map(Volume::getName)
                .toList();
        return all.stream()
                .filter(container -> container.getVolumeMounts().stream()
                        .anyMatch(mount -> mount.getMountPath().equals(place)
                                && mount.getReadOnly()
                                && volumes.equals(List.of(mount.getName()))))
                .map(Container::getName)
                .toList();
    }

    private LimitRange limits(Line line) {
        LimitRangeItem item = new LimitRangeItem();
        item.setType(line.words().getFirst());
        line.values().forEach((key, value) -> {
            String[] parts = key.split("\\.", 2);
            Map<String, Quantity> into = switch (parts[0]) {
                case "min" -> item.getMin();
                case "max" -> item.getMax();
                case "default" -> item.getDefault();
                case "request" -> item.getDefaultRequest();
                default -> item.getMaxLimitRequestRatio();
            };
            into.put(parts[1], Quantity.parse(value));
        });
        LimitRange range = new LimitRangeBuilder()
                .withNewMetadata()
                .withName("limits")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withLimits(item)
                .endSpec()
                .build();
        LimitRange whole = Defaults.apply(Kinds.LIMIT_RANGE, range);
        errors = Validation.create(Kinds.LIMIT_RANGE, whole);
        return whole;
    }

    private PriorityClass priorityClass(Line line) {
        PriorityClass made = Defaults.apply(
                Kinds.PRIORITY_CLASS,
                new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(line.words().getFirst())
                        .endMetadata()
                        .withValue(Integer.parseInt(line.words().get(1)))
                        .withGlobalDefault(line.values().containsKey("default"))
                        .withPreemptionPolicy(line.values().get("policy"))
                        .build());
        errors = Validation.create(Kinds.PRIORITY_CLASS, made);
        return made;
    }

    private void change(Line line) {
        PriorityClass old = classes.stream()
                .filter(each -> each.getMetadata().getName().equals(line.words().getFirst()))
                .findFirst()
                .orElseThrow();
        errors = Validation.update(Kinds.PRIORITY_CLASS, old, priorityClass(line));
    }

    private void admit(Line line) {
        List<Container> containers = new ArrayList<>();
        List<Container> inits = new ArrayList<>();
        Map<String, String> wishes = line.values();
        for (String word : line.words()) {
            int colon = word.indexOf(':');
            if (colon > 0) {
                Container container = container(word.substring(0, colon), word.substring(colon + 1));
                (container.getName().equals("init") ? inits : containers).add(container);
            }
        }
        pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withContainers(containers)
                .withInitContainers(inits)
                .withPriorityClassName(wishes.get("class"))
                .withPreemptionPolicy(wishes.get("policy"))
                .withServiceAccountName(wishes.get("account"))
                .withAutomountServiceAccountToken(
                        wishes.containsKey("automount") ? Boolean.valueOf(wishes.get("automount")) : null)
                .withResources(wishes.containsKey("whole") ? amounts(wishes.get("whole")) : null)
                .withPriority(wishes.containsKey("priority") ? Integer.valueOf(wishes.get("priority")) : null)
                .endSpec()
                .build();
        PodRules rules = new PodRules(limits, classes, accounts);
        PodAdmission.admit(Defaults.apply(Kinds.POD, pod), rules);
        refusal = PodAdmission.refusal(pod, rules);
        errors = Validation.create(Kinds.POD, pod);
    }

    private void claim(Map<String, String> requests) {
        PersistentVolumeClaim claim = new PersistentVolumeClaimBuilder()
                .withNewSpec()
                .withNewResources()
                .endResources()
                .endSpec()
                .build();
        requests.forEach(
                (name, amount) -> claim.getSpec().getResources().getRequests().put(name, Quantity.parse(amount)));
        @Nullable String why = LimitRanging.refusal(claim, limits);
        refusal = why == null ? null : new PodRules.Refusal(false, why);
    }

    private static Container container(String name, String text) {
        Container container = new Container();
        container.setName(name);
        container.setImage("image");
        container.setResources(amounts(text));
        return container;
    }

    private static ResourceRequirements amounts(String text) {
        ResourceRequirements resources = new ResourceRequirements();
        Map<String, Quantity> requests = new LinkedHashMap<>();
        Map<String, Quantity> limits = new LinkedHashMap<>();
        for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] parts = each.split("[=/]", -1);
            if (!parts[1].isEmpty()) {
                requests.put(parts[0], Quantity.parse(parts[1]));
            }
            if (parts.length > 2) {
                limits.put(parts[0], Quantity.parse(parts[2]));
            }
        }
        resources.setRequests(requests);
        resources.setLimits(limits);
        return resources;
    }

    private String resources(String name) {
        List<Container> all = new ArrayList<>(pod.getSpec().getContainers());
        all.addAll(pod.getSpec().getInitContainers());
        ResourceRequirements own = all.stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getResources();
        return name + " request" + print(own.getRequests()) + " limit" + print(own.getLimits());
    }

    private String defaults() {
        LimitRangeItem item = limits.getFirst().getSpec().getLimits().getFirst();
        return "default" + print(item.getDefault()) + " request" + print(item.getDefaultRequest());
    }

    private static String print(Map<String, Quantity> amounts) {
        return new TreeMap<>(amounts)
                .entrySet().stream()
                        .map(each -> " " + each.getKey() + "=" + Quantities.text(each.getValue()))
                        .collect(Collectors.joining());
    }
}
