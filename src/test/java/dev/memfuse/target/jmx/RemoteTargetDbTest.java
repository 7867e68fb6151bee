package dev.memfuse.target.jmx;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.memfuse.Main;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.target.Credentials;
import dev.memfuse.target.PoolChange;
import dev.memfuse.target.PoolSetting;
import dev.memfuse.target.Target;
import dev.memfuse.target.TargetAddress;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.TargetState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another JVM with HikariCP, reached by an address of JMX, with users, passwords and SSL.
@Tag("db")
class RemoteTargetDbTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SECRET = "a word that nobody may see";
    private static TestDatabase database;
    @TempDir
    private Path folder;
    private final JmxTargets targets = new JmxTargets();
    private final List<TargetChild> children = new ArrayList<>();
    private int port;

    @BeforeAll
    static void create() throws SQLException {
        database = TestServer.newDatabase();
    }

    @AfterAll
    static void drop() throws SQLException {
        TestServer.drop(database);
    }

    @AfterEach
    void close() {
        targets.close();
        children.forEach(TargetChild::close);
    }

    private Path secret(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            Files.createFile(file,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, content);
        }
        return file;
    }

    private TargetChild listening(List<String> more) throws IOException {
        if (port == 0) {
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
        }
        List<String> options = new ArrayList<>(List.of("-Dcom.sun.management.jmxremote.port=" + port,
                "-Dcom.sun.management.jmxremote.rmi.port=" + port, "-Djava.rmi.server.hostname=127.0.0.1",
                "-Dcom.sun.management.jmxremote.password.file="
                        + secret("passwords", "monitor " + SECRET.replace(' ', '-') + "\nadmin right\n"),
                "-Dcom.sun.management.jmxremote.access.file="
                        + secret("access", "monitor readonly\nadmin readwrite\n")));
        options.addAll(more);
        TargetChild child = TargetChild.start(database, options, "orders");
        children.add(child);
        return child;
    }

    private TargetState outcome(TargetAddress address, Optional<Credentials> credentials, boolean ssl)
            throws InterruptedException {
        return targets.connect(new Target(address, credentials, ssl)).awaitOutcome(PATIENCE);
    }

    private String refused(String address, Optional<Credentials> credentials) throws InterruptedException {
        return assertInstanceOf(TargetState.Refused.class,
                outcome(TargetAddress.parse(address), credentials, false)).reason();
    }

    @Test
    void userAndPasswordDecideAndAReadOnlyUserChangesNothing() throws Exception {
        TargetChild child = listening(List.of("-Dcom.sun.management.jmxremote.ssl=false"));
        String address = "127.0.0.1:" + port;
        Credentials monitor = new Credentials("monitor", SECRET.replace(' ', '-'));

        assertEquals(address + " needs a user and a password.", refused(address, Optional.empty()));
        String wrong = refused(address, Optional.of(new Credentials("monitor", "wrong")));
        assertTrue(wrong.startsWith(address + " refuses the user monitor: name or password is wrong"), wrong);
        TargetSession session = targets.connect(new Target(
                TargetAddress.parse("service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi"), Optional.of(monitor),
                false));
        TargetState.Connected connected = assertInstanceOf(TargetState.Connected.class,
                session.awaitOutcome(PATIENCE));

        assertEquals(child.pid(), connected.jvm().pid());
        await("samples", () -> !session.samplesAfter(0).isEmpty());
        assertEquals(6, session.samplesAfter(0).getLast().pool("orders").orElseThrow().maximum());
        session.unlock(true);
        String denied = String.valueOf(assertThrows(TargetException.class,
                () -> session.change("orders", new PoolChange.Set(PoolSetting.MINIMUM_IDLE, 1))).getMessage());
        assertTrue(denied.contains("the user lacks the rights"), denied);
        assertTrue((session.state() + session.target().toString()).indexOf(monitor.password()) < 0);
        TargetSession admin = targets.connect(new Target(TargetAddress.parse(address),
                Optional.of(Credentials.read("admin", secret("mine", "right\nother line"))), false));
        assertInstanceOf(TargetState.Connected.class, admin.awaitOutcome(PATIENCE));
        admin.unlock(true);
        assertEquals("1", admin.change("orders", new PoolChange.Set(PoolSetting.MINIMUM_IDLE, 1)).after());
    }

    @Test
    void aKilledServerIsAwayAndBackAtTheSameAddress() throws Exception {
        List<String> open = List.of("-Dcom.sun.management.jmxremote.ssl=false",
                "-Dcom.sun.management.jmxremote.authenticate=false");
        TargetChild child = listening(open);
        TargetSession session = targets.connect(new Target(TargetAddress.parse("127.0.0.1:" + port)));
        assertInstanceOf(TargetState.Connected.class, session.awaitOutcome(PATIENCE));
        await("samples", () -> !session.samplesAfter(0).isEmpty());

        child.kill();
        await("away", () -> session.state() instanceof TargetState.Lost lost
                && lost.reason().contains("Nothing listens at 127.0.0.1:" + port));
        TargetChild next = listening(open);

        await("back", () -> session.state() instanceof TargetState.Connected);
        assertEquals(next.pid(), ((TargetState.Connected) session.state()).jvm().pid());
    }

    @Test
    void aServerOverSslIsReadWithATrustedCertificateAndRefusedWithout() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "jmx", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1",
                "-storetype", "PKCS12",
                "-keystore", keys.toString(), "-storepass", "changeit").redirectErrorStream(true).start();
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
        listening(List.of("-Dcom.sun.management.jmxremote.ssl=true",
                "-Dcom.sun.management.jmxremote.registry.ssl=true",
                "-Dcom.sun.management.jmxremote.authenticate=false", "-Djavax.net.ssl.keyStore=" + keys,
                "-Djavax.net.ssl.keyStorePassword=changeit"));
        TargetAddress address = TargetAddress.parse("127.0.0.1:" + port);

        TargetState plain = outcome(address, Optional.empty(), false);
        TargetState untrusted = outcome(address, Optional.empty(), true);

        assertTrue(assertInstanceOf(TargetState.Refused.class, plain).reason().contains("SSL"), plain.toString());
        assertTrue(assertInstanceOf(TargetState.Refused.class, untrusted).reason().contains("trustStore"),
                untrusted.toString());
        // A JVM reads the certificates that it trusts once.
        Process watch = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=changeit", "-cp", System.getProperty("java.class.path"),
                Main.class.getName(), "targets", "watch", address.toString(), "--ssl", "--duration", "2s")
                .redirectErrorStream(true).start();
        String output = new String(watch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(watch.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, watch.exitValue(), output);
        assertTrue(output.contains("orders") && output.contains("Cost: "), output);
    }

    @Test
    void whatIsNoJmxServerGetsASentenceInTime() throws Exception {
        int unused;
        try (ServerSocket free = new ServerSocket(0)) {
            unused = free.getLocalPort();
        }
        assertTrue(refused("localhost:" + unused, Optional.empty()).contains("Nothing listens at localhost:"));
        assertTrue(refused("no-such-host.invalid:9010", Optional.empty()).contains("is unknown"));
        int postgres = URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
        String other = refused("localhost:" + postgres, Optional.empty());
        assertTrue(other.contains("answers, but not with JMX"), other);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            String sentence = refused("127.0.0.1:" + silent.getLocalPort(), Optional.empty());
            assertTrue(sentence.contains("does not answer within 5 s"), sentence);
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
        }
    }
}
