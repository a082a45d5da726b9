package dev.jobctl.node.fields;

import static dev.jobctl.node.fields.Field.any;
import static dev.jobctl.node.fields.Field.done;
import static dev.jobctl.node.fields.Field.refusal;
import static dev.jobctl.node.fields.Field.refusalIf;
import static dev.jobctl.node.fields.Field.refused;
import static dev.jobctl.node.fields.Field.warned;
import static dev.jobctl.node.fields.Field.warning;
import static dev.jobctl.node.fields.Field.yes;

import dev.jobctl.node.runtime.Confinement;
import dev.jobctl.node.runtime.Confinements;
import dev.jobctl.node.runtime.RunningUser;
import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of both security contexts. Users and groups count for a container as a whole: [#users].
final class SecurityFields {
    static final List<Field<PodSecurityContext>> OF_POD = List.of(
            new Field<>("appArmorProfile", (shared, pod, way) -> appArmor(shared.getAppArmorProfile(), way)),
            done("fsGroup"),
            done("fsGroupChangePolicy"),
            done("runAsGroup"),
            done("runAsNonRoot"),
            done("runAsUser"),
            warned(
                    "seLinuxChangePolicy",
                    shared -> shared.getSeLinuxChangePolicy() != null,
                    "seLinuxChangePolicy is not used: volumes get no labels"),
            refused("seLinuxOptions", shared -> shared.getSeLinuxOptions() != null, "seLinuxOptions"),
            new Field<>("seccompProfile", (shared, pod, way) -> seccomp(shared.getSeccompProfile(), way)),
            done("supplementalGroups"),
            new Field<>(
                    "supplementalGroupsPolicy",
                    (shared, pod, way) -> refusalIf(
                            way.containers() && "Strict".equals(shared.getSupplementalGroupsPolicy()),
                            "supplementalGroupsPolicy Strict: the engine adds groups of the image")),
            refused("sysctls", shared -> any(shared.getSysctls()), "sysctls: they are the host's own"),
            refused("windowsOptions", shared -> shared.getWindowsOptions() != null, "windowsOptions"));

    static final List<Field<SecurityContext>> OF_CONTAINER = List.of(
            new Field<>("allowPrivilegeEscalation", (own, pod, way) -> escalation(own, way)),
            new Field<>("appArmorProfile", (own, pod, way) -> appArmor(own.getAppArmorProfile(), way)),
            new Field<>("capabilities", (own, pod, way) -> capabilities(own.getCapabilities(), way)),
            new Field<>("privileged", (own, pod, way) -> privileged(own, way)),
            refused("procMount", own -> "Unmasked".equals(own.getProcMount()), "procMount Unmasked"),
            new Field<>(
                    "readOnlyRootFilesystem",
                    (own, pod, way) -> refusalIf(
                            yes(own.getReadOnlyRootFilesystem()) && !way.sandboxed(),
                            "readOnlyRootFilesystem without a sandbox")),
            done("runAsGroup"),
            done("runAsNonRoot"),
            done("runAsUser"),
            refused("seLinuxOptions", own -> own.getSeLinuxOptions() != null, "seLinuxOptions"),
            new Field<>("seccompProfile", (own, pod, way) -> seccomp(own.getSeccompProfile(), way)),
            refused("windowsOptions", own -> own.getWindowsOptions() != null, "windowsOptions"));

    private SecurityFields() {}

    /// Of what pod and container say together.
    static Optional<Answer> users(Container container, Pod pod, Way way) {
        Confinement wanted = Confinements.of(pod, container, way.ownNetwork());
        Optional<String> breaks = RunningUser.refusal(pod, container, wanted);
        if (breaks.isPresent()) {
            return refusal(breaks.get());
        }
        if (way.containers()) {
            return refusalIf(wanted.group() != null && wanted.user() == null, "runAsGroup without runAsUser");
        }
        if (wanted.user() == null && way.root() && RunningUser.mustNotBeRoot(pod, container)) {
            return refusal("runAsNonRoot without runAsUser: processes of this node are root's");
        }
        if (wanted.changesUser() && !way.sandboxed() && !(way.root() && way.changes())) {
            return refusal("runAsUser, runAsGroup, fsGroup and supplementalGroups without a sandbox");
        }
        return refusalIf(
                wanted.groups() != null && !way.root(), "fsGroup and supplementalGroups, which only root can give");
    }

    private static Optional<Answer> escalation(SecurityContext own, Way way) {
        return refusalIf(
                Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()) && !way.changes(),
                "allowPrivilegeEscalation: false, on a host without Perl");
    }

    private static Optional<Answer> privileged(SecurityContext own, Way way) {
        if (!yes(own.getPrivileged())) {
            return Optional.empty();
        }
        return way.containers()
                ? refusalIf(!way.leave(), "privileged" + PodFields.LEAVE)
                : refusalIf(way.sandboxed(), "privileged in a sandbox" + PodFields.LEAVE);
    }

    /// Those that reach beyond the sandbox are not given without leave, and without a sandbox none is taken away.
    private static Optional<Answer> capabilities(@Nullable Capabilities wanted, Way way) {
        if (wanted == null) {
            return Optional.empty();
        }
        List<String> usual = Confinement.usual(way.ownNetwork());
        List<String> beyond = Objects.requireNonNullElse(wanted.getAdd(), List.<String>of()).stream()
                .filter(name -> !usual.contains(name.replaceFirst("^CAP_", "")))
                .toList();
        if (!beyond.isEmpty() && way.sandboxed() && !way.leave()) {
            String names = String.join(", ", beyond);
            return refusal(
                    way.containers()
                            ? "capabilities " + names + PodFields.LEAVE
                            : "capabilities " + names + ", which reach beyond the sandbox");
        }
        return refusalIf(
                !way.sandboxed() && any(wanted.getDrop()) && way.root(), "dropping capabilities without a sandbox");
    }

    private static Optional<Answer> seccomp(@Nullable SeccompProfile profile, Way way) {
        String type = profile == null ? "" : Objects.requireNonNullElse(profile.getType(), "");
        if (type.equals("Localhost")) {
            return refusal("seccompProfile Localhost: it may only be RuntimeDefault or Unconfined");
        }
        return type.equals("RuntimeDefault") && !way.containers()
                ? warning("seccompProfile RuntimeDefault is not used: no system call of a process is filtered")
                : Optional.empty();
    }

    private static Optional<Answer> appArmor(@Nullable AppArmorProfile profile, Way way) {
        String type = profile == null ? "" : Objects.requireNonNullElse(profile.getType(), "");
        return switch (type) {
            case "Localhost" -> refusal("appArmorProfile Localhost");
            case "RuntimeDefault" ->
                way.containers()
                        ? Optional.empty()
                        : warning("appArmorProfile RuntimeDefault is not used: a process has the profile of this"
                                + " program");
            case "Unconfined" ->
                way.containers()
                        ? warning("appArmorProfile Unconfined is not used: containers have the engine's usual profile")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}
