package dev.memfuse.server.mcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.server.mcp.tool.Memory;
import dev.memfuse.server.rest.ApiException;
import dev.memfuse.server.rest.ApiServlet;
import dev.memfuse.server.rest.Bodies;
import dev.memfuse.server.rest.Caller;
import dev.memfuse.server.rest.Envelope;
import dev.memfuse.server.rest.PacedOutput;
import dev.memfuse.server.rest.UnreadBody;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.spec.HttpHeaders;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Answers the Model Context Protocol at `/mcp/{user}`: streamable HTTP without sessions, so that each request shows by
/// its own path and key whose memory it may use, and a restart of the server breaks no client. Errors outside the
/// protocol have the envelope of the API.
public final class McpServlet extends HttpServlet {
    /// Path of the servlet.
    public static final String PATHS = McpRequest.ENDPOINT + "/*";

    private static final Logger LOG = LoggerFactory.getLogger(McpServlet.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /// An error of the library, whose text is that of an exception. In a text of a user the quotes are escaped.
    private static final String INTERNAL_ERROR = "\"error\":{\"code\":-32603";
    private static final String ROUTE = "POST " + McpRequest.ENDPOINT + "/{user}";
    private static final int ACCEPTED = 202;

    private final transient Options options;
    private final transient McpUsers users = new McpUsers();
    private final transient ToolCalls calls;
    private final transient HttpServletStatelessServerTransport transport;
    private final transient McpProtocol protocol;

    /// What the protocol needs.
    ///
    /// @param engine returns the running engine; empty while none runs
    /// @param metrics receives the operations
    /// @param bodies reads the bodies of messages
    /// @param concurrent maximum number of calls at a time
    /// @param timeout maximum time of a call
    /// @param security checks the headers Host and Origin; the library checks none by default
    /// @param version version of the program
    public record Options(Supplier<Optional<MemoryEngine>> engine, MetricsHub metrics, Bodies bodies,
            int concurrent, Duration timeout, ServerHttpHeaderValidator security, String version) {}

    /// An answer.
    @SuppressWarnings("ArrayRecordComponent") // bytes to write, never compared or changed
    private record Answer(int status, byte[] bytes) {
        static Answer error(int status, String sentence) {
            return new Answer(status, Envelope.error(status, sentence));
        }

        static Answer refusal(McpMessage message, String sentence) {
            return message.refusal(sentence).map(bytes -> new Answer(HttpServletResponse.SC_OK, bytes))
                    .orElse(new Answer(ACCEPTED, new byte[0]));
        }
    }

    public McpServlet(Options options) {
        this.options = options;
        calls = new ToolCalls(options.concurrent(), options.timeout(), options.metrics(), users::forget);
        transport = McpProtocol.transport(options.security());
        protocol = new McpProtocol(transport, calls, options.version());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setAttribute(ApiServlet.ROUTE, ROUTE);
        Answer answer;
        try {
            requireForm(request);
            answer = answer(request, response, memory(request));
        } catch (ApiException e) {
            answer = Answer.error(e.status(), e.sentence());
        } catch (EngineException e) {
            answer = Answer.error(ApiException.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        UnreadBody.skip(request, response);
        write(response, answer);
    }

    private Answer answer(HttpServletRequest request, HttpServletResponse response, Memory memory)
            throws ServletException, IOException {
        try (Bodies.Received received = options.bodies().read(request)) {
            return answer(request, response, memory, received);
        }
    }

    private Answer answer(HttpServletRequest request, HttpServletResponse response, Memory memory,
            Bodies.Received received) throws ServletException, IOException {
        McpMessage message = McpMessage.read(received);
        if (!message.problem().isEmpty()) {
            return Answer.refusal(message, message.problem());
        }
        McpResponse kept = new McpResponse(response);
        transport.service(new McpRequest(request, memory, received.bytes()), kept);
        int status = kept.getStatus();
        if (status >= ApiException.FAILED || kept.text().contains(INTERNAL_ERROR)) {
            LOG.warn("HTTP: a message of the Model Context Protocol was not understood");
            return Answer.refusal(message, "The message could not be read. Its parameters may be wrong.");
        }
        return status < ApiException.BAD_REQUEST
                ? new Answer(status, kept.text().getBytes(StandardCharsets.UTF_8))
                : Answer.error(status, sentence(kept.text()));
    }

    private void requireForm(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            throw new ApiException(ApiException.METHOD_NOT_ALLOWED, "The server keeps no sessions and sends nothing by "
                    + "itself: send each message with POST.");
        }
        if (request.getContentType() == null) {
            throw new ApiException(ApiException.UNSUPPORTED_TYPE, "The body must be " + Envelope.MEDIA_TYPE + ".");
        }
        String version = request.getHeader(HttpHeaders.PROTOCOL_VERSION);
        if (version != null && !transport.protocolVersions().contains(version)) {
            throw new ApiException(ApiException.BAD_REQUEST, "The server knows the versions "
                    + String.join(", ", transport.protocolVersions()) + " of the protocol.");
        }
    }

    private Memory memory(HttpServletRequest request) {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1);
        String name = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (name.isBlank()) {
            throw new ApiException(ApiException.NOT_FOUND, "The address lacks the user: /mcp/NAME.");
        }
        Caller caller = request.getAttribute(ApiServlet.CALLER) instanceof Caller known ? known : Caller.OF_ALL_USERS;
        MemoryEngine engine = options.engine().get()
                .orElseThrow(() -> new ApiException(ApiException.UNAVAILABLE, "The engine does not run."));
        User user = users.find(engine, caller, name);
        return new Memory(engine, user, caller.userId().isEmpty());
    }

    /// Returns the sentence of the library's error, without its exception.
    private static String sentence(String text) {
        try {
            String message = JSON.readTree(text).path("jsonRpcError").path("message").asString("");
            if (!message.isBlank()) {
                return message.lines().findFirst().orElse(message);
            }
        } catch (JacksonException e) {
            // Not written as JSON.
        }
        return "The request is no message of the Model Context Protocol.";
    }

    private static void write(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (answer.status() == ApiException.METHOD_NOT_ALLOWED) {
            response.setHeader("Allow", "POST");
        }
        if (answer.bytes().length > 0) {
            response.setContentType(Envelope.MEDIA_TYPE);
        }
        PacedOutput.answer(response, answer.bytes());
    }

    @Override
    public void destroy() {
        protocol.close();
        calls.close();
    }
}
