package dev.memfuse.server;

import java.io.IOException;

import dev.memfuse.server.rest.ApiServlet;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// Counts every request, refused ones too. The servlet names the route, and the check of keys the client.
final class CountingFilter extends HttpFilter {
    /// Attribute of a request with the client's name.
    static final String CLIENT = "dev.memfuse.client";
    private static final String UNKNOWN = "unknown route";

    private final transient RequestStats stats;

    CountingFilter(RequestStats stats) {
        this.stats = stats;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            stats.count(request.getAttribute(ApiServlet.ROUTE) instanceof String route ? route : UNKNOWN,
                    request.getAttribute(CLIENT) instanceof String client ? client : request.getRemoteAddr(),
                    response.getStatus(), System.nanoTime() - start);
        }
    }
}
