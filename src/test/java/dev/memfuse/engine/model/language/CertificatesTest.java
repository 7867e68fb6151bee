package dev.memfuse.engine.model.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers with TLS on the loopback address, with certificates that the test makes.
class CertificatesTest {
    private static final String PASSWORD = "of-a-test";
    private static final Prompt PROMPT = new Prompt("Say yes.", "Please.", 0.1, 50, Duration.ofSeconds(20));

    @TempDir
    Path folder;
    private final AtomicInteger received = new AtomicInteger();
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        server = serve("ip:127.0.0.1");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, output);
    }

    /// Starts a server with a new certificate, which lies in `server.pem`.
    private HttpsServer serve(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = folder.resolve("keys-" + name.replaceAll("\\W", "") + ".p12");
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=" + name,
                "-keystore", keys.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12");
        Files.deleteIfExists(folder.resolve("server.pem"));
        keytool("-exportcert", "-rfc", "-alias", "server", "-keystore", keys.toString(), "-storepass", PASSWORD,
                "-file", folder.resolve("server.pem").toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(keys)) {
            store.load(stream, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setHttpsConfigurator(new HttpsConfigurator(context));
        started.createContext("/", exchange -> {
            try (exchange) {
                received.incrementAndGet();
                byte[] body = "{\"choices\":[{\"message\":{\"content\":\"yes\"}}]}"
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        started.start();
        return started;
    }

    private Completion ask(String certificates) throws CallFailedException {
        try (ChatClient client = new ChatClient("https://127.0.0.1:" + server.getAddress().getPort() + "/v1",
                Optional.of("sk-of-a-test"), certificates)) {
            return client.complete("m", PROMPT, Duration.ofSeconds(20));
        }
    }

    private CallFailure failure(String certificates) {
        return assertThrows(CallFailedException.class, () -> ask(certificates)).failure();
    }

    @Test
    void aServerIsTrustedByTheCertificateOfTheFile() throws CallFailedException {
        assertEquals(Optional.of("yes"), ask(folder.resolve("server.pem").toString()).text());
    }

    @Test
    void aCertificateThatIsNotTrustedFailsWithoutARetry() {
        assertEquals(CallFailure.UNTRUSTED, failure(""));
        assertEquals(0, received.get());
    }

    @Test
    void aCertificateForAnotherNameIsNotTrusted() throws Exception {
        server.stop(0);
        server = serve("dns:elsewhere.invalid");

        assertEquals(CallFailure.UNTRUSTED, failure(folder.resolve("server.pem").toString()));
        assertEquals(0, received.get());
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        for (Path file : List.of(empty, folder.resolve("missing.pem"))) {
            String sentence = String
                    .valueOf(assertThrows(LanguageModelException.class, () -> ask(file.toString())).getMessage());
            assertTrue(sentence.startsWith("The certificates in " + file), sentence);
        }
    }
}
