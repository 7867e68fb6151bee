package dev.memfuse.server.rest;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// Reads the rest of a body that no one needs. A server that answers without it closes the connection, and a client
/// that keeps connections then fails with its next request.
public final class UnreadBody {
    private static final int LIMIT = 1 << 20;
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final int CHUNK = 16 * 1024;

    private UnreadBody() {}

    /// Reads the rest, or announces the end of the connection when it is long or slow. Called before the answer is
    /// written.
    public static void skip(HttpServletRequest request, HttpServletResponse response) {
        try {
            ServletInputStream in = request.getInputStream();
            if (in.isFinished()) {
                return;
            }
            byte[] chunk = new byte[CHUNK];
            long start = System.nanoTime();
            int rest = LIMIT;
            while (rest > 0 && System.nanoTime() - start < TIME.toNanos()) {
                int read = in.read(chunk, 0, Math.min(rest, CHUNK));
                if (read < 0) {
                    return;
                }
                rest -= read;
            }
        } catch (IOException e) {
            // The answer may still reach the client.
        }
        response.setHeader("Connection", "close");
    }
}
