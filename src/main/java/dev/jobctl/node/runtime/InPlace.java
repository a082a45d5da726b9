package dev.jobctl.node.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes small files that are there already, mostly empty ones made ahead of need.
public final class InPlace {
    private InPlace() {}

    /// The file has this text from now on, and is made when missing. It is never emptied first: ext4 sends a file that
    /// was emptied and written again to the disk when it is closed, where a commit would have to wait behind it.
    public static void write(Path file, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        int length = bytes.remaining();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (channel.size() > length) {
                channel.truncate(length);
            }
        }
    }
}
