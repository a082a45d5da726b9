package dev.jobctl.launch.wire;

import java.util.List;
import java.util.Map;

/// What goes over the command socket. One connection carries one command:
///
///     front  -> Hello Command (Input | InputEnd | Question)* Cancel?
///     daemon -> Accepted (WantInput | Output | Errors | Present)* Exit        or        OtherBuild
///
/// A side that sees its peer vanish treats it as `Cancel`, or as the daemon's death. A daemon that goes before
/// `Accepted` has done nothing of the command, so it may be sent again.
public sealed interface Frame {
    /// First on every connection. `build` names the program's build: a daemon of another build makes room.
    record Hello(String build) implements Frame {}

    /// The command line and everything of its caller that a command may look at. The environment is sent whole: the
    /// socket is the caller's own, credential plugins and editors need it, and the daemon forgets it with the command.
    ///
    /// @param directory absolute
    /// @param width columns of the terminal, 0 when unknown
    /// @param startedDaemon whether this very command had the daemon started
    record Command(
            List<String> arguments,
            Map<String, String> environment,
            String directory,
            boolean outputIsTerminal,
            boolean errorsAreTerminal,
            int width,
            boolean startedDaemon)
            implements Frame {
        public Command {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    /// The command has been read whole and is about to run; from here on it must not be sent again.
    record Accepted() implements Frame {}

    /// The command waits for a piece of standard input: the next `Input`, or `InputEnd`.
    record WantInput() implements Frame {}

    /// A piece of standard input; one for each `WantInput`.
    record Input(byte[] bytes) implements Frame {}

    /// Standard input has ended.
    record InputEnd() implements Frame {}

    /// The front wonders whether the daemon is there: it has not heard of it for a while, or wants to leave.
    record Question() implements Frame {}

    /// The answer to a `Question`, however busy the command is.
    record Present() implements Frame {}

    /// The caller pressed Ctrl-C.
    record Cancel() implements Frame {}

    /// A piece of standard output.
    record Output(byte[] bytes) implements Frame {}

    /// A piece of standard error.
    record Errors(byte[] bytes) implements Frame {}

    /// The command has ended; nothing follows.
    record Exit(int code) implements Frame {}

    /// The daemon is of another build than the caller. It is leaving, its pods go on; start a new one.
    record OtherBuild() implements Frame {}
}
