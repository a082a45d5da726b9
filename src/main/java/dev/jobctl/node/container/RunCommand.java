package dev.jobctl.node.container;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.Confinement;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.Mount;
import dev.jobctl.node.runtime.Surroundings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// From a plan to the engine's `run`: one option for each thing that the plan wants. Used once, by one thread.
///
/// The client stays with its container and ends with its exit code. Podman's `passthrough` gives the container the
/// client's own output, so that nothing is lost when the client is killed.
final class RunCommand {
    private final Engine engine;
    private final ContainerPlan plan;
    private final AttemptFiles files;
    private final List<String> words = new ArrayList<>();

    private RunCommand(Engine engine, ContainerPlan plan, AttemptFiles files) {
        this.engine = engine;
        this.plan = plan;
        this.files = files;
    }

    /// @param pod what all containers of the pod are run with
    /// @param more the user's own options, which come last
    static List<String> of(
            Engine engine,
            ContainerPlan plan,
            AttemptFiles files,
            ContainerName name,
            List<String> pod,
            List<String> more)
            throws IOException {
        RunCommand command = new RunCommand(engine, plan, files);
        command.life(name);
        command.words.addAll(pod);
        command.around(plan.around());
        command.confine(plan.around().confinement());
        plan.environment().forEach((key, value) -> command.add("--env", key + "=" + value));
        if (plan.workingDirectory() != null) {
            command.add("--workdir", plan.workingDirectory());
        }
        command.words.addAll(more);
        command.program();
        return engine.words(command.words);
    }

    private void add(String option, String value) {
        words.add(option);
        words.add(value);
    }

    /// Whether the container outlives its end: one with little memory is asked then whether that killed it.
    static boolean kept(ContainerPlan plan) {
        return plan.around().confinement().memoryBytes() > 0;
    }

    private void life(ContainerName name) {
        words.add("run");
        // Podman's client that passes a signal on while its container is cleared away, just after the end, takes the
        // container for lost and ends with 127, or by that signal.
        words.add("--sig-proxy=false");
        if (!kept(plan)) {
            words.add("--rm");
        }
        if (plan.console().input()) {
            words.add("--interactive");
        }
        if (plan.console().terminal()) {
            words.addAll(List.of("--tty", "--detach-keys", ""));
        }
        add("--name", name.text());
        name.labels().forEach((key, value) -> add("--label", key + "=" + value));
        add("--cidfile", files.containerId().toString());
        add("--pull", "never");
        if (engine.near()) {
            add("--pidfile", files.pid().toString());
        }
        // With a terminal it is the client who shows what the container writes.
        add("--log-driver", engine.near() && !plan.console().terminal() ? "passthrough" : "none");
    }

    private void around(Surroundings around) throws IOException {
        add("--hostname", around.hostname());
        add("--security-opt", "label=disable");
        if (engine.podman()) {
            words.add("--no-hosts");
            words.add("--http-proxy=false");
            Limits.ofThisProgram().forEach((limit, value) -> add("--ulimit", limit + "=" + value + ":" + value));
        }
        if (around.hosts() != null) {
            bind(around.hosts(), "/etc/hosts", false);
        }
        for (Mount mount : around.mounts()) {
            bind(source(mount), mount.target(), mount.readOnly());
        }
        bind(files.termination(), around.terminationPath(), false);
    }

    /// With its links resolved, and then looked at again: it must not have left the volume meanwhile.
    private static Path source(Mount mount) throws IOException {
        if (mount.subPath().isEmpty()) {
            return mount.source();
        }
        Path whole = mount.source().toRealPath();
        Path part = whole.resolve(mount.subPath()).toRealPath();
        if (!part.startsWith(whole)) {
            throw new IOException("subPath \"%s\" leads out of the volume".formatted(mount.subPath()));
        }
        return part;
    }

    private void bind(Path source, String target, boolean readOnly) throws IOException {
        String fields = "type=bind,source=%s,target=%s,bind-propagation=rprivate".formatted(source, target);
        if (source.toString().contains(",") || target.contains(",")) {
            throw new IOException("the container engine mounts no path with a comma: " + source + " at " + target);
        }
        add("--mount", readOnly ? fields + ",readonly" : fields);
    }

    private void confine(Confinement wanted) {
        if (wanted.user() != null) {
            add("--user", wanted.group() == null ? wanted.user() + "" : wanted.user() + ":" + wanted.group());
        }
        if (wanted.groups() != null) {
            wanted.groups().forEach(group -> add("--group-add", Long.toString(group)));
        }
        if (wanted.readOnlyRoot()) {
            words.add("--read-only");
            if (engine.podman()) {
                words.add("--read-only-tmpfs=false");
            }
        }
        if (wanted.noNewPrivileges()) {
            add("--security-opt", "no-new-privileges");
        }
        if (wanted.privileged()) {
            words.add("--privileged");
        } else {
            capabilities(wanted);
        }
        if (wanted.anySystemCall()) {
            add("--security-opt", "seccomp=unconfined");
        }
        if (wanted.memoryBytes() > 0) {
            add("--memory", wanted.memoryBytes() + "b");
        }
        if (wanted.milliCpus() > 0) {
            add("--cpus", BigDecimal.valueOf(wanted.milliCpus(), 3).toPlainString());
        }
        if (wanted.processes() > 0) {
            add("--pids-limit", Long.toString(wanted.processes()));
        }
    }

    /// Only what differs from what engines give by themselves: an explicit capability would go to ordinary users, too.
    private void capabilities(Confinement wanted) {
        var dropped = new TreeSet<>(Confinement.USUAL_WITH_NETWORK);
        dropped.removeAll(wanted.capabilities());
        var added = new TreeSet<>(wanted.capabilities());
        if (dropped.size() == Confinement.USUAL_WITH_NETWORK.size()) {
            add("--cap-drop", "ALL");
        } else {
            added.removeAll(Confinement.USUAL_WITH_NETWORK);
            dropped.forEach(name -> add("--cap-drop", name));
        }
        added.forEach(name -> add("--cap-add", name));
    }

    /// Command and arguments stand for the image's entrypoint and its own arguments.
    private void program() {
        if (!plan.command().isEmpty()) {
            add("--entrypoint", plan.command().getFirst());
        }
        words.add(plan.image());
        if (!plan.command().isEmpty()) {
            words.addAll(plan.command().subList(1, plan.command().size()));
        }
        words.addAll(plan.arguments());
    }
}
