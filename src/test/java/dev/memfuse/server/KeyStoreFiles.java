package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Key stores that a test makes, closed to other accounts.
final class KeyStoreFiles {
    static final String PASSWORD = "Of-A-Test-7";

    private KeyStoreFiles() {}

    /// Makes a key store with a key and a certificate for this machine.
    ///
    /// @param more further arguments of keytool, such as the time of validity
    static Path create(Path file, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname",
                "CN=test", "-ext", "san=ip:127.0.0.1,dns:localhost", "-storetype", "PKCS12"));
        arguments.addAll(List.of(more));
        keytool(file, arguments);
        return closed(file);
    }

    /// Makes a key store with nothing but the certificate of another one.
    static Path createWithoutKey(Path file, Path other) throws IOException, InterruptedException {
        Path certificate = file.resolveSibling("certificate.pem");
        keytool(other, List.of("-exportcert", "-rfc", "-alias", "server", "-file", certificate.toString()));
        keytool(file, List.of("-importcert", "-noprompt", "-alias", "other", "-storetype", "PKCS12", "-file",
                certificate.toString()));
        return closed(file);
    }

    /// Writes a file that only this account can use.
    static Path secret(Path file, String text) throws IOException {
        return closed(Files.writeString(file, text));
    }

    /// Closes a file to other accounts.
    static Path close(Path file) throws IOException {
        return closed(file);
    }

    /// Returns the certificate of a key store.
    static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        return (X509Certificate) keys(file).getCertificate("server");
    }

    private static KeyStore keys(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static Path closed(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void keytool(Path file, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, output);
    }

    /// Returns the context of a client that trusts the certificates of key stores.
    static SSLContext trusting(Path... files) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (Path file : files) {
            trusted.setCertificateEntry(file.getFileName().toString(), certificate(file));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
