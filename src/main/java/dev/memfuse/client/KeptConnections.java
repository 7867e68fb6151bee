package dev.memfuse.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.exception.EngineException;
import tools.jackson.databind.json.JsonMapper;

/// Adds messages over HTTP at the least cost of a client: blocking sockets that stay open, and no thread of its own.
/// For measurements of a server that shares its processors with the client; [MemFuseClient] is for everything else.
/// Thread-safe; a call blocks.
public final class KeptConnections implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CREATED = 201;
    private static final String LENGTH = "content-length:";

    private final InetSocketAddress address;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    private record Connection(Socket socket, InputStream in) {}

    /// @param server address of a server on this machine
    public KeptConnections(URI server) {
        address = new InetSocketAddress(server.getHost(), server.getPort());
    }

    /// Adds messages as one round.
    ///
    /// @throws EngineException when the server did not acknowledge them
    public void add(UUID session, List<NewMessage> messages) {
        byte[] body = JSON.writeValueAsBytes(
                Map.of("messages", messages.stream().map(MemFuseClient::message).toList()));
        byte[] head = ("POST /api/v1/sessions/" + session + "/messages HTTP/1.1\r\nHost: " + address.getHostString()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        try {
            Connection connection = idle.poll();
            if (connection == null) {
                connection = open();
            }
            connection.socket().getOutputStream().write(request);
            int status = read(connection.in());
            if (status != CREATED) {
                connection.socket().close();
                throw new EngineException("The server answered " + status + ".");
            }
            idle.add(connection);
        } catch (IOException e) {
            throw new EngineException("The server does not answer.", e.toString(), e);
        }
    }

    private Connection open() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(address);
        return new Connection(socket, new BufferedInputStream(socket.getInputStream()));
    }

    /// Reads an answer and returns its status.
    private static int read(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The connection ended.");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.socket().close();
            } catch (IOException e) {
                // The server closes it too.
            }
        }
    }
}
