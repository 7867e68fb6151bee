package dev.memfuse.server.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers MemFuse's HTTP API: finds the route, checks the body, runs the route and writes the envelope. Each error has
/// an envelope too; texts of clients and details of failures are neither answered nor logged.
public final class ApiServlet extends HttpServlet {
    /// Attribute of a request with its [Caller].
    public static final String CALLER = "dev.memfuse.caller";
    /// Attribute of a request with its route: the method and the path with the names of its parameters.
    public static final String ROUTE = "dev.memfuse.route";
    /// Path of the health check, which needs no key and no database.
    public static final String HEALTH = "/api/v1/health";
    /// Path of the description, which needs no key and no database.
    public static final String DESCRIPTION = "/openapi.json";

    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final transient Options options;
    private final transient Lookups lookups = new Lookups();
    private final transient ExportRoute exports = new ExportRoute();
    private final transient List<Route> routes;
    private final transient Router router;
    private final transient TimedCalls calls;
    /// By identity: nothing is computed for a request.
    private final transient IdentityHashMap<Route, String> labels = new IdentityHashMap<>();
    private final byte[] health;
    private final byte[] description;

    /// What the API needs.
    ///
    /// @param engine returns the running engine; empty while none runs
    /// @param metrics receives the operations, with the stage [Stage#HTTP]
    /// @param bodies reads the bodies of requests
    /// @param concurrent maximum number of requests at a time
    /// @param timeout maximum time of a request
    /// @param deleteAnswers whether the deletion of a user answers 200 with a body to every client
    /// @param onRevoke called after a key was revoked
    /// @param version version of the program
    public record Options(Supplier<Optional<MemoryEngine>> engine, MetricsHub metrics, Bodies bodies,
            int concurrent, Duration timeout, boolean deleteAnswers, Runnable onRevoke, String version) {}

    /// An answer.
    @SuppressWarnings("ArrayRecordComponent") // bytes to write, never compared or changed
    private record Answer(int status, byte[] bytes, boolean complete, boolean streamed) {
        /// Stands for an answer that is written already.
        static final Answer STREAMED = new Answer(Reply.OK, new byte[0], true, true);

        Answer(int status, byte[] bytes, boolean complete) {
            this(status, bytes, complete, false);
        }

        static Answer failure(int status, byte[] bytes) {
            return new Answer(status, bytes, true);
        }
    }

    public ApiServlet(Options options) {
        this.options = options;
        List<Route> all = new ArrayList<>();
        all.add(Route.get(HEALTH, "health", "Tells that the server runs. Needs no key.", _ -> {
            throw new IllegalStateException("answered before");
        }));
        all.addAll(new UserRoutes(lookups, options.deleteAnswers(), options.onRevoke()).routes());
        all.add(ExportRoute.route());
        all.addAll(new QueryRoutes(lookups).routes());
        all.addAll(new AgentRoutes(lookups).routes());
        all.addAll(new SessionRoutes(lookups).routes());
        all.addAll(new MessageRoutes(lookups).routes());
        all.addAll(new KnowledgeRoutes(lookups).routes());
        all.addAll(new KeyRoutes(lookups, options.onRevoke()).routes());
        routes = List.copyOf(all);
        router = new Router(routes);
        routes.forEach(route -> labels.put(route, route.method() + " " + route.path()));
        calls = new TimedCalls(options.concurrent(), options.timeout());
        health = Envelope.success(Reply.OK, Reply.object("status", "ok", "version", options.version()),
                "Service is healthy");
        description = OpenApi.document(routes, options.version());
    }

    /// Returns the routes, for tests.
    List<Route> routes() {
        return routes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer answer = answer(request, response);
        if (!answer.streamed()) {
            UnreadBody.skip(request, response);
            write(response, answer);
        }
    }

    private void stream(Router.Match match, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        MemoryEngine engine = engine();
        ApiCall call = new ApiCall(engine, caller(request), match.path(),
                query(request, match.route()),
                new Body(JSON.createObjectNode()), "");
        try {
            exports.stream(engine, lookups.user(call, call.part("user_id")).user().id(), response);
        } catch (EngineException e) {
            if (response.isCommitted()) {
                throw new IOException("The export ended early.", e);
            }
            response.reset();
            throw translated(e);
        }
    }

    private MemoryEngine engine() {
        return options.engine().get().orElseThrow(
                () -> new ApiException(ApiException.UNAVAILABLE, "The engine does not run."));
    }

    private static QueryString query(HttpServletRequest request, Route route) {
        String text = request.getQueryString();
        return QueryString.parse(text, text == null ? Set.of() : route.parameterNames());
    }

    private static Caller caller(HttpServletRequest request) {
        return request.getAttribute(CALLER) instanceof Caller known ? known : Caller.OF_ALL_USERS;
    }

    @Override
    public void destroy() {
        calls.close();
    }

