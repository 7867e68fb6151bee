package dev.memfuse.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;

import dev.memfuse.monitoring.PrometheusMetrics;
import dev.memfuse.server.rest.ApiException;
import dev.memfuse.server.rest.ApiServlet;
import dev.memfuse.server.rest.Caller;
import dev.memfuse.server.rest.Envelope;
import dev.memfuse.server.rest.PacedOutput;
import dev.memfuse.server.rest.UnreadBody;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// Answers the metrics of the program to collectors. They are of all users, so the key of one user is refused.
final class MetricsServlet extends HttpServlet {
    static final String PATH = "/metrics";
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final transient PrometheusMetrics metrics;

    MetricsServlet(PrometheusMetrics metrics) {
        this.metrics = metrics;
    }

    /// Takes GET and HEAD only: the library answers TRACE with the headers of the request, keys included.
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!METHODS.contains(request.getMethod())) {
            UnreadBody.skip(request, response);
            response.setStatus(ApiException.METHOD_NOT_ALLOWED);
            response.setHeader("Allow", "GET, HEAD");
            answer(response, Envelope.MEDIA_TYPE, Envelope.error(ApiException.METHOD_NOT_ALLOWED,
                    "This path does not take this method. It takes GET."));
            return;
        }
        request.setAttribute(ApiServlet.ROUTE, "GET " + PATH);
        if (request.getAttribute(ApiServlet.CALLER) instanceof Caller caller && caller.userId().isPresent()) {
            response.setStatus(ApiException.FORBIDDEN);
            answer(response, Envelope.MEDIA_TYPE, Envelope.error(ApiException.FORBIDDEN,
                    "The metrics are of all users. Use a key for all users."));
            return;
        }
        String accept = request.getHeader("Accept");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        metrics.write(text, accept);
        answer(response, metrics.contentType(accept), text.toByteArray());
    }

    private static void answer(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        PacedOutput.answer(response, body);
    }
}
