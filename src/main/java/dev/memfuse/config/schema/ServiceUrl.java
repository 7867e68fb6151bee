package dev.memfuse.config.schema;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.config.secret.SecretKeys;

/// URLs of services that receive a key.
final class ServiceUrl {
    private static final int MAX_PORT = 65_535;

    private ServiceUrl() {}

    /// Returns why a URL is not allowed: it is none, holds a secret, or would send a key without encryption to another
    /// machine.
    static Optional<String> problem(String text) {
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            return Optional.of("expected a URL that starts with http:// or https://");
        }
        if (text.contains("@") || text.contains("?")) {
            return Optional.of(SecretKeys.API_KEY_PROBLEM);
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException _) {
            return Optional.of("expected a URL without blanks and special characters");
        }
        if (url.getHost() == null || url.getFragment() != null) {
            return Optional.of("expected a URL with the name of a host and without #");
        }
        if (url.getRawAuthority().endsWith(":") || url.getPort() == 0 || url.getPort() > MAX_PORT) {
            return Optional.of("expected a URL whose port is a number from 1 to 65535");
        }
        if (text.startsWith("http://") && !isLoopback(url.getHost())) {
            return Optional.of("http:// would send the key and the texts unencrypted; use https://, or an address of "
                    + "this machine such as localhost");
        }
        return Optional.empty();
    }

    /// Names other than `localhost` are not looked up.
    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(name.startsWith("[") ? name.substring(1, name.length() - 1) : name)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