    private Answer answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        try {
            if (path.equals(DESCRIPTION) && request.getMethod().equals("GET")) {
                request.setAttribute(ROUTE, "GET " + DESCRIPTION);
                return new Answer(Reply.OK, description, true);
            }
            Router.Match match = router.match(request.getMethod(), path);
            request.setAttribute(ROUTE, labels.get(match.route()));
            if (match.route().path().equals(HEALTH)) {
                return new Answer(Reply.OK, health, true);
            }
            if (match.route().path().equals(ExportRoute.PATH)) {
                stream(match, request, response);
                return Answer.STREAMED;
            }
            Caller caller = caller(request);
            QueryString query = query(request, match.route());
            String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
            try (Bodies.Received body = match.route().body().isPresent()
                    ? options.bodies().read(request)
                    : options.bodies().none()) {
                return calls.call(() -> measured(match, body, caller, query, accept));
            }
        } catch (ApiException e) {
            return failure(e);
        } catch (RejectedExecutionException e) {
            return failure(new ApiException(ApiException.UNAVAILABLE, "The server is shutting down."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure(new ApiException(ApiException.UNAVAILABLE, "The server is shutting down."));
        } catch (ExecutionException e) {
            LOG.error("HTTP: a request failed unexpectedly", e.getCause());
            return failure(new ApiException(ApiException.FAILED, "The request failed unexpectedly. The log of the "
                    + "server has details."));
        }
    }

    private static Answer failure(ApiException failure) {
        return Answer.failure(failure.status(), Envelope.error(failure));
    }

    private Answer measured(Router.Match match, Bodies.Received body, Caller caller, QueryString query, String accept) {
        Optional<Operation> operation = match.route().operation();
        if (operation.isEmpty()) {
            return run(match, body, caller, query, accept, Trace.current());
        }
        Trace trace = options.metrics().begin(operation.get());
        Stage outer = trace.enter(Stage.HTTP);
        boolean failed = true;
        try {
            Answer answer = run(match, body, caller, query, accept, trace);
            // A mistake of a client is no failure of the engine.
            failed = answer.status() >= ApiException.FAILED;
            return answer;
        } finally {
            trace.exit(outer);
            options.metrics().end(trace, failed);
        }
    }

    private Answer run(Router.Match match, Bodies.Received received, Caller caller, QueryString query, String accept,
            Trace trace) {
        try {
            MemoryEngine engine = engine();
            Body body = new Body(JSON.createObjectNode());
            if (match.route().body().isPresent()) {
                body = match.route().body().get().check(parse(received));
            }
            ApiCall call = new ApiCall(engine, caller, match.path(), query, body, accept);
            Stage http = trace.enter(Stage.OTHER);
            Reply reply;
            try {
                reply = match.route().handler().apply(call);
            } finally {
                trace.exit(http);
            }
            return new Answer(reply.status(), reply.status() == Reply.NO_CONTENT
                    ? new byte[0]
                    : Envelope.success(reply.code(), reply.data(), reply.message()), reply.complete());
        } catch (ModelException e) {
            return Answer.failure(422, Envelope.violations(e));
        } catch (ApiException e) {
            return failure(e);
        } catch (InvalidValueException e) {
            return refused(match.route(), e);
        } catch (EngineException e) {
            return failure(translated(e));
        }
    }

    private static JsonNode parse(Bodies.Received received) {
        try {
            JsonNode node = received.parse();
            if (!node.isMissingNode()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new ModelException("json_invalid", List.of("body"), "JSON decode error");
        }
        throw new ModelException("missing", List.of("body"), "Field required");
    }

    /// A value of a body that the engine refuses violates its model; one in an address is a bad request.
    private static Answer refused(Route route, InvalidValueException e) {
        String message = String.valueOf(e.getMessage());
        return route.body().isPresent()
                ? Answer.failure(422, Envelope.violations(
                        new ModelException("value_error", List.of("body", e.field()), message)))
                : failure(new ApiException(ApiException.BAD_REQUEST, e.field(), message));
    }

    private static ApiException translated(EngineException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e) {
            case NotFoundException _ -> new ApiException(ApiException.NOT_FOUND, message);
            // No repetition helps, which 503 would ask for.
            case ReadOnlyException _ -> new ApiException(ApiException.FORBIDDEN, message);
            case StatementFailedException _ -> {
                LOG.error("HTTP: a statement failed", e);
                yield new ApiException(ApiException.FAILED, "The database refused a statement. The log of the server "
                        + "has details.");
            }
            default -> new ApiException(ApiException.UNAVAILABLE, message);
        };
    }

    private static void write(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!answer.complete()) {
            response.setHeader("X-MemFuse-Degraded", "true");
        }
        if (answer.status() == ApiException.UNAVAILABLE || answer.status() == ApiException.TOO_MANY_REQUESTS) {
            response.setHeader("Retry-After", "1");
        }
        if (answer.status() != Reply.NO_CONTENT) {
            response.setContentType(Envelope.MEDIA_TYPE);
            PacedOutput.answer(response, answer.bytes());
        }
    }
}
