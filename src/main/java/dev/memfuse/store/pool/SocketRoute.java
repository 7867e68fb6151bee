package dev.memfuse.store.pool;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Chooses the address of each new connection to a server. Thread-safe.
@FunctionalInterface
public interface SocketRoute {
    /// Returns the address to connect to.
    ///
    /// @param server address of the server
    /// @throws IOException when there is no way to the server
    InetSocketAddress through(InetSocketAddress server) throws IOException;
}
