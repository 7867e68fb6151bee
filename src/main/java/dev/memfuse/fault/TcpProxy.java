package dev.memfuse.fault;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A proxy on the loopback address in front of one server. Thread-safe.
final class TcpProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);
    private static final int BACKLOG = 1_024;

    private final ProxyThreads threads;
    private final ProxyConnection.Links links;
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile InetSocketAddress server;
    private volatile InetSocketAddress address;
    private ServerSocketChannel listener;

    /// Opens a proxy on a free port.
    ///
    /// @param server address of the server, resolved
    TcpProxy(InetSocketAddress server, Supplier<LinkConditions> conditions, ProxyThreads threads) throws IOException {
        this.server = server;
        this.threads = threads;
        links = new ProxyConnection.Links(new Link(conditions), new Link(conditions));
        listener = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = (InetSocketAddress) listener.getLocalAddress();
    }

    private ServerSocketChannel listen(InetSocketAddress at) throws IOException {
        ServerSocketChannel opened = ServerSocketChannel.open();
        try {
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            opened.bind(at, BACKLOG);
            opened.configureBlocking(false);
            opened.register(threads.selector(), SelectionKey.OP_ACCEPT,
                    (Ready) (_, _) -> accept(opened));
            threads.selector().wakeup();
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void accept(ServerSocketChannel opened) {
        try {
            for (SocketChannel client = opened.accept(); client != null; client = opened.accept()) {
                open(client);
            }
        } catch (IOException e) {
            LOG.debug("Network: a connection was not accepted: {}", e.getMessage());
        }
    }

    private void open(SocketChannel client) throws IOException {
        SocketChannel upstream = null;
        try {
            upstream = SocketChannel.open();
            for (SocketChannel channel : new SocketChannel[]{client, upstream}) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            upstream.connect(server);
            ProxyConnection connection = new ProxyConnection(client, upstream, links, threads.selector(),
                    threads.deliveries(), connections::remove);
            connections.add(connection);
            connection.start();
        } catch (IOException e) {
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            client.close();
            if (upstream != null) {
                upstream.close();
            }
            throw e;
        }
    }

    /// Returns the address of the proxy, also while it is stopped.
    InetSocketAddress address() {
        return address;
    }

    /// Sets the address of the server for connections from now on.
    void server(InetSocketAddress other) {
        server = other;
    }

    /// Returns the number of open connections.
    int connections() {
        return connections.size();
    }

    /// Returns the bytes in flight.
    long bytes() {
        return connections.stream().mapToLong(ProxyConnection::bytes).sum();
    }

    /// Resets all connections.
    void reset() {
        connections.forEach(ProxyConnection::reset);
    }

    /// Refuses new connections and resets the others.
    synchronized void stop() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("Network: the port {} cannot be closed: {}", address.getPort(), e.getMessage());
        }
        threads.selector().wakeup();
        reset();
    }

    /// Accepts connections again, on the same port if it is free.
    synchronized void resume() throws IOException {
        if (listener.isOpen()) {
            return;
        }
        try {
            listener = listen(address);
        } catch (BindException e) {
            listener = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            address = (InetSocketAddress) listener.getLocalAddress();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
