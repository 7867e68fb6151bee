package dev.memfuse.server;

import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// A connector that loses no connection while it stops. Jetty interrupts the thread that accepts connections; the JDK
/// then drops a connection that was accepted just before, without closing it, and its client waits for its own limit.
/// Thread-safe.
final class GracefulConnector extends ServerConnector {

    GracefulConnector(Server server, ConnectionFactory requests) {
        super(server, requests);
    }

    GracefulConnector(Server server, SslContextFactory.Server tls, ConnectionFactory requests) {
        super(server, tls, requests);
    }

    @Override
    protected void interruptAcceptors() {
        // The end of the server socket, which is closed before, ends them too.
    }
}
