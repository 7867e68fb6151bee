package dev.memfuse.server;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import dev.memfuse.background.BackgroundLoop;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections whose clients send so slowly that a message has no end. A byte now and then keeps a connection
/// from being idle, so the limit of silence does not end it, and a few thousand of them keep everybody else out. While
/// there are as many connections as there may be, silent ones are closed too: others wait for their places.
final class SlowConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowConnections.class);

    private final ServerConnector connector;
    private final Limits limits;
    private final BackgroundLoop loop = new BackgroundLoop("http-connections", this::waitAndLook);
    /// Of the loop's thread.
    private Map<EndPoint, Progress> known = new HashMap<>();

    /// How long a client may take.
    ///
    /// @param first time for the headers of the first request of a connection, and for the handshake of TLS
    /// @param later time for any other request, with its body
    /// @param interval time between two looks
    /// @param connections maximum number of connections; at this number silent ones are closed
    record Limits(Duration first, Duration later, Duration interval, int connections) {
        private static final Duration FIRST = Duration.ofSeconds(30);
        private static final Duration INTERVAL = Duration.ofSeconds(5);
        private static final int CONNECTIONS = 4_096;

        /// Returns the usual limits.
        ///
        /// @param request maximum time of a request, and of the transfer of its body
        static Limits of(Duration request) {
            return new Limits(FIRST, FIRST.plus(request.multipliedBy(2)), INTERVAL, CONNECTIONS);
        }
    }

    /// What a connection has received.
    ///
    /// @param requests number of requests with complete headers
    /// @param answers number of answers, the interim ones too
    /// @param bytes number of received bytes when these numbers changed
    /// @param sending time of the first look that saw more bytes; null before
    private record Progress(long requests, long answers, long bytes, @Nullable Long sending) {
        /// Returns whether nothing came since a look, and nothing is to be answered.
        boolean isSilentSince(@Nullable Progress before) {
            return equals(before) && sending == null && requests <= answers;
        }
    }

    SlowConnections(ServerConnector connector, Limits limits) {
        this.connector = connector;
        this.limits = limits;
    }

    /// Begins to look.
    void start() {
        loop.start();
    }

    private boolean waitAndLook() {
        loop.parkNanos(limits.interval().toNanos());
        if (!loop.closed()) {
            look();
        }
        return true;
    }

    private void look() {
        long now = System.nanoTime();
        int closed = 0;
        Map<EndPoint, Progress> seen = new HashMap<>();
        Collection<EndPoint> clients = connector.getConnectedEndPoints();
        boolean crowded = clients.size() >= limits.connections();
        for (EndPoint client : clients) {
            Connection outer = client.getConnection();
            if (outer != null) {
                Progress before = known.get(client);
                Progress progress = progress(before, outer, now);
                if (isTooSlow(progress, now) || (crowded && progress.isSilentSince(before))) {
                    client.close(new EofException("The client sends too slowly."));
                    closed++;
                } else {
                    seen.put(client, progress);
                }
            }
        }
        known = seen;
        if (closed > 0) {
            LOG.info("HTTP: closed connections whose clients send too slowly: {}", closed);
        }
    }

    private static Progress progress(@Nullable Progress before, Connection outer, long now) {
        Connection inner = outer instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : outer;
        long requests = inner == null ? 0 : inner.getMessagesIn();
        long answers = inner == null ? 0 : inner.getMessagesOut();
        long bytes = outer.getBytesIn();
        if (before == null || before.requests() != requests || before.answers() != answers) {
            // What a new connection has sent is a part of its first request.
            return new Progress(requests, answers, requests == 0 ? 0 : bytes, null);
        }
        return before.sending() != null || before.bytes() == bytes
                ? before
                : new Progress(requests, answers, before.bytes(), now);
    }

    private boolean isTooSlow(Progress progress, long now) {
        Duration limit = progress.requests() == 0 ? limits.first() : limits.later();
        return progress.sending() != null && now - progress.sending() > limit.toNanos();
    }

    /// Ends the looks. Does not block.
    @Override
    public void close() {
        loop.close();
    }
}
