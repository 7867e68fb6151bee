package dev.memfuse.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.engine.ApiKeys.ApiKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.server.rest.ApiException;
import dev.memfuse.server.rest.ApiServlet;
import dev.memfuse.server.rest.Caller;
import dev.memfuse.server.rest.Envelope;
import dev.memfuse.server.rest.UnreadBody;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/// Refuses requests by their headers: a foreign host or origin, a missing or unknown key, too many requests. Tells the
/// servlet who the caller is.
final class SecurityFilter extends HttpFilter {
    private static final String UNKNOWN = "The API key is unknown, revoked or expired.";

    private final transient HostCheck hosts;
    private final transient CrossOrigins origins;
    private final transient KeyCheck keys;
    private final transient RateLimit rate;
    private final boolean keysRequired;
    private final transient Optional<byte[]> token;

    /// @param token a secret that opens the data of all users beside the keys; empty for none
    SecurityFilter(HostCheck hosts, KeyCheck keys, RateLimit rate, boolean keysRequired, Optional<String> token) {
        this.hosts = hosts;
        this.origins = new CrossOrigins(hosts.origins());
        this.keys = keys;
        this.rate = rate;
        this.keysRequired = keysRequired;
        this.token = token.map(SecurityFilter::bytes);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> problem = hosts.problem(request.getHeader("Host"), CrossOrigins.origin(request));
        if (problem.isPresent()) {
            refuse(request, response, ApiException.FORBIDDEN, problem.get());
            return;
        }
        if (origins.answer(request, response)) {
            return;
        }
        if (!isPublic(request.getRequestURI())) {
            try {
                request.setAttribute(ApiServlet.CALLER, caller(request));
            } catch (ApiException e) {
                refuse(request, response, e.status(), e.sentence());
                return;
            } catch (EngineException e) {
                refuse(request, response, ApiException.UNAVAILABLE, String.valueOf(e.getMessage()));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isPublic(String path) {
        return path.equals(ApiServlet.HEALTH) || path.equals(ApiServlet.HEALTH + "/")
                || path.equals(ApiServlet.DESCRIPTION);
    }

    private Caller caller(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        Set<String> presented = KeyCheck.presented(request);
        if (presented.stream().anyMatch(this::isToken)) {
            return Caller.OF_ALL_USERS;
        }
        List<String> texts = presented.stream().filter(KeyCheck::isOurs).toList();
        require(texts.size() < 2, address, "The request presents different API keys. Send one.");
        if (texts.isEmpty()) {
            require(!keysRequired, address, presented.isEmpty()
                    ? "A request needs an API key, in the header Authorization: Bearer or X-API-Key."
                    : UNKNOWN);
            count(address);
            return Caller.OF_ALL_USERS;
        }
        // Guesses of a client that has made too many cost no look into the database.
        if (!keys.wasKnown(texts.getFirst()) && !rate.mayTake(address)) {
            throw tooMany();
        }
        Optional<ApiKey> key = keys.find(texts.getFirst());
        require(key.isPresent(), address, UNKNOWN);
        count(key.get().id().toString());
        request.setAttribute(CountingFilter.CLIENT,
                address + ", key " + key.get().name().orElse(key.get().id().toString()));
        return new Caller(key.get().userId());
    }

    /// Takes the same time for every text.
    private boolean isToken(String text) {
        return token.isPresent() && MessageDigest.isEqual(token.get(), bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A failed attempt counts too.
    private void require(boolean condition, String address, String sentence) {
        if (!condition) {
            count(address);
            throw new ApiException(ApiException.UNAUTHORIZED, sentence);
        }
    }

    private void count(String client) {
        if (!rate.take(client)) {
            throw tooMany();
        }
    }

    private static ApiException tooMany() {
        return new ApiException(ApiException.TOO_MANY_REQUESTS, "Too many requests. Try again later.");
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        UnreadBody.skip(request, response);
        response.setStatus(status);
        if (status == ApiException.UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        } else if (status != ApiException.FORBIDDEN) {
            response.setHeader("Retry-After", "1");
        }
        byte[] bytes = Envelope.error(status, message);
        response.setContentType(Envelope.MEDIA_TYPE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
