package dev.memfuse.engine.service;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.service.ServiceFactory.ServiceCall;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Services of the plan's "before" (`services.cache: false`): a dictionary that is read and then written without a
/// lock, so two first calls of a user may both build the service, and the later one replaces the earlier one. Each
/// service parses the configuration and owns its components and a model session; none is released while this form is
/// in force.
///
/// A service built twice loses no message, other than in the original: acknowledged messages are in the user's
/// [UserState], which exists once. The map is concurrent since a plain one may be corrupted by two writers.
final class PlainServices {
    private final Map<UUID, PlainService> services = new ConcurrentHashMap<>();
    private final UserStates states;
    private final ServiceContext context;
    private final PrivateSessions sessions;
    private final UnaryOperator<MemFuseConfig> reparse;
    private final MetricsHub metrics;

    /// @param reparse prints a configuration and parses it again
    PlainServices(UserStates states, ServiceContext context, PrivateSessions sessions,
            UnaryOperator<MemFuseConfig> reparse, MetricsHub metrics) {
        this.states = states;
        this.context = context;
        this.sessions = sessions;
        this.reparse = reparse;
        this.metrics = metrics;
    }

    /// Calls the service of a user; builds it at the first call, and again after a change of the embedding model.
    <T> T call(UUID userId, MemFuseConfig config, ServiceCall<T> call) {
        PlainService service = begin(userId, config);
        try {
            service.service().activity().called();
            MemFuseConfig parsed = service.config(config, reparse);
            Trace trace = Trace.current();
            Stage building = trace.enter(Stage.OTHER);
            try {
                return call.run(service.service(), parsed);
            } finally {
                trace.exit(building);
            }
        } finally {
            sessions.end(service.session());
        }
    }

    private PlainService begin(UUID userId, MemFuseConfig config) {
        PlainService known = services.get(userId);
        if (known != null && known.session().isFor(config.embedding())) {
            sessions.begin(known.session());
            return known;
        }
        long began = System.nanoTime();
        MemFuseConfig parsed = reparse.apply(config);
        PrivateSession session = sessions.create(parsed.embedding());
        PlainService built = new PlainService(
                UserService.build(states.of(userId), context, session::model), session, config, parsed);
        try {
            sessions.begin(session);
        } catch (RuntimeException | Error e) {
            sessions.retire(session);
            throw e;
        }
        PlainService replaced = services.put(userId, built);
        if (replaced != null) {
            sessions.retire(replaced.session());
        }
        metrics.firstAccess(System.nanoTime() - began);
        return built;
    }

    /// Returns whether a user has a service.
    boolean contains(UUID userId) {
        return services.containsKey(userId);
    }

    /// Removes the service of a user whose state is removed.
    void remove(UUID userId) {
        PlainService removed = services.remove(userId);
        if (removed != null) {
            sessions.retire(removed.session());
        }
    }

    /// Returns whether there are no services.
    boolean isEmpty() {
        return services.isEmpty();
    }

    /// Removes all services; their sessions are closed as their calls end. Blocks while a session is being loaded.
    void clear() {
        services.keySet().forEach(this::remove);
    }
}
