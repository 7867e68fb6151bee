package dev.memfuse.client;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Adds messages over HTTP at the least cost of a client: one blocking socket for each caller, which stays open,
/// requests that are written beforehand, and no thread of its own. For measurements of a server that shares its
/// processors with the client; [MemFuseClient] is for everything else. Thread-safe.
public final class KeptConnections implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final String CREATED = "HTTP/1.1 201 ";
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String HEAD_END = "\r\n\r\n";

    private final InetSocketAddress address;
    private final Queue<Caller> callers = new ConcurrentLinkedQueue<>();

    /// @param server address of a server on this machine
    public KeptConnections(URI server) {
        address = new InetSocketAddress(server.getHost(), server.getPort());
    }

    /// Writes the requests of a caller, which has a connection of its own. The server makes the ids of their messages,
    /// so that a request can be sent again.
    ///
    /// @param batches messages of its requests, in turns
    public Caller caller(UUID session, List<List<NewMessage>> batches) {
        Caller caller = new Caller(address, batches.stream().map(batch -> request(session, batch)).toList());
        callers.add(caller);
        return caller;
    }

    private byte[] request(UUID session, List<NewMessage> messages) {
        byte[] body = JSON.writeValueAsBytes(Map.of("messages", messages.stream()
                .map(message -> Map.of("role", message.role().label(), "content", message.content())).toList()));
        byte[] head = ("POST /api/v1/sessions/" + session + "/messages HTTP/1.1\r\nHost: " + address.getHostString()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + HEAD_END)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /// Sends the requests of one caller, one after the other. For one thread at a time; a call blocks.
    public static final class Caller implements AutoCloseable {
        private final InetSocketAddress address;
        private final List<byte[]> requests;
        private final byte[] answer = new byte[LONGEST_ANSWER];
        private @Nullable Socket socket;
        private int next;

        private Caller(InetSocketAddress address, List<byte[]> requests) {
            this.address = address;
            this.requests = requests;
        }

        /// Sends the next request and waits until the server has acknowledged it.
        ///
        /// @throws EngineException when it did not
        public void add() {
            try {
                Socket open = socket == null ? open() : socket;
                open.getOutputStream().write(requests.get(next));
                next = (next + 1) % requests.size();
                String status = read(open.getInputStream());
                if (!status.equals(CREATED)) {
                    close();
                    throw new EngineException("The server answered " + status.strip() + ".");
                }
            } catch (IOException e) {
                close();
                throw new EngineException("The server does not answer.", e.toString(), e);
            }
        }

        private Socket open() throws IOException {
            Socket opened = new Socket();
            opened.setTcpNoDelay(true);
            opened.connect(address);
            socket = opened;
            return opened;
        }

        /// Reads an answer and returns the beginning of its status line.
        private String read(InputStream in) throws IOException {
            int filled = 0;
            int end = -1;
            while (end < 0 || filled < end) {
                int read = filled == answer.length ? -1 : in.read(answer, filled, answer.length - filled);
                if (read < 0) {
                    throw new IOException("The answer is not complete.");
                }
                filled += read;
                end = end < 0 ? end(new String(answer, 0, filled, StandardCharsets.ISO_8859_1)) : end;
            }
            return new String(answer, 0, CREATED.length(), StandardCharsets.ISO_8859_1);
        }

        /// Returns the length of an answer with its body; -1 when its head is not complete.
        private static int end(String text) {
            int head = text.indexOf(HEAD_END);
            if (head < 0) {
                return -1;
            }
            int length = text.substring(0, head).toLowerCase(Locale.ROOT).indexOf(LENGTH);
            int body = length < 0
                    ? 0
                    : Integer.parseInt(text.substring(length + LENGTH.length(),
                            text.indexOf('\r', length + LENGTH.length())).strip());
            return head + HEAD_END.length() + body;
        }

        @Override
        public void close() {
            Socket open = socket;
            socket = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    // The server closes it too.
                }
            }
        }
    }

    @Override
    public void close() {
        callers.forEach(Caller::close);
    }
}
