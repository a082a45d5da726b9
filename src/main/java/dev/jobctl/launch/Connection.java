package dev.jobctl.launch;

import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.FrameChannel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One command in the daemon: sends the command line, prints what comes back. The main thread reads; a thread for
/// standard input starts when the daemon asks for it; Ctrl-C arrives on a thread of the JVM's own.
final class Connection {
    /// Instead of an exit code: the daemon is of another build and leaves.
    static final int OTHER_BUILD = -1;

    /// Instead of an exit code: the daemon went before it took the command, which may be sent again.
    static final int NOT_TAKEN = -2;

    /// How long a cancelled command may take to say goodbye, in seconds: a pod's default grace and a bit.
    private static final int GOODBYE_SECONDS = 40;

    /// How long the front may take to exit with a command's code, once that has come.
    private static final int LEAVING_MILLIS = 1000;

    /// How long a daemon may take to show that it is there at all, when the user wants to leave.
    private static final int ANSWER_SECONDS = 3;

    private final FrameChannel frames;
    private final Stall stall;
    private final CountDownLatch ended = new CountDownLatch(1);

    private @Nullable Semaphore wanted;
    private volatile boolean accepted;

    /// `stall` begins before the connection does.
    Connection(SocketChannel channel, Stall stall) {
        frames = new FrameChannel(channel);
        this.stall = stall;
    }

    /// Returns the command's exit code, [#OTHER_BUILD] or [#NOT_TAKEN].
    int run(Frame.Command command) {
        stall.begin(frames);
        Runtime.getRuntime().addShutdownHook(new Interruption());
        try {
            frames.write(new Frame.Hello(Main.build()), command);
            return follow();
        } catch (IOException e) {
            return lost();
        } finally {
            stall.end();
            ended.countDown();
        }
    }

    private int follow() throws IOException {
        Output out = new Output();
        FileOutputStream errors = new FileOutputStream(FileDescriptor.err);
        while (true) {
            stall.listen();
            Frame frame = frames.read();
            if (frame != null) {
                stall.heard();
            }
            if (frame instanceof Frame.Output output) {
                if (!print(out, output.bytes())) {
                    return out.outcome(Output.BROKEN_PIPE);
                }
            } else if (frame instanceof Frame.Errors text) {
                print(errors, text.bytes());
            } else if (frame instanceof Frame.Exit exit) {
                return exit.code();
            } else if (frame instanceof Frame.WantInput) {
                wantInput();
            } else if (frame instanceof Frame.Accepted) {
                accepted = true;
            } else if (frame instanceof Frame.OtherBuild) {
                frames.close();
                return OTHER_BUILD;
            } else if (frame instanceof Frame.Present) { // which says no more than that the daemon is there
                stall.present();
            } else {
                return lost();
            }
        }
    }

    private int lost() {
        return accepted ? Main.complain(vanished()) : NOT_TAKEN;
    }

    /// Asks the pump, started at the first time, for one more piece.
    private void wantInput() {
        if (wanted == null) {
            wanted = new Semaphore(0);
            Thread pump = new InputPump(wanted);
            pump.setDaemon(true);
            pump.start();
        }
        wanted.release();
    }

    private static boolean print(FileOutputStream to, byte[] bytes) {
        try {
            to.write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String vanished() {
        return "the daemon ended in the middle of this command; the next command starts it again, 'jobctl local logs'"
                + " tells why it ended";
    }

    /// Ctrl-C: the daemon cancels the command, whose last words are still printed; then the JVM exits with 130. A
    /// daemon that does not answer is not waited for: it cancels the command of a front that has gone.
    private final class Interruption extends Thread {
        private final Thread front = Thread.currentThread();

        @Override
        public void run() {
            if (ended.getCount() == 0) {
                return;
            }
            try {
                if (stall.told()) {
                    return;
                }
                stall.end(); // who has been told to cancel answers no more questions but this one
                stall.ask(new Frame.Cancel());
                if (!ended.await(ANSWER_SECONDS, TimeUnit.SECONDS) && stall.ignored()) {
                    Main.complain(stall.text());
                } else if (!ended.await(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                    Main.complain("the command did not end within " + GOODBYE_SECONDS + " s of being cancelled");
                } else { // the front's thread ends the JVM now, with the command's code and not the signal's
                    front.join(LEAVING_MILLIS);
                }
            } catch (IOException e) {
                Main.complain(vanished());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Carries standard input to the daemon, a piece whenever one is wanted, so that nothing is read that nobody needs.
    private final class InputPump extends Thread {
        private final Semaphore pieces;

        InputPump(Semaphore pieces) {
            this.pieces = pieces;
        }

        @Override
        public void run() {
            byte[] piece = new byte[32 << 10];
            try {
                while (true) {
                    pieces.acquireUninterruptibly();
                    int n = System.in.read(piece);
                    frames.write(n < 0 ? new Frame.InputEnd() : new Frame.Input(Arrays.copyOf(piece, n)));
                }
            } catch (IOException e) {
                // The daemon has gone, which the reading thread reports, or there is no input.
                pieces.drainPermits();
            }
        }
    }
}
