package dev.memfuse.fault;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// One connection through a proxy: a channel to the client, a channel to the server, and a line in each direction.
/// Thread-safe.
final class ProxyConnection {
    private static final int DIRECTIONS = 2;

    private final SocketChannel client;
    private final SocketChannel server;
    private final DelayLine toServer;
    private final DelayLine toClient;
    private final Selector selector;
    private final Deliveries deliveries;
    private final Consumer<ProxyConnection> onClose;
    private final AtomicInteger directions = new AtomicInteger(DIRECTIONS);
    private final AtomicBoolean closed = new AtomicBoolean();

    /// One end of a connection, attached to its key: the line that reads from it and the line that writes to it.
    private record End(ProxyConnection connection, DelayLine reading, DelayLine writing) implements Ready {
        @Override
        public void run(SelectionKey key, ByteBuffer scratch) {
            connection.ready(key, this, scratch);
        }
    }

    /// @param client accepted and not blocking
    /// @param server not blocking, its connect begun
    /// @param links directions to the server and back
    /// @param onClose called once, on any thread
    ProxyConnection(SocketChannel client, SocketChannel server, Links links, Selector selector, Deliveries deliveries,
            Consumer<ProxyConnection> onClose) {
        this.client = client;
        this.server = server;
        this.selector = selector;
        this.deliveries = deliveries;
        this.onClose = onClose;
        // The handshake of a connection takes a round trip before the client's first byte.
        long opened = System.nanoTime() + links.toServer().roundTripNanos();
        toServer = new DelayLine(this, client, server, links.toServer(), opened, !server.isConnected());
        toClient = new DelayLine(this, server, client, links.toClient(), opened, false);
    }

    /// The two directions of the path to a server.
    record Links(Link toServer, Link toClient) {}

    /// Begins to move bytes. For the reading thread.
    void start() throws ClosedChannelException {
        SelectionKey clientKey = client.register(selector, 0);
        SelectionKey serverKey = server.register(selector, 0);
        toServer.keys(clientKey, serverKey);
        toClient.keys(serverKey, clientKey);
        clientKey.attach(new End(this, toServer, toClient));
        serverKey.attach(new End(this, toClient, toServer));
        clientKey.interestOps(SelectionKey.OP_READ);
        serverKey.interestOps(server.isConnected() ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
    }

    private void ready(SelectionKey key, End end, ByteBuffer scratch) {
        if (key.isConnectable()) {
            connected(key, end);
            return;
        }
        if (key.isWritable()) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            end.writing().unblock();
        }
        if (key.isReadable()) {
            end.reading().read(scratch);
        }
    }

    private void connected(SelectionKey key, End end) {
        try {
            if (server.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                end.writing().unblock();
            }
        } catch (IOException e) {
            reset();
        }
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /// Adds an interest to a key.
    void want(@Nullable SelectionKey key, int operation) {
        if (key != null && key.isValid()) {
            key.interestOpsOr(operation);
            selector.wakeup();
        }
    }

    /// Called when a direction has delivered its last byte.
    void ended() {
        if (directions.decrementAndGet() == 0) {
            close();
        }
    }

    /// Resets both ends.
    void reset() {
        for (SocketChannel channel : new SocketChannel[]{client, server}) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // It is closed, or was never connected.
            }
        }
        close();
    }

    private void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        closeChannel(client);
        closeChannel(server);
        // A channel is closed when its selector has dropped its key.
        selector.wakeup();
        onClose.accept(this);
    }

    private static void closeChannel(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Closed is what it should be.
        }
    }

    /// Returns the bytes in flight in both directions.
    int bytes() {
        return toServer.bytes() + toClient.bytes();
    }
}
