package dev.memfuse.engine.model.language;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import dev.memfuse.file.FileFailures;
import org.jspecify.annotations.Nullable;

/// Trusts the certificates of a file besides those of Java. The name of the server is checked in either case.
final class TrustedCertificates {
    private TrustedCertificates() {}

    /// Returns the context for connections.
    ///
    /// @param file certificates in PEM form
    /// @throws LanguageModelException when the file cannot be read
    static SSLContext context(Path file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate trusted : managerOf(null).getAcceptedIssuers()) {
                store.setCertificateEntry("java-" + store.size(), trusted);
            }
            for (Certificate added : read(file)) {
                store.setCertificateEntry("file-" + store.size(), added);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new X509TrustManager[]{managerOf(store)}, null);
            return context;
        } catch (IOException e) {
            throw unreadable(file, FileFailures.reason(e), e);
        } catch (GeneralSecurityException e) {
            throw unreadable(file, "it holds no certificates in PEM form", e);
        }
    }

    private static LanguageModelException unreadable(Path file, String reason, Exception cause) {
        return new LanguageModelException("The certificates in " + file + " (llm.certificates) cannot be read: "
                + reason + ".", cause);
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream stream = Files.newInputStream(file)) {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(stream);
            if (found.isEmpty()) {
                throw new IOException("it holds no certificate");
            }
            return found;
        }
    }

    private static X509TrustManager managerOf(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
