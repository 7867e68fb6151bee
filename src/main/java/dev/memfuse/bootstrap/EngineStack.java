package dev.memfuse.bootstrap;

import java.util.List;
import java.util.function.Consumer;

import dev.memfuse.config.ConfigLoader;
import dev.memfuse.config.ConfigYaml;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.EngineState;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.SearchStore;
import dev.memfuse.engine.service.DefaultMemoryEngine;
import dev.memfuse.engine.service.Foundation;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.store.Database;
import dev.memfuse.store.DatabaseTarget;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.PgStore;
import dev.memfuse.store.server.EmbeddedServer;

/// One running engine with what it stands on: server (when it is ours), connection pool, store. Closed in the order
/// engine, pool, server.
final class EngineStack implements AutoCloseable {
    private static final SearchStore NO_SEARCH = SearchStore.unavailable(
            "This database cannot rank: set retrieval.backend to embedded.");

    private final EnginePlace place;
    private final Database database;
    private final DefaultMemoryEngine engine;

    private EngineStack(EnginePlace place, Database database, DefaultMemoryEngine engine) {
        this.place = place;
        this.database = database;
        this.engine = engine;
    }

    /// Starts an engine on a server that answers. Closes the server when that fails.
    static EngineStack start(EnginePlace place, Tunables tunables, MetricsHub metrics,
            Consumer<EngineState.Starting> progress) {
        Database database = null;
        try {
            progress.accept(new EngineState.Starting("Bringing the schema up to date", -1));
            Migrations.apply(place.target());
            progress.accept(new EngineState.Starting("Starting the engine", -1));
            database = new Database(place.target(), tunables, metrics);
            DefaultMemoryEngine engine = new DefaultMemoryEngine(
                    new Foundation(new PgStore(database), NO_SEARCH, place.indexes()), tunables, metrics,
                    EngineStack::reparse);
            return new EngineStack(place, database, engine);
        } catch (RuntimeException e) {
            if (database != null) {
                database.close();
            }
            place.indexes().close();
            place.server().ifPresent(EmbeddedServer::close);
            throw e;
        }
    }

    /// What a service that is built for each call does with its configuration: prints it and reads it again.
    private static MemFuseConfig reparse(MemFuseConfig config) {
        return new ConfigLoader().load("service", ConfigYaml.write(config, List.of()));
    }

    MemoryEngine engine() {
        return engine;
    }

    DatabaseTarget target() {
        return place.target();
    }

    String description() {
        return place.description();
    }

    @Override
    public void close() {
        engine.close();
        database.close();
        place.server().ifPresent(EmbeddedServer::close);
    }
}
