package dev.memfuse.engine.model.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that writes bytes of the test's choice, to each connection.
class HostileAnswersTest {
    private static final Prompt PROMPT = new Prompt("Say yes.", "Please.", 0.1, 50, Duration.ofSeconds(20));
    private static final String PADDING = "x".repeat(1 << 16);

    private ServerSocket server;

    /// Answers a connection whose first bytes have been read.
    @FunctionalInterface
    private interface Script {
        /// @param to of the connection; it closes afterwards
        void answer(OutputStream to) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void serve(Script script) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    int _ = socket.getInputStream().read(new byte[1 << 16]);
                    script.answer(socket.getOutputStream());
                    // Closed with something unread, the connection would be reset, and the client may miss the answer.
                    socket.shutdownOutput();
                    socket.setSoTimeout(2_000);
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException _) {
                    // The client has ended the connection.
                }
            }
        });
    }

    private static void write(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.US_ASCII));
        to.flush();
    }

    private CallFailure failure(String scheme) {
        try (ChatClient client = new ChatClient(scheme + "://127.0.0.1:" + server.getLocalPort() + "/v1",
                Optional.empty())) {
            return assertThrows(CallFailedException.class,
                    () -> client.complete("m", PROMPT, Duration.ofSeconds(60))).failure();
        }
    }

    @Test
    void aConnectionThatEndsBeforeTlsIsAgreedSaysNothingAboutCertificates() {
        serve(_ -> {});

        assertEquals(CallFailure.NO_TLS, failure("https"));
    }

    /// The alert `internal_error`, as from a server that restarts.
    @Test
    void anAlertOfTheServerSaysNothingAboutCertificates() {
        serve(to -> to.write(new byte[]{21, 3, 3, 0, 2, 2, 80}));

        assertEquals(CallFailure.NO_TLS, failure("https"));
    }

    @Test
    void aServerWithoutTlsIsNamed() {
        serve(to -> write(to, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));

        assertEquals(CallFailure.NO_TLS, failure("https"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50000000", "Connection: close"})
    void anAnswerThatIsTooLongIsNotAskedForAgain(String header) {
        serve(to -> {
            write(to, "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");
            for (int i = 0; i < 700; i++) {
                write(to, PADDING);
            }
        });

        assertEquals(CallFailure.TOO_LONG, failure("http"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50000000", "Content-Length: 10", "Connection: close"})
    void theStatusOfARefusalCountsHoweverLongItsBodyIs(String header) {
        serve(to -> {
            write(to, "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\n" + header + "\r\n\r\n");
            for (int i = 0; i < 700; i++) {
                write(to, PADDING);
            }
        });

        assertEquals(new CallFailure("received too many requests (status 429)", true,
                Optional.of(Duration.ofSeconds(7))), failure("http"));
    }

    @Test
    void theStatusOfARefusalCountsWhenItsBodyNeverComes() {
        serve(to -> {
            write(to, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 100\r\n\r\n{");
            try (Socket next = server.accept()) {
                int _ = next.getInputStream().read();
            }
        });

        assertEquals("refused the key (status 401); set MEMFUSE_LLM_API_KEY or OPENAI_API_KEY, and restart the program "
                + "after a change of the server", failure("http").reason());
    }
}
