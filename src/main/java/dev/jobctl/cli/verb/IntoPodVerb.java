package dev.jobctl.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.KnownTypes;
import dev.jobctl.cli.cluster.ResourceType;
import dev.jobctl.cli.command.Command;
import dev.jobctl.cli.command.CommandError;
import dev.jobctl.cli.command.Parsed;
import dev.jobctl.cli.command.Session;
import dev.jobctl.cli.command.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `jobctl exec` and `jobctl attach`: a command beside a container, and what the container itself reads and writes.
/// With `-t` the caller's terminal is its window.
public final class IntoPodVerb {
    private static final int PIECE = 16 * 1024;

    /// @param command of exec, empty of attach
    record Options(
            String target,
            @Nullable String container,
            boolean input,
            boolean terminal,
            boolean quiet,
            List<String> command) {}

    private IntoPodVerb() {}

    static Command<Options> exec() {
        return Command.named("exec")
                .summary("Run a command beside a container of a pod or Job")
                .words("POD | TYPE/NAME")
                .command()
                .value("-c --container", "NAME", "Which container")
                .flag("-i --stdin", "Give it what this command reads")
                .flag("-t --tty", "Give it a terminal, whose window this one is")
                .flag("-q --quiet", "Nothing but what the command writes")
                .examples(
                        "jobctl exec pi-abcde -- env",
                        "jobctl exec -i job/pi -- sh <script.sh",
                        "jobctl exec -it job/pi -- sh")
                .build(IntoPodVerb::readExec, IntoPodVerb::run);
    }

    static Command<Options> attach() {
        return Command.named("attach")
                .summary("Print what a container writes from now on, and give it what this command reads")
                .words("POD | TYPE/NAME")
                .value("-c --container", "NAME", "Which container")
                .flag("-i --stdin", "Give it what this command reads; the container must ask for it (stdin: true)")
                .flag("-t --tty", "Be the window of its terminal; the container must ask for one (tty: true)")
                .flag("-q --quiet", "Nothing but what the container writes")
                .examples("jobctl attach job/pi", "jobctl attach -i reader <lines.txt", "jobctl attach -it shell")
                .build(p -> read(p, List.of()), IntoPodVerb::run);
    }

    private static Options readExec(Parsed p) {
        @Nullable List<String> command = p.after();
        if (command == null || command.isEmpty()) {
            throw new UsageError("you must specify at least one command for the container, after '--'");
        }
        return read(p, command);
    }

    private static Options read(Parsed p, List<String> command) {
        if (p.words().size() != 1) {
            throw new UsageError("name one pod or Job, such as 'pi-abcde' or 'job/pi'");
        }
        return new Options(
                p.words().getFirst(),
                p.text("--container"),
                p.flag("--stdin"),
                p.flag("--tty"),
                p.flag("--quiet"),
                command);
    }

    static int run(Session session, Options options) {
        JsonNode pod = pod(session, options.target());
        boolean attach = options.command().isEmpty();
        String container = PodContainers.one(session, pod, options.container(), options.quiet());
        boolean has = attach && PodContainers.terminal(pod, container);
        boolean wants = options.terminal() && (!attach || has);
        if (options.terminal() && !wants) {
            session.err().println("error: Unable to use a TTY - container " + container + " did not allocate one");
        }
        JsonNode end;
        try (Closing window = new Closing(wants ? window(session) : Optional.empty())) {
            boolean terminal = has || window.found().isPresent();
            var query = query(container, options.input(), terminal, options.command());
            String name = pod.path("metadata").path("name").asText();
            try (var talk = Conversation.begin(session, session.namespace(), name, attach ? "attach" : "exec", query)) {
                window.found().ifPresent(found -> found.shownBy(talk.channels()));
                if (options.input()) {
                    talk.feed(session.terminal().in()::transferTo);
                }
                print(talk.output(session.err()), session.out());
                end = talk.end();
            }
        }
        return Conversation.code(session, end);
    }

    /// What the server is asked for.
    static List<Map.Entry<String, String>> query(
            String container, boolean input, boolean terminal, List<String> command) {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        query.add(Map.entry("container", container));
        query.add(Map.entry("stdin", Boolean.toString(input)));
        query.add(Map.entry("stdout", "true"));
        command.forEach(word -> query.add(Map.entry("command", word)));
        query.add(Map.entry("stderr", Boolean.toString(!terminal)));
        query.add(Map.entry("tty", Boolean.toString(terminal)));
        return query;
    }

    /// Each piece at once: somebody may be looking.
    private static void print(InputStream from, PrintStream to) {
        byte[] piece = new byte[PIECE];
        try {
            for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
                to.write(piece, 0, length);
                to.flush();
            }
        } catch (IOException e) {
            throw new CommandError("cannot write: " + e.getMessage(), e);
        }
    }

    private static Optional<Window> window(Session session) {
        Optional<Window> found = Window.open();
        if (found.isEmpty()) {
            session.err().println("Unable to use a TTY - input is not a terminal or the right kind of file");
        }
        return found;
    }

    private record Closing(Optional<Window> found) implements AutoCloseable {
        @Override
        public void close() {
            found.ifPresent(Window::close);
        }
    }

    /// The pod itself, or the best one of those that the object selects.
    static JsonNode pod(Session session, String target) {
        return podOf(session, target, object(session, target));
    }

    /// What `POD` or `TYPE/NAME` names.
    static JsonNode object(Session session, String target) {
        Cluster cluster = session.cluster();
        int slash = target.indexOf('/');
        ResourceType type = slash < 0 ? KnownTypes.PODS : Selection.type(cluster, target.substring(0, slash));
        return cluster.get(type, session.namespace(), target.substring(slash + 1));
    }

    static JsonNode podOf(Session session, String target, JsonNode object) {
        if (object.path("kind").asText().equals("Pod")) {
            return object;
        }
        String selector = LabelQuery.ofPods(object);
        List<JsonNode> pods = selector.isEmpty()
                ? List.of()
                : List.copyOf(Paging.objects(
                        session.cluster(), KnownTypes.PODS, session.namespace(), Flags.selectors(selector, null), 500));
        return pods.stream().min(PodContainers.LOGS_ORDER).orElseThrow(() -> new CommandError(target + " has no pod"));
    }
}
