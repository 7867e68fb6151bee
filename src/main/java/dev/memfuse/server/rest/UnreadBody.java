package dev.memfuse.server.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/// Reads the rest of a body that no one needs. A server that answers without it closes the connection, and a client
/// that keeps connections then fails with its next request.
public final class UnreadBody {
    /// Attribute of a request whose body is read, at least in part.
    static final String READ = "dev.memfuse.body";
    private static final int LIMIT = 1 << 20;
    private static final Duration TIME = Duration.ofSeconds(5);
    /// Longest silence of a client whose body is not needed: it may wait for its answer before it sends the body.
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final int CHUNK = 16 * 1024;

    private UnreadBody() {}

    /// Reads the rest, or announces the end of the connection when it is long or slow. Called before the answer is
    /// written.
    public static void skip(HttpServletRequest request, HttpServletResponse response) {
        if (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null) {
            return;
        }
        try {
            // The stream invites a client that asks first to send its body, which nobody wants now.
            boolean asks = request.getHeader("Expect") != null && request.getAttribute(READ) == null;
            if (!asks && isRead(request.getInputStream(), connection(request))) {
                return;
            }
        } catch (IOException e) {
            // The answer may still reach the client.
        }
        response.setHeader("Connection", "close");
    }

    private static Optional<EndPoint> connection(HttpServletRequest request) {
        return Optional.ofNullable(ServletContextRequest.getServletContextRequest(request))
                .map(context -> context.getConnectionMetaData().getConnection().getEndPoint());
    }

    private static boolean isRead(ServletInputStream in, Optional<EndPoint> connection) throws IOException {
        if (in.isFinished()) {
            return true;
        }
        long idle = connection.map(EndPoint::getIdleTimeout).orElse(0L);
        connection.ifPresent(client -> client.setIdleTimeout(SILENCE.toMillis()));
        try {
            byte[] chunk = new byte[CHUNK];
            long start = System.nanoTime();
            int rest = LIMIT;
            while (rest > 0 && System.nanoTime() - start < TIME.toNanos()) {
                int read = in.read(chunk, 0, Math.min(rest, CHUNK));
                if (read < 0) {
                    return true;
                }
                rest -= read;
            }
            return false;
        } finally {
            connection.ifPresent(client -> client.setIdleTimeout(idle));
        }
    }
}
