package dev.memfuse.config.section;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/// Section `server`: the HTTP server of `serve` and of the Server page. Read when a server starts.
///
/// @param tls the keys of HTTPS
/// @param allowedOrigins origins of web pages that may send requests, separated by blanks or commas; empty for none
public record ServerConfig(TlsConfig tls, String allowedOrigins) {

    /// Section `server.tls`.
    ///
    /// @param keyStore PKCS12 file with the private key and the certificates of the server; empty serves plain HTTP
    /// @param passwordFile file with the password of the key store; empty when the environment has it
    public record TlsConfig(String keyStore, String passwordFile) {}

    /// Returns the settings of a server with plain HTTP for this machine.
    public static ServerConfig plain() {
        return new ServerConfig(new TlsConfig("", ""), "");
    }

    /// Returns the origins in the order of the file.
    public Set<String> origins() {
        Set<String> origins = new LinkedHashSet<>(Arrays.asList(allowedOrigins.strip().split("[\\s,]+")));
        origins.remove("");
        return origins;
    }
}
