package dev.memfuse.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.section.ServerConfig;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.monitoring.PrometheusMetrics;
import dev.memfuse.server.mcp.McpServlet;
import dev.memfuse.server.rest.ApiServlet;
import dev.memfuse.server.rest.Bodies;
import dev.memfuse.server.rest.BodyMemory;
import dev.memfuse.server.rest.Envelope;
import jakarta.servlet.DispatcherType;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running HTTP server. Closed by the one that started it, before the engine: requests that run are answered first.
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(10);
    /// Longest silence of a connection while the server stops. A stop waits this time for idle connections.
    private static final Duration STOP_IDLE = Duration.ofMillis(200);
    /// Connections that the system accepts before the server does; more clients at once are cut off.
    private static final int WAITING = 1_024;
    private static final int THREADS = 16;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int BODY_BASE_BYTES = 64 * 1024;
    /// JSON without characters beyond ASCII takes up to three bytes for one of UTF-8.
    private static final int ESCAPED = 3;

    private final ServerSettings settings;
    private final boolean encrypted;
    private final Server server;
    private final ServerConnector connector;
    private final RequestStats requests = new RequestStats();
    private final KeyCheck keys;
    private final Optional<CertificateRenewal> renewal;
    private final SlowConnections slow;
    private volatile int port;
    private final ExecutorService virtualThreads = BackgroundThreads.virtualPerTask("http");

    /// What a server needs.
    ///
    /// @param engine returns the running engine; empty while none runs
    /// @param maxBatchBytes returns the maximum size of the messages of one call
    /// @param metrics receives the operations of requests
    /// @param config returns the settings of the next server
    public record Dependencies(Supplier<Optional<MemoryEngine>> engine, IntSupplier maxBatchBytes,
            MetricsHub metrics, Supplier<ServerConfig> config) {}

    /// What a server looks at while it runs.
    ///
    /// @param keys time between two looks at the key store
    /// @param slow how long clients may take for what they send, and how many there may be
    /// @param bodies memory of the bodies of all requests
    record Checks(Duration keys, SlowConnections.Limits slow, BodyMemory bodies) {
        static Checks usual(ServerSettings settings) {
            return new Checks(CertificateRenewal.INTERVAL, SlowConnections.Limits.of(settings.timeout()),
                    BodyMemory.ofHeap());
        }
    }

    private HttpServer(ServerSettings settings, Dependencies dependencies, ServerConfig config,
            Optional<String> token, Checks checks) {
        this.settings = settings;
        renewal = TlsKeys.of(config.tls(), System.getenv())
                .map(keyFiles -> new CertificateRenewal(keyFiles, SteadyClock.process(), checks.keys()));
        Optional<SslContextFactory.Server> keyStore = renewal.map(CertificateRenewal::factory);
        encrypted = keyStore.isPresent();
        this.keys = new KeyCheck(dependencies.engine());
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(virtualThreads);
        server = new Server(threads);
        server.setStopTimeout(STOP.toMillis());
        server.setErrorHandler(new EnvelopeErrors());
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        // Or a value replaces a later one of the same connection that differs in the case of letters.
        http.setHeaderCacheCaseSensitive(true);
        keyStore.ifPresent(_ -> http.addCustomizer(new SecureRequestCustomizer(false)));
        HttpConnectionFactory requestFactory = new HttpConnectionFactory(http);
        connector = keyStore.map(tls -> new GracefulConnector(server, tls, requestFactory))
                .orElseGet(() -> new GracefulConnector(server, requestFactory));
        connector.setHost(settings.address().getHostAddress());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(WAITING);
        connector.setShutdownIdleTimeout(STOP_IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(checks.slow().connections(), connector));
        slow = new SlowConnections(connector, checks.slow());
        HostCheck hosts = new HostCheck(settings.hosts(), config.origins(), encrypted);
        server.setHandler(new GracefulHandler(context(settings, dependencies, hosts, token, checks.bodies())));
    }

    private ServletContextHandler context(ServerSettings settings, Dependencies dependencies, HostCheck hosts,
            Optional<String> token, BodyMemory memory) {
        Bodies bodies = new Bodies(() -> BODY_BASE_BYTES + ESCAPED * dependencies.maxBatchBytes().getAsInt(),
                settings.timeout(), memory);
        ApiServlet api = new ApiServlet(new ApiServlet.Options(dependencies.engine(), dependencies.metrics(), bodies,
                settings.concurrent(),
                settings.timeout(), settings.deleteAnswers(), keys::forget, EnvironmentInfo.PROGRAM_VERSION));
        McpServlet mcp = new McpServlet(new McpServlet.Options(dependencies.engine(), dependencies.metrics(), bodies,
                settings.concurrent(), settings.timeout(), new McpHeaders(hosts), EnvironmentInfo.PROGRAM_VERSION));
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(new FilterHolder(new CountingFilter(requests, dependencies.metrics().requests())), "/*",
                EnumSet.of(DispatcherType.REQUEST));
        context.addFilter(new FilterHolder(new SecurityFilter(hosts, keys,
                new RateLimit(settings.requestsPerMinute()), settings.needsKeys(), token)), "/*",
                EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(mcp), McpServlet.PATHS);
        context.addServlet(new ServletHolder(api), "/*");
        context.addServlet(new ServletHolder(new MetricsServlet(
                new PrometheusMetrics(dependencies.metrics(), EnvironmentInfo.PROGRAM_VERSION))), MetricsServlet.PATH);
        return context;
    }

    /// Requires that the settings of a server can be used: those of its keys.
    ///
    /// @throws EngineException when its key store cannot be used; the message is for the user
    public static void requireUsable(ServerConfig config) {
        TlsKeys.of(config.tls(), System.getenv()).ifPresent(keys -> keys.context(SteadyClock.process().instant()));
    }

    /// Starts a server; returns when it accepts requests.
    ///
    /// @throws IllegalArgumentException when the address is unknown
    /// @throws EngineException when it cannot listen, its key store cannot be used, or clients need keys and there are
    /// none
    public static HttpServer start(ServerSettings settings, Dependencies dependencies) {
        return start(settings, dependencies, Checks.usual(settings));
    }

    static HttpServer start(ServerSettings settings, Dependencies dependencies, Checks checks) {
        if (settings.needsKeys() && !dependencies.engine().get().orElseThrow().apiKeys().exist()) {
            throw new EngineException("Clients of this server need an API key, and there is none. Create one with the "
                    + "command 'api-keys create' or on the Server page.");
        }
        return start(new HttpServer(settings, dependencies, dependencies.config().get(), Optional.empty(), checks));
    }

    /// Starts a server on a free port of the loopback address for clients that know a token, which opens the data of
    /// all users; API keys open their own.
    ///
    /// @throws EngineException when it cannot listen
    public static HttpServer startPrivate(String token, Dependencies dependencies) {
        ServerSettings settings = ServerSettings.loopback(0).withKeys();
        return start(new HttpServer(settings, dependencies, ServerConfig.plain(), Optional.of(token),
                Checks.usual(settings)));
    }

    private static HttpServer start(HttpServer started) {
        boolean ready = false;
        try {
            started.server.start();
            started.port = started.connector.getLocalPort();
            started.renewal.ifPresent(CertificateRenewal::start);
            started.slow.start();
            ready = true;
            LOG.info("HTTP: listens at {}{}", started.url(), started.settings.needsKeys() ? ", API keys required" : "");
            return started;
        } catch (IOException e) {
            throw started.settings.refused(e.getCause() instanceof IOException cause ? cause : e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new EngineException("The server could not start.", String.valueOf(e.getMessage()), e);
        } finally {
            if (!ready) {
                started.close();
            }
        }
    }

    /// Returns the port.
    public int port() {
        return port;
    }

    /// Returns the address for clients on this machine.
    public String url() {
        String host = settings.address().isAnyLocalAddress()
                ? "localhost"
                : settings.bind().contains(":") ? "[" + settings.bind() + "]" : settings.bind();
        return (encrypted ? "https://" : "http://") + host + ":" + port;
    }

    /// Returns whether the server speaks HTTPS.
    public boolean isEncrypted() {
        return encrypted;
    }

    /// Returns the counted requests.
    public RequestStats requests() {
        return requests;
    }

    /// Returns the number of open connections.
    public int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /// Looks each key up again: one was revoked.
    public void forgetKeys() {
        keys.forget();
    }

    /// Accepts no further request, answers those that run, at most 10 s, and stops. A second call has no effect.
    @Override
    public void close() {
        renewal.ifPresent(CertificateRenewal::close);
        slow.close();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("HTTP: did not stop in order. {}", e.toString());
        }
        virtualThreads.shutdown();
    }

    /// Answers what never reaches a servlet in the envelope: malformed requests, and requests during the stop. Their
    /// bodies are not read, so the connection ends, which the answer announces.
    private static final class EnvelopeErrors extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, Envelope.MEDIA_TYPE);
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            response.write(true, ByteBuffer.wrap(bytes(response.getStatus())), callback);
            return true;
        }

        private static byte[] bytes(int status) {
            return Envelope.error(status, switch (status) {
                case 503 -> "The server is shutting down.";
                case 500 -> "The request failed unexpectedly. The log of the server has details.";
                default -> "The request is malformed.";
            });
        }
    }
}
