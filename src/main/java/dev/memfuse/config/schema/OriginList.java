package dev.memfuse.config.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Origins of web pages, as browsers send them.
final class OriginList {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private OriginList() {}

    /// Returns why one of the origins is not allowed; empty when each is an exact origin.
    static Optional<String> problem(Set<String> origins) {
        return origins.stream().filter(origin -> !isExact(origin)).findFirst().map(origin -> "'"
                + TypedText.excerpt(origin)
                + "' is no origin as browsers send it: expected http:// or https:// and the name of a host in lower "
                + "case, with its port unless it is the usual one, for instance https://app.example.com; wildcards, "
                + "paths and null are not allowed");
    }

    private static boolean isExact(String origin) {
        try {
            URI uri = new URI(origin);
            String scheme = uri.getScheme();
            if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
                return false;
            }
            boolean usual = uri.getPort() == ("http".equals(scheme) ? HTTP_PORT : HTTPS_PORT);
            return !usual && origin.equals(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT)
                    + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
