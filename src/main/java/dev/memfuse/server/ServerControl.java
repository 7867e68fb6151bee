package dev.memfuse.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.memfuse.config.section.ServerConfig;
import dev.memfuse.engine.exception.EngineException;
import org.jspecify.annotations.Nullable;

/// Starts and stops the server of the running engine, one at a time. Thread-safe.
public final class ServerControl implements AutoCloseable {
    private final HttpServer.Dependencies dependencies;
    private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
    private volatile State state = new State.Off();
    private volatile @Nullable HttpServer server;
    private boolean closed;

    /// State of the server.
    public sealed interface State {
        /// Not started, or stopped.
        record Off() implements State {}

        /// Starting.
        record Starting() implements State {}

        /// Accepting requests.
        ///
        /// @param url address for clients on this machine
        /// @param needsKeys whether clients need a key
        record Running(String url, boolean needsKeys) implements State {}

        /// Answering the requests that run, before the end.
        record Stopping() implements State {}

        /// Did not start.
        ///
        /// @param problem sentence for the user
        record Failed(String problem) implements State {}
    }

    public ServerControl(HttpServer.Dependencies dependencies) {
        this.dependencies = dependencies;
    }

    /// Starts a server; returns when it accepts requests. Blocks.
    ///
    /// @throws IllegalStateException when one runs
    /// @throws IllegalArgumentException when the address is unknown
    /// @throws EngineException when the engine does not run, the server cannot listen, its key store cannot be used, or
    /// clients need keys and there are none
    public synchronized HttpServer start(ServerSettings settings) {
        if (server != null) {
            throw new IllegalStateException("A server is running. Stop it first.");
        }
        if (closed || dependencies.engine().get().isEmpty()) {
            throw failed(new EngineException("The engine does not run. Start the server when it is ready."));
        }
        become(new State.Starting());
        try {
            HttpServer started = HttpServer.start(settings, dependencies);
            server = started;
            become(new State.Running(started.url(), settings.needsKeys()));
            return started;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private <E extends RuntimeException> E failed(E failure) {
        become(new State.Failed(String.valueOf(failure.getMessage())));
        return failure;
    }

    /// Stops the server after the requests that run, at most 10 s. Blocks; without a server it has no effect.
    public synchronized void stop() {
        HttpServer running = server;
        if (running != null) {
            become(new State.Stopping());
            running.close();
            server = null;
            become(new State.Off());
        }
    }

    private void become(State next) {
        state = next;
        listeners.forEach(listener -> listener.accept(next));
    }

    /// Returns the settings of the next server. Does not block.
    public ServerConfig config() {
        return dependencies.config().get();
    }

    /// Returns the state. Does not block.
    public State state() {
        return state;
    }

    /// Calls `listener` with each later state, on any thread.
    public void onState(Consumer<State> listener) {
        listeners.add(listener);
    }

    /// Returns the running server; empty when none runs. Does not block.
    public Optional<HttpServer> running() {
        return Optional.ofNullable(server);
    }

    /// Stops the server; none can be started then.
    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }
}
