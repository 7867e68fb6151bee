package dev.memfuse.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A client that sends bytes as they are, whatever HTTP says.
final class RawClient implements AutoCloseable {
    /// Below the silence after which a server closes any connection.
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Returns all that the server sends until it closes the connection.
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// Returns the first line of the next answer, whose rest is skipped.
    String readStatus() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    /// Sends a text again and again, with a pause after each, until the server has closed the connection.
    void trickle(String text, int pauseMillis) throws IOException {
        socket.setSoTimeout(pauseMillis);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            while (true) {
                socket.getOutputStream().write(bytes);
                try {
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                } catch (SocketTimeoutException e) {
                    // The server waits for more.
                }
            }
        } catch (IOException e) {
            // Closed while this side was writing.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
