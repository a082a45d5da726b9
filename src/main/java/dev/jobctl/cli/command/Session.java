package dev.jobctl.cli.command;

import dev.jobctl.cli.LocalControl;
import dev.jobctl.cli.RunPlane;
import dev.jobctl.cli.Terminal;
import dev.jobctl.cli.cluster.Access;
import dev.jobctl.cli.cluster.Cluster;
import dev.jobctl.cli.cluster.Connections;
import dev.jobctl.cli.cluster.Remembered;
import dev.jobctl.cli.cluster.Targets;
import dev.jobctl.cli.cluster.Transport;
import dev.jobctl.resource.schema.Schemas;
import dev.jobctl.std.Time;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One command's run: the caller, what the line said for all verbs, and the cluster, reached on first need.
/// Owned by the command's thread.
public final class Session {
    private final Terminal terminal;
    private final Globals globals;
    private final LocalControl local;
    private final RunPlane runPlane;
    private final Connections connections;
    private final Schemas schemas;
    private final Time time;
    private final Targets targets;
    private @Nullable Access access;
    private @Nullable Cluster cluster;

    public Session(
            Terminal terminal,
            Globals globals,
            LocalControl local,
            RunPlane runPlane,
            Connections connections,
            Schemas schemas,
            Time time) {
        this.terminal = terminal;
        this.globals = globals;
        this.local = local;
        this.runPlane = runPlane;
        this.connections = connections;
        this.schemas = schemas;
        this.time = time;
        // The log lies in the home; the choice of `jobctl use` lies beside it.
        this.targets = new Targets(
                terminal.environment(),
                terminal.directory(),
                local,
                new Remembered(local.log().resolveSibling("config.json")));
    }

    public Terminal terminal() {
        return terminal;
    }

    public PrintStream out() {
        return terminal.out();
    }

    public PrintStream err() {
        return terminal.err();
    }

    public Globals globals() {
        return globals;
    }

    public LocalControl local() {
        return local;
    }

    public RunPlane runPlane() {
        return runPlane;
    }

    /// What is known of the types; shared by all commands of the process.
    public Schemas schemas() {
        return schemas;
    }

    public Time time() {
        return time;
    }

    public Targets targets() {
        return targets;
    }

    /// The cluster or local plane that this command talks to; the local plane is started when needed.
    public Cluster cluster() {
        Cluster known = cluster;
        if (known == null) {
            known = new Cluster(transport(), this::warn);
            cluster = known;
        }
        return known;
    }

    /// The same over a socket: what conversations need.
    public Cluster sockets() {
        return new Cluster(connections.to(access(), globals.requestLimit()), this::warn);
    }

    private Transport transport() {
        @Nullable Transport direct = targetsLocal() ? local.direct() : null;
        return direct == null ? connections.to(access(), globals.requestLimit()) : direct;
    }

    /// The same session talking to another API, such as a run's own plane.
    public Session on(Cluster other) {
        Session copy = new Session(terminal, globals, local, runPlane, connections, schemas, time);
        copy.cluster = other;
        return copy;
    }

    /// Whether the target is this machine's own plane; starts nothing.
    public boolean targetsLocal() {
        return targets.local(globals.target());
    }

    public String namespace() {
        String wanted = globals.namespace();
        if (wanted != null) {
            return wanted;
        }
        boolean without = cluster != null && access == null; // in this process, so without a kubeconfig
        return without || (targetsLocal() && local.direct() != null) ? "default" : access().namespace();
    }

    /// A warning of the server, or of ours.
    public void warn(String text) {
        String label =
                terminal.errorsAreTerminal() && terminal.colours() ? "\u001b[33;1mWarning:\u001b[0m" : "Warning:";
        terminal.err().println(label + " " + text);
    }

    /// Throws [Cancelled] once the caller is gone.
    public void checkCancelled() {
        if (terminal.cancelled().isDone()) {
            throw new Cancelled();
        }
    }

    /// Waits that long, or until the caller is gone: before asking again what was answered too quickly.
    public void pause(Duration length) {
        try {
            terminal.cancelled().get(length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException waited) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new Cancelled();
        }
        checkCancelled();
    }

    private Access access() {
        Access known = access;
        if (known == null) {
            known = targets.choose(globals.target());
            access = known;
        }
        return known;
    }
}
