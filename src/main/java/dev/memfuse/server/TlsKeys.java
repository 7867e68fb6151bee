package dev.memfuse.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import dev.memfuse.config.section.ServerConfig.TlsConfig;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.file.OwnerFiles;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of HTTPS: a PKCS12 file, whose password comes from the environment or a file. Each problem is a sentence
/// for the user; none contains the password.
final class TlsKeys {
    /// Variable of the environment with the password.
    static final String VARIABLE = "MEMFUSE_KEY_STORE_PASSWORD";
    private static final Logger LOG = LoggerFactory.getLogger(TlsKeys.class);
    private static final Duration SOON = Duration.ofDays(14);
    private static final String SETTING = " (server.tls.key_store)";

    private final Path file;
    private final TlsConfig config;
    private final Map<String, String> environment;

    private TlsKeys(TlsConfig config, Map<String, String> environment) {
        this.file = Path.of(config.keyStore());
        this.config = config;
        this.environment = environment;
    }

    /// Reads the keys; empty when the server has none and serves plain HTTP.
    ///
    /// @param environment environment variables
    /// @param now time at which the certificate must be valid
    /// @throws EngineException when they cannot be used
    static Optional<SslContextFactory.Server> read(TlsConfig config, Map<String, String> environment, Instant now) {
        return of(config, environment).map(keys -> factory(keys.context(now)));
    }

    /// Returns the keys that a configuration names; empty when the server has none. Reads nothing.
    ///
    /// @param environment environment variables
    static Optional<TlsKeys> of(TlsConfig config, Map<String, String> environment) {
        return config.keyStore().isBlank() ? Optional.empty() : Optional.of(new TlsKeys(config, environment));
    }

    /// Returns what Jetty needs to use a context.
    static SslContextFactory.Server factory(SSLContext context) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(context);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return factory;
    }

    /// Returns the files of the keys: the key store, and the file of its password where the configuration names one.
    List<Path> files() {
        return Stream.of(config.keyStore(), config.passwordFile()).filter(name -> !name.isBlank()).map(Path::of)
                .toList();
    }

    /// Reads the files. Blocks.
    ///
    /// @param now time at which the certificate must be valid
    /// @throws EngineException when they cannot be used
    SSLContext context(Instant now) {
        requireClosed(file, "key store");
        if (!Files.isRegularFile(file)) {
            throw new EngineException(missing());
        }
        char[] password = password();
        try {
            KeyStore store = open(password);
            requireKey(store, now);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (UnrecoverableKeyException e) {
            throw new EngineException(wrongPassword(), e.toString(), e);
        } catch (GeneralSecurityException e) {
            throw new EngineException("The key store " + file + SETTING + " cannot be used.", e.toString(), e);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private static void requireClosed(Path file, String name) {
        OwnerFiles.problem(file, name).ifPresent(sentence -> {
            throw new EngineException(sentence);
        });
    }

    private char[] password() {
        String variable = environment.getOrDefault(VARIABLE, "");
        if (!variable.isEmpty()) {
            return variable.toCharArray();
        }
        if (config.passwordFile().isBlank()) {
            throw new EngineException("The key store " + file + SETTING + " needs its password: set the variable "
                    + VARIABLE + ", or name a file with it in server.tls.password_file.");
        }
        Path named = Path.of(config.passwordFile());
        requireClosed(named, "password file");
        try {
            return OwnerFiles.firstLine(named, "file of server.tls.password_file").toCharArray();
        } catch (IllegalArgumentException e) {
            throw new EngineException(String.valueOf(e.getMessage()), "", e);
        }
    }

    private KeyStore open(char[] password) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, password);
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new EngineException(wrongPassword(), e.toString(), e);
            }
            throw new EngineException(Files.isReadable(file)
                    ? "The file " + file + SETTING + " is no PKCS12 key store. Make one of a key and its certificates: "
                            + "openssl pkcs12 -export -inkey key.pem -in certificates.pem -out server.p12"
                    : missing(),
                    e.toString(), e);
        }
    }

    private String missing() {
        return "The key store " + file + SETTING + " does not exist, or this account cannot read it.";
    }

    private String wrongPassword() {
        return "The password does not open the key store " + file + SETTING + ". It comes from "
                + (environment.getOrDefault(VARIABLE, "").isEmpty()
                        ? "the file of server.tls.password_file."
                        : "the variable " + VARIABLE + ".");
    }

    private void requireKey(KeyStore store, Instant now) throws GeneralSecurityException {
        boolean found = false;
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                found = true;
                requireValid(certificate, now);
            }
        }
        if (!found) {
            throw new EngineException("The key store " + file + SETTING + " has no private key with its certificate. "
                    + "Put both into it: openssl pkcs12 -export -inkey key.pem -in certificates.pem -out server.p12");
        }
    }

    private void requireValid(X509Certificate certificate, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            throw new EngineException("The certificate in " + file + SETTING + " expired on " + day(end)
                    + ". Replace it.");
        }
        if (now.isBefore(begin)) {
            throw new EngineException("The certificate in " + file + SETTING + " is valid from " + day(begin)
                    + " on. Check the clock of this machine.");
        }
        if (now.plus(SOON).isAfter(end)) {
            LOG.warn("HTTP: the certificate in {} expires on {}. Replace the file; a running server takes the new one",
                    file, day(end));
        }
    }

    private static String day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
