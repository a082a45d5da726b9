package dev.jobctl.node.process;

import dev.jobctl.node.runtime.AttemptFiles;
import dev.jobctl.node.runtime.Confinement;
import dev.jobctl.node.runtime.ContainerPlan;
import dev.jobctl.node.runtime.Mount;
import dev.jobctl.node.runtime.Surroundings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What `forker.pl` is told about a container. The letters are those of its `order`.
///
/// @param home hidden from every sandbox
/// @param leaves whether what the program leaves behind runs on
record ForkedOrder(ContainerPlan plan, Path directory, Map<String, String> environment, Path home, boolean leaves) {
    private static final int LIMIT_DATA = 2;
    private static final int LIMIT_PROCESSES = 6;

    ForkedOrder(ContainerPlan plan, Path directory, Map<String, String> environment, Path home) {
        this(plan, directory, environment, home, false);
    }

    /// The same for a program whose children are none of its container's.
    ForkedOrder apart() {
        return new ForkedOrder(plan, directory, environment, home, true);
    }

    /// For a new attempt.
    OrderFields attempt(AttemptFiles files, String boot, Instant at, Optional<ControlGroups.Group> group) {
        OrderFields fields = limit(group).add('d', directory.toString());
        group.ifPresent(made -> {
            made.directories().forEach(directory -> fields.tell('X', directory.toString()));
            if (made.oom() != null) {
                fields.tell('O', made.oom().toString());
            }
        });
        program(fields, plan.command(), plan.arguments())
                .tell('r', files.run().toString())
                .tell('b', boot)
                .tell('m', Long.toString(at.toEpochMilli()))
                .tell('l', files.log().toString());
        if (plan.console().terminal()) {
            fields.share('y', files.terminal().toString());
            if (leaves) {
                fields.add('E', files.complaints().toString());
            }
        }
        if (plan.console().input()) {
            // What is typed into a terminal, the supervisor gives it.
            fields.tell('I', files.input().toString());
            if (!plan.console().terminal()) {
                fields.add('I', files.input().toString());
            }
        }
        if (plan.around().sandboxed()) {
            sandbox(fields, files);
        }
        return leaves ? fields.tell('a', "1") : fields;
    }

    /// For a command beside the container's own program, which is in `group`. What it leaves there ends with that.
    OrderFields beside(List<String> command, Optional<ControlGroups.Group> group) {
        return program(limit(group).add('d', directory.toString()), command, List.of());
    }

    /// By control groups, or what of it the older limits of a process can do.
    private OrderFields limit(Optional<ControlGroups.Group> group) {
        OrderFields fields = new OrderFields();
        Confinement wanted = plan.around().confinement();
        if (wanted.memoryBytes() > 0 && !limited(group, "memory")) {
            fields.add('L', LIMIT_DATA + " " + wanted.memoryBytes());
        }
        if (wanted.processes() > 0 && !limited(group, "pids")) {
            fields.add('L', LIMIT_PROCESSES + " " + wanted.processes());
        }
        group.ifPresent(made -> made.joins().forEach(join -> fields.add('C', join.toString())));
        return fields;
    }

    private static boolean limited(Optional<ControlGroups.Group> group, String controller) {
        return group.filter(made -> made.limits(controller)).isPresent();
    }

    private OrderFields program(OrderFields fields, List<String> command, List<String> arguments) {
        environment.forEach((name, value) -> fields.add('e', name + "=" + value));
        command.forEach(word -> fields.add('c', word));
        arguments.forEach(word -> fields.add('c', word));
        become(fields, plan.around().confinement());
        if (plan.around().sandboxed()) {
            fields.share('s', "1");
            confine(fields, plan.around().confinement());
        }
        return fields;
    }

    /// What needs no sandbox.
    private static void become(OrderFields fields, Confinement confinement) {
        if (confinement.user() != null) {
            fields.share('u', Long.toString(confinement.user()));
        }
        if (confinement.group() != null) {
            fields.share('g', Long.toString(confinement.group()));
        }
        if (confinement.groups() != null) {
            fields.add(
                    'G',
                    String.join(
                            " ",
                            confinement.groups().stream().map(String::valueOf).toList()));
        } else if (confinement.user() != null) {
            fields.add('G', "");
        }
        if (confinement.noNewPrivileges()) {
            fields.add('p', "1");
        }
    }

    private static void confine(OrderFields fields, Confinement confinement) {
        if (confinement.readOnlyRoot()) {
            fields.add('o', "1");
        }
        for (String capability : confinement.capabilities()) {
            fields.share('k', Integer.toString(Capability.number(capability)));
        }
    }

    private void sandbox(OrderFields fields, AttemptFiles files) {
        Surroundings around = plan.around();
        fields.add('n', around.hostname()).tell('z', around.owner());
        if (around.hosts() != null) {
            place(fields, Mount.whole(around.hosts(), "/etc/hosts", false, false));
        }
        around.mounts().forEach(mount -> place(fields, mount));
        fields.add('S', files.termination().toString())
                .add('T', around.terminationPath())
                .add('R', "c");
        fields.share('h', home.toString());
        Stream.concat(around.mounts().stream().map(Mount::target), Stream.of(around.terminationPath()))
                .flatMap(ForkedOrder::top)
                .distinct()
                .forEach(top -> fields.tell('N', top));
    }

    /// The name in the root that a path begins with: one that is missing there takes other preparations.
    private static Stream<String> top(String path) {
        Path whole = Path.of(path);
        return whole.getNameCount() == 0 ? Stream.of() : Stream.of("/" + whole.getName(0));
    }

    private void place(OrderFields fields, Mount mount) {
        boolean foreign = !mount.source().startsWith(home);
        String how = (mount.directory() ? "d" : "") + (mount.readOnly() ? "r" : "") + (foreign ? "h" : "");
        fields.add('S', mount.source().toString()).add('T', mount.target()).add('R', how);
        if (!mount.subPath().isEmpty()) {
            fields.add('B', mount.subPath());
        }
    }
}
