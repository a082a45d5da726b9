package dev.jobctl.apiserver.http;

import dev.jobctl.apiserver.PodDoors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/// Carries what a port of a pod says to whoever forwards it, on a thread of its own.
final class PortPump {
    private static final int PIECE = 16 * 1024;

    private PortPump() {}

    /// Takes what the port says; the end is told once.
    interface Listener {
        void said(byte[] piece) throws IOException, InterruptedException;

        void ended() throws IOException, InterruptedException;
    }

    static void start(PodDoors.Pipe pipe, Listener listener) {
        Thread.ofVirtual().name("port-forward").start(() -> {
            try {
                InputStream output = pipe.output();
                byte[] piece = new byte[PIECE];
                for (int length = output.read(piece); length >= 0; length = output.read(piece)) {
                    listener.said(Arrays.copyOf(piece, length));
                }
            } catch (IOException e) {
                // The port broke off: for who forwards it, that is its end.
                pipe.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            try {
                listener.ended();
            } catch (IOException e) {
                pipe.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// False when the port takes no more.
    static boolean write(PodDoors.Pipe pipe, byte[] bytes, int offset, int length) {
        try {
            OutputStream input = pipe.input();
            input.write(bytes, offset, length);
            input.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
