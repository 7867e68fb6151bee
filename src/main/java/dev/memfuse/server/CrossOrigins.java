package dev.memfuse.server;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/// Lets browsers pass answers to web pages of the permitted origins (CORS). Origins are compared character by
/// character, as browsers write them. Keys are headers, so cookies and other credentials of browsers are not permitted.
///
/// @param origins permitted origins; empty adds nothing to any answer
record CrossOrigins(Set<String> origins) {
    private static final String METHODS = "GET, POST, PUT, DELETE";
    private static final String HEADERS = "Authorization, X-API-Key, Content-Type, Accept, Mcp-Protocol-Version, "
            + "Mcp-Session-Id, Last-Event-ID";
    private static final String EXPOSED = "X-MemFuse-Degraded, Retry-After, WWW-Authenticate, Mcp-Session-Id";
    private static final String PREFLIGHT_SECONDS = "600";

    CrossOrigins {
        origins = Set.copyOf(origins);
    }

    /// Returns the header `Origin`; null when a client that is no browser sent none. Several headers are one text,
    /// which is no origin.
    static @Nullable String origin(HttpServletRequest request) {
        Enumeration<String> headers = request.getHeaders("Origin");
        List<String> values = headers == null ? List.of() : Collections.list(headers);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    /// Adds the headers for a permitted origin.
    ///
    /// @return whether the request is a preflight, which is answered then: it carries no key and has no effect
    boolean answer(HttpServletRequest request, HttpServletResponse response) {
        if (origins.isEmpty()) {
            return false;
        }
        response.addHeader("Vary", "Origin");
        String origin = origin(request);
        if (origin == null || !origins.contains(origin)) {
            return false;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        if (!request.getMethod().equals("OPTIONS") || request.getHeader("Access-Control-Request-Method") == null) {
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
            return false;
        }
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        response.setHeader("Access-Control-Allow-Headers", HEADERS);
        response.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return true;
    }
}
