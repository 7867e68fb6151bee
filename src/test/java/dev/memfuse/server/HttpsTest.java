package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.section.ServerConfig;
import dev.memfuse.config.section.ServerConfig.TlsConfig;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.server.ServerControl.State;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTPS of the server, with key stores that the test makes. The engine is in memory.
class HttpsTest {
    private static final Instant NOW = Instant.now().plusSeconds(60);
    private static final Map<String, String> PASSWORD = Map.of(TlsKeys.VARIABLE, KeyStoreFiles.PASSWORD);

    @TempDir
    private static Path folder;
    private static Path keys;
    private static Path password;

    @BeforeAll
    static void create() throws IOException, InterruptedException {
        keys = KeyStoreFiles.create(folder.resolve("server.p12"));
        password = KeyStoreFiles.secret(folder.resolve("password"), KeyStoreFiles.PASSWORD + "\n");
    }

    private static HttpServer.Dependencies serving(ServerConfig config) {
        FakeEngine engine = new FakeEngine();
        return new HttpServer.Dependencies(() -> Optional.of(engine), () -> 1 << 20,
                new MetricsHub(Clock.systemUTC()), () -> config);
    }

    private static ServerConfig config(Path keyStore, String passwordFile) {
        return new ServerConfig(new TlsConfig(keyStore.toString(), passwordFile), "");
    }

