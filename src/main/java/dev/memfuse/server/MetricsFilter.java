package dev.memfuse.server;

import java.io.IOException;

import dev.memfuse.metrics.HttpRequests;
import dev.memfuse.server.rest.ApiServlet;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// Counts requests by route and status for the metrics, those included that another filter refuses. Paths of requests
/// are no names of counters, since clients choose them: a request without a route is unmatched.
final class MetricsFilter extends HttpFilter {
    private final transient HttpRequests requests;

    MetricsFilter(HttpRequests requests) {
        this.requests = requests;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long begin = System.nanoTime();
        requests.began();
        try {
            chain.doFilter(request, response);
        } finally {
            requests.ended();
            HttpRequests.Route route = request.getAttribute(ApiServlet.ROUTE) instanceof String label
                    ? requests.route(label)
                    : requests.unmatched();
            route.record(response.getStatus(), System.nanoTime() - begin);
        }
    }
}
