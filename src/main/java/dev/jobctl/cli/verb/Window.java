package dev.jobctl.cli.verb;

import dev.jobctl.cli.cluster.Channels;
import dev.jobctl.resource.value.Json;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The caller's own terminal while it is the window of a program elsewhere: raw, so that every key goes there. Closing
/// it makes it what it was. Only in a process that has a terminal: commands in the daemon find none.
final class Window implements AutoCloseable {
    private final Terminal terminal;
    private final Attributes before;

    private Window(Terminal terminal) {
        this.terminal = terminal;
        before = terminal.getAttributes();
        Attributes raw = new Attributes(before);
        raw.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN, LocalFlag.ISIG), false);
        raw.setInputFlags(EnumSet.of(InputFlag.IXON, InputFlag.ICRNL, InputFlag.INLCR, InputFlag.IGNCR), false);
        raw.setInputFlags(EnumSet.of(InputFlag.ISTRIP, InputFlag.BRKINT), false);
        raw.setOutputFlag(OutputFlag.OPOST, false);
        raw.setControlChar(ControlChar.VMIN, 1);
        raw.setControlChar(ControlChar.VTIME, 0);
        terminal.setAttributes(raw);
    }

    /// Empty where input and output are no terminal.
    static Optional<Window> open() {
        try {
            // It asks the window what it can do, otherwise, and would read the keys of somebody else as the answer.
            TerminalBuilder builder =
                    TerminalBuilder.builder().system(true).dumb(false).graphemeCluster(false);
            return Optional.of(new Window(builder.build()));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /// Tells the program how large the window is, now and after each change.
    void shownBy(Channels channels) {
        terminal.handle(Terminal.Signal.WINCH, _ -> tell(channels));
        tell(channels);
    }

    private void tell(Channels channels) {
        Size size = terminal.getSize();
        byte[] message = Json.write(
                Json.MAPPER.createObjectNode().put("Width", size.getColumns()).put("Height", size.getRows()));
        try {
            channels.send(Channels.SIZE, message, message.length);
        } catch (IOException e) {
            // The program has gone: whoever reads from it tells.
            return;
        }
    }

    @Override
    public void close() {
        terminal.setAttributes(before);
        try {
            terminal.close();
        } catch (IOException e) {
            // It is the system's again in any case.
            return;
        }
    }
}
