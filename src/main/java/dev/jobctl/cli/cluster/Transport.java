package dev.jobctl.cli.cluster;

import java.io.IOException;

/// Carries requests to one API: over HTTP, or straight into a control plane in this process. Safe from any thread.
public interface Transport {
    /// Returns when code and headers are there; the body may still be on its way. Throws when nobody answered.
    Answer send(Call call) throws IOException;

    /// Begins a conversation at a path with its query. Throws when the server does not want one; why, a plain request
    /// for the same tells.
    default Channels converse(String target, String protocol) throws IOException {
        throw new IOException("no conversations without a socket");
    }

    /// Where it leads, for messages: `127.0.0.1:6443`.
    String address();
}
