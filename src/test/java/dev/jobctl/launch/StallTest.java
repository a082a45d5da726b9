package dev.jobctl.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.FrameChannel;
import dev.jobctl.launch.wire.Home;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallTest {
    @TempDir
    Path home;

    private ServerSocketChannel server;
    private SocketChannel client;
    private FrameChannel daemon;
    private FrameChannel front;
    private Stall stall;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(home.resolve("s"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        client = SocketChannel.open(address);
        daemon = new FrameChannel(server.accept());
        front = new FrameChannel(client);
        stall = new Stall(new Home(home));
        stall.begin(front);
    }

    @AfterEach
    void close() throws IOException {
        daemon.close();
        front.close();
        server.close();
    }

    /// As the front's own thread does, then waits for the next one.
    private void read() throws IOException {
        Frame frame = front.read();
        stall.heard();
        if (frame instanceof Frame.Present) {
            stall.present();
        }
        stall.listen();
    }

    private void answer() throws IOException {
        daemon.write(new Frame.Present());
        read();
    }

    @Test
    void wordsThatWereOnTheirWayAnswerNoQuestion() throws IOException {
        daemon.write(new Frame.Output(new byte[] {'x'}));
        stall.ask(new Frame.Cancel());
        read();
        assertThat(stall.ignored()).isTrue();
        answer();
        assertThat(stall.ignored()).isFalse();
    }

    @Test
    void theLastOfSeveralQuestionsCounts() throws IOException {
        stall.ask();
        stall.ask();
        answer();
        assertThat(stall.ignored()).isTrue();
        answer();
        assertThat(stall.ignored()).isFalse();
    }

    @Test
    void aDaemonIsNotBlamedWhileNobodyReads() throws IOException {
        stall.ask();
        assertThat(stall.silent()).isTrue();
        stall.heard();
        assertThat(stall.silent()).isFalse();
        assertThat(stall.ignored()).isFalse();
    }
}