    private static HttpResponse<String> get(HttpServer server, String... headers)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(KeyStoreFiles.trusting(keys)).build()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/health"));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String refusal(TlsConfig config, Map<String, String> environment, Instant now) {
        EngineException refused = assertThrows(EngineException.class,
                () -> TlsKeys.read(config, environment, now));
        assertFalse(refused.toString().contains(KeyStoreFiles.PASSWORD), refused.toString());
        assertFalse(refused.detail().contains(KeyStoreFiles.PASSWORD), refused.detail());
        return String.valueOf(refused.getMessage());
    }

    private static String refusal(Path keyStore, Map<String, String> environment) {
        return refusal(new TlsConfig(keyStore.toString(), ""), environment, NOW);
    }

    @Test
    void aKeyStoreSwitchesToHttps() throws Exception {
        try (HttpServer plain = HttpServer.start(ServerSettings.loopback(0), serving(ServerConfig.plain()));
                HttpServer server = HttpServer.start(ServerSettings.loopback(0),
                        serving(config(keys, password.toString())))) {
            assertTrue(plain.url().startsWith("http://"), plain.url());
            assertTrue(server.url().startsWith("https://127.0.0.1:"), server.url());

            HttpResponse<String> answer = get(server);

            assertEquals(200, answer.statusCode());
            assertTrue(answer.sslSession().orElseThrow().getProtocol().matches("TLSv1\\.[23]"));
            assertFalse(cleartext(server).contains("200 OK"), "plain HTTP is not served");
        }
    }

    private static String cleartext(HttpServer server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void pagesOfPlainHttpAreAnotherOriginOfAServerWithHttps() throws Exception {
        try (HttpServer server = HttpServer.start(ServerSettings.loopback(0),
                serving(config(keys, password.toString())))) {
            assertEquals(200, get(server, "Origin", server.url()).statusCode());
            assertEquals(403, get(server, "Origin", server.url().replace("https:", "http:")).statusCode());
        }
    }

    @Test
    void theSwitchOfTheWindowStartsHttpsAndSaysWhyItCannot() {
        Path missing = folder.resolve("missing.p12");
        try (ServerControl control = new ServerControl(serving(config(keys, password.toString())));
                ServerControl without = new ServerControl(serving(config(missing, password.toString())))) {
            assertTrue(control.start(ServerSettings.loopback(0)).isEncrypted());
            assertTrue(assertInstanceOf(State.Running.class, control.state()).url().startsWith("https://"));

            assertThrows(EngineException.class, () -> without.start(ServerSettings.loopback(0)));

            assertEquals(new State.Failed("The key store " + missing + " (server.tls.key_store) does not exist, or "
                    + "this account cannot read it."), without.state());
        }
    }

    @Test
    void theServerForClientsOfThisAccountNeedsNoKeyStore() {
        try (HttpServer server = HttpServer.startPrivate("token",
                serving(config(folder.resolve("missing.p12"), "")))) {
            assertTrue(server.url().startsWith("http://127.0.0.1:"), server.url());
        }
    }

    @Test
    void thePasswordComesFromTheFileUnlessTheEnvironmentHasIt() throws IOException {
        Path wrong = KeyStoreFiles.secret(folder.resolve("wrong"), "not this one");

        assertTrue(TlsKeys.read(new TlsConfig(keys.toString(), password.toString()), Map.of(), NOW).isPresent());
        assertTrue(TlsKeys.read(new TlsConfig(keys.toString(), wrong.toString()), PASSWORD, NOW).isPresent());
        assertEquals("The password does not open the key store " + keys + " (server.tls.key_store). It comes from the "
                + "file of server.tls.password_file.",
                refusal(new TlsConfig(keys.toString(), wrong.toString()), Map.of(), NOW));
        assertEquals("The password does not open the key store " + keys + " (server.tls.key_store). It comes from the "
                + "variable MEMFUSE_KEY_STORE_PASSWORD.", refusal(keys, Map.of(TlsKeys.VARIABLE, "not this one")));
    }

    @Test
    void withoutAPasswordItIsAskedFor() {
        assertEquals("The key store " + keys + " (server.tls.key_store) needs its password: set the variable "
                + "MEMFUSE_KEY_STORE_PASSWORD, or name a file with it in server.tls.password_file.",
                refusal(keys, Map.of()));
    }

    @Test
    void aPasswordInPlaceOfItsFileIsNotRepeated() {
        String sentence = refusal(new TlsConfig(keys.toString(), KeyStoreFiles.PASSWORD), Map.of(), NOW);

        assertTrue(sentence.startsWith("The file of server.tls.password_file cannot be read."), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw--w----", "rw----r--"})
    void filesThatOthersCanUseAreRefused(String permissions) throws IOException {
        Path open = Files.copy(keys, folder.resolve("open-" + permissions));
        Path text = KeyStoreFiles.secret(folder.resolve("password-" + permissions), KeyStoreFiles.PASSWORD);
        for (Path file : List.of(open, text)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }

        assertEquals("Other accounts can use the key store " + open + ", so it is not read. Close it to them: chmod "
                + "600 '" + open + "'", refusal(open, PASSWORD));
        assertEquals("Other accounts can use the password file " + text + ", so it is not read. Close it to them: "
                + "chmod 600 '" + text + "'",
                refusal(new TlsConfig(keys.toString(), text.toString()), Map.of(), NOW));
    }

    @Test
    void aCertificateOutsideItsTimeIsRefused() throws Exception {
        Path expired = KeyStoreFiles.create(folder.resolve("expired.p12"), "-startdate", "-3d", "-validity", "2");

        String sentence = refusal(expired, PASSWORD);

        assertTrue(sentence.matches("The certificate in .*expired.p12 \\(server.tls.key_store\\) expired on "
                + "\\d{4}-\\d\\d-\\d\\d\\. Replace it\\."), sentence);
        assertTrue(TlsKeys.read(new TlsConfig(expired.toString(), ""), PASSWORD, NOW.minus(2, ChronoUnit.DAYS))
                .isPresent());
        String early = refusal(new TlsConfig(keys.toString(), ""), PASSWORD, NOW.minus(9, ChronoUnit.DAYS));
        assertTrue(early.endsWith("on. Check the clock of this machine."), early);
    }

    @Test
    void aStoreWithoutAKeyAndAFileOfAnotherKindGetASentence() throws Exception {
        Path empty = KeyStoreFiles.createWithoutKey(folder.resolve("empty.p12"), keys);
        Path pem = KeyStoreFiles.secret(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n");

        assertTrue(refusal(empty, PASSWORD).contains("has no private key with its certificate"));
        assertTrue(refusal(pem, PASSWORD).contains("is no PKCS12 key store. Make one of a key and its certificates: "
                + "openssl pkcs12 -export"));
    }
}
