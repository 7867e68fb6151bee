package dev.memfuse.server;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.config.section.ServerConfig;
import dev.memfuse.config.section.ServerConfig.TlsConfig;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.server.rest.BodyMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key store that changes while the server runs, seen by clients that speak TLS.
class CertificateRenewalTest {
    private static final String COMPONENT = "http-certificate";

    @TempDir
    private static Path folder;
    private static Path first;
    private static Path second;
    private static Path expired;
    private static Path password;
    private static SSLContext trust;

    private Path keys;
    private HttpServer server;

    @BeforeAll
    static void create() throws Exception {
        first = KeyStoreFiles.create(folder.resolve("first.p12"));
        second = KeyStoreFiles.create(folder.resolve("second.p12"));
        expired = KeyStoreFiles.create(folder.resolve("expired.p12"), "-startdate", "-3d", "-validity", "2");
        password = KeyStoreFiles.secret(folder.resolve("password"), KeyStoreFiles.PASSWORD);
        trust = KeyStoreFiles.trusting(first, second);
    }

    @BeforeEach
    void start() throws IOException {
        keys = Files.copy(first, folder.resolve("server.p12"), StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        FakeEngine engine = new FakeEngine();
        ServerConfig config = new ServerConfig(new TlsConfig(keys.toString(), password.toString()), "");
        ServerSettings settings = ServerSettings.loopback(0);
        server = HttpServer.start(settings, new HttpServer.Dependencies(() -> Optional.of(engine),
                () -> 1 << 20, new MetricsHub(Clock.systemUTC()), () -> config),
                new HttpServer.Checks(
                        Duration.ofMillis(20), SlowConnections.Limits.of(settings.timeout()), BodyMemory.ofHeap()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// An open connection.
    private final class Client implements AutoCloseable {
        private final SSLSocket socket;

        Client() throws IOException {
            socket = (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", server.port());
            socket.startHandshake();
        }

        X509Certificate certificate() throws IOException {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }

        /// Sends a request and returns the first line of its answer.
        String ask() throws IOException {
            socket.getOutputStream().write("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            int next = in.read();
            while (next >= 0 && next != '\r') {
                line.append((char) next);
                next = in.read();
            }
            // The rest of the answer, as far as it is there.
            long _ = in.skip(Math.max(0, in.available()));
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private X509Certificate served() {
        try (Client client = new Client()) {
            assertTrue(client.ask().startsWith("HTTP/1.1 200"));
            return client.certificate();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Replaces the key store as certificate tools do: a new file takes the name.
    private void replaceBy(Path other) throws IOException {
        Path beside = Files.copy(other, folder.resolve("next.p12"), StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(beside, keys, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Waits for the alert about the key store with a reason.
    private void awaitAlert(String reason) {
        await("the alert", () -> BackgroundHealth.problems().stream()
                .anyMatch(problem -> problem.startsWith(COMPONENT) && problem.contains(reason)));
    }

    private static X509Certificate in(Path keyStore) throws IOException, GeneralSecurityException {
        return KeyStoreFiles.certificate(keyStore);
    }

    @Test
    void newConnectionsGetTheNewCertificateAndOldOnesGoOn() throws Exception {
        try (Client old = new Client()) {
            assertEquals(in(first), old.certificate());
            assertTrue(old.ask().startsWith("HTTP/1.1 200"));

            replaceBy(second);

            await("the new certificate", () -> served().equals(certificateOf(second)));
            assertTrue(old.ask().startsWith("HTTP/1.1 200"), "the open connection goes on");
            assertEquals(in(first), old.certificate());
        }
    }

    private static X509Certificate certificateOf(Path keyStore) {
        try {
            return in(keyStore);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDamagedFileIsRefusedWithAnAlertAndTheOldCertificateStays() throws Exception {
        byte[] whole = Files.readAllBytes(second);
        Path torn = Files.write(folder.resolve("torn.p12"), Arrays.copyOf(whole, whole.length / 2));
        KeyStoreFiles.close(torn);

        replaceBy(torn);

        awaitAlert("is no PKCS12 key store");
        assertEquals(in(first), served());

        replaceBy(second);

        await("the sound one is taken", () -> served().equals(certificateOf(second)));
    }

    @Test
    void anExpiredCertificateIsNotTaken() throws Exception {
        assertNotEquals(in(first), in(expired));

        replaceBy(expired);

        awaitAlert("expired on");
        assertEquals(in(first), served());
    }

    @Test
    void aMissingFileLeavesTheOldCertificate() throws Exception {
        Files.delete(keys);

        awaitAlert("does not exist");
        assertEquals(in(first), served());
    }
}
