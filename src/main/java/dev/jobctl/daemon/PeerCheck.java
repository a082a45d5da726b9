package dev.jobctl.daemon;

import dev.jobctl.launch.wire.Home;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import jdk.net.ExtendedSocketOptions;

/// Only the home's owner may command its daemon. The directory (0700) and the socket (0600) already keep others out;
/// the kernel's word on who connected is asked too, where it gives one.
final class PeerCheck {
    private PeerCheck() {}

    static boolean welcome(SocketChannel channel, Home home) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        String caller =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        return caller.equals(Files.getOwner(home.path()).getName());
    }
}
