package dev.memfuse.bootstrap;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.memfuse.config.ConfigLoader;
import dev.memfuse.config.ConfigYaml;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.EngineState;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.service.DefaultMemoryEngine;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.store.Database;
import dev.memfuse.store.DatabaseSize;
import dev.memfuse.store.DatabaseTarget;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.PgStore;
import dev.memfuse.store.server.EmbeddedServer;

/// One running engine with what it stands on: server (when it is ours), connection pool, store. Closed in the order
/// engine, pool, server.
final class EngineStack implements AutoCloseable {
    private final Optional<EmbeddedServer> server;
    private final DatabaseTarget target;
    private final Database database;
    private final DefaultMemoryEngine engine;
    private final String description;

    private EngineStack(Optional<EmbeddedServer> server, DatabaseTarget target, Database database,
            DefaultMemoryEngine engine, String description) {
        this.server = server;
        this.target = target;
        this.database = database;
        this.engine = engine;
        this.description = description;
    }

    /// Starts an engine on a server that answers. Closes the server when that fails.
    static EngineStack start(Optional<EmbeddedServer> server, DatabaseTarget target, String description,
            Tunables tunables, MetricsHub metrics, Consumer<EngineState.Starting> progress) {
        Database database = null;
        try {
            progress.accept(new EngineState.Starting("Bringing the schema up to date", -1));
            Migrations.apply(target);
            progress.accept(new EngineState.Starting("Starting the engine", -1));
            database = new Database(target, tunables, metrics);
            DefaultMemoryEngine engine = new DefaultMemoryEngine(new PgStore(database), tunables, metrics,
                    EngineStack::reparse);
            return new EngineStack(server, target, database, engine, description);
        } catch (RuntimeException e) {
            if (database != null) {
                database.close();
            }
            server.ifPresent(EmbeddedServer::close);
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

    long databaseBytes() {
        return new DatabaseSize(database).bytes();
    }

    DatabaseTarget target() {
        return target;
    }

    String description() {
        return description;
    }

    @Override
    public void close() {
        engine.close();
        database.close();
        server.ifPresent(EmbeddedServer::close);
    }
}
