package dev.memfuse.server;

import java.io.IOException;

import dev.memfuse.metrics.HttpRequests;
import dev.memfuse.server.rest.ApiException;
import dev.memfuse.server.rest.ApiServlet;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// Counts every request for the window and for the metrics, refused ones too. The servlet names the route, and the
/// check of keys the client.
final class CountingFilter extends HttpFilter {
    /// Attribute of a request with the client's name.
    static final String CLIENT = "dev.memfuse.client";
    private static final String UNKNOWN = "unknown route";

    private final transient RequestStats stats;
    private final transient HttpRequests metrics;

    CountingFilter(RequestStats stats, HttpRequests metrics) {
        this.stats = stats;
        this.metrics = metrics;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        boolean answered = false;
        metrics.began();
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            metrics.ended();
            count(request, answered ? response.getStatus() : ApiException.FAILED, System.nanoTime() - start);
        }
    }

    private void count(HttpServletRequest request, int status, long nanos) {
        String route = request.getAttribute(ApiServlet.ROUTE) instanceof String label ? label : UNKNOWN;
        stats.count(route, request.getAttribute(CLIENT) instanceof String client ? client : request.getRemoteAddr(),
                status, nanos);
        (route.equals(UNKNOWN) ? metrics.unmatched() : metrics.route(route)).record(status, nanos);
    }
}
