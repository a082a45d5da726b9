package dev.jobctl.launch;

import dev.jobctl.launch.wire.Frame;
import dev.jobctl.launch.wire.FrameChannel;
import dev.jobctl.launch.wire.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Watches whether the daemon answers; one that was stopped accepts connections and says nothing. A daemon that does
/// not take the command ends this process. One that has taken it may be silent for as long as the command likes, so it
/// is asked now and then whether it is there: where it is not, the user is told, and decides, since the command goes on
/// when the daemon does.
final class Stall extends Thread {
    /// Longer than any healthy daemon needs to read a command, on a busy machine.
    private static final int PATIENCE_SECONDS = 20;

    /// From one question to the next, and for each answer.
    private static final int QUESTION_SECONDS = 10;

    private final Home home;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile @Nullable FrameChannel frames;
    private volatile boolean listening;
    private volatile boolean asked;
    private volatile boolean told;

    Stall(Home home) {
        this.home = home;
        setDaemon(true);
    }

    /// The command goes over that channel.
    void begin(FrameChannel channel) {
        frames = channel;
        listening = true;
    }

    /// Somebody reads what the daemon says. While nobody does, it cannot be blamed for being silent.
    void listen() {
        listening = true;
    }

    /// The daemon has said something.
    void heard() {
        listening = false;
        answered.countDown();
        asked = false;
        if (told) {
            told = false;
            Main.complain("the daemon answers again");
        }
    }

    /// It has answered a question.
    void present() {
        unanswered.decrementAndGet();
    }

    /// The daemon is not asked any more.
    void end() {
        answered.countDown();
        ended.countDown();
    }

    /// It was asked, and has said nothing since.
    boolean silent() {
        return asked && listening;
    }

    /// It has not answered the last question, though it may have said something that was on its way before that.
    boolean ignored() {
        return unanswered.get() > 0 && listening;
    }

    /// The user knows that it does not answer.
    boolean told() {
        return told;
    }

    /// Asks, and says something else with it. Throws [IOException] when the daemon has gone.
    void ask(Frame... more) throws IOException {
        FrameChannel channel = frames;
        if (channel != null) {
            asked = true;
            unanswered.incrementAndGet();
            Frame[] all = new Frame[more.length + 1];
            all[0] = new Frame.Question();
            System.arraycopy(more, 0, all, 1, more.length);
            channel.write(all);
        }
    }

    @Override
    public void run() {
        try {
            if (!answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(Main.complain(text()));
            }
            while (!ended.await(QUESTION_SECONDS, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The daemon has gone, which the reading thread tells.
            ended.countDown();
        }
    }

    private void look() throws IOException {
        if (!silent()) {
            ask();
        } else if (!told) {
            told = true;
            Main.complain(text() + "; Ctrl-C ends this command");
        }
    }

    /// That it does not answer, and what can be done.
    String text() {
        String pid;
        try {
            pid = Files.readString(home.ownerLock()).strip();
        } catch (IOException e) {
            pid = "";
        }
        String process = pid.isEmpty() ? "" : " (process " + pid + ")";
        String ways = pid.isEmpty()
                ? ""
                : "; 'kill -CONT " + pid + "' lets it go on if it was stopped, 'kill -KILL " + pid
                        + "' ends it, and its pods go on";
        return "the daemon" + process + " does not answer" + ways;
    }
}
