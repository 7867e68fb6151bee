package dev.memfuse.bootstrap;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.config.yaml.ConfigYaml;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalLimits;
import dev.memfuse.engine.journal.JournalSlots;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.service.DefaultMemoryEngine;
import dev.memfuse.engine.service.EngineDependencies;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.store.DatabaseId;
import dev.memfuse.store.DatabaseSize;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.PgStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.search.PgSearch;

/// One running engine with what it stands on: server (when it is ours), connection pool, store, journal. Closed in the
/// order engine, indexes, journal, pool, server.
final class EngineStack implements AutoCloseable {
    private final EngineLocation place;
    private final Database database;
    private final Journal journal;
    private final IndexRoot indexes;
    private final ServerSupervisor revival;
    private final DefaultMemoryEngine engine;

    private EngineStack(EngineLocation place, Database database, Journal journal, IndexRoot indexes,
            ServerSupervisor revival, DefaultMemoryEngine engine) {
        this.place = place;
        this.database = database;
        this.journal = journal;
        this.indexes = indexes;
        this.revival = revival;
        this.engine = engine;
    }

    /// Starts an engine on a server that answers. Closes the server when that fails.
    static EngineStack start(EngineLocation place, Tunables tunables, MetricsHub metrics,
            Consumer<EngineState.Starting> progress) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        place.server().ifPresent(opened::push);
        try {
            progress.accept(new EngineState.Starting("Bringing the schema up to date", -1));
            Migrations.apply(place.target());
            progress.accept(new EngineState.Starting("Starting the engine", -1));
            Database database = new Database(place.target(), tunables, metrics);
            opened.push(database);
            String identity = DatabaseId.of(database).toString();
            Journal journal = JournalSlots.open(
                    PrivateFolder.create(place.folder().resolve("journal")).resolve(identity),
                    () -> limits(tunables));
            opened.push(journal);
            IndexRoot indexes = IndexRoot
                    .keptIn(PrivateFolder.create(place.folder().resolve("index")).resolve(identity));
            opened.push(indexes);
            journal.damage().forEach(damage -> metrics.mark(EventMark.Kind.ENGINE, damage.toString()));
            ServerSupervisor revival = new ServerSupervisor(place.server(), metrics);
            opened.push(revival);
            DefaultMemoryEngine engine = new DefaultMemoryEngine(
                    new EngineDependencies(new PgStore(database), new PgSearch(database), journal, indexes,
                            EngineStack::reparse, revival::storage),
                    tunables, metrics);
            return new EngineStack(place, database, journal, indexes, revival, engine);
        } catch (RuntimeException e) {
            opened.forEach(resource -> closeAfter(resource, e));
            throw e;
        }
    }

    private static void closeAfter(AutoCloseable resource, RuntimeException cause) {
        try {
            resource.close();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static JournalLimits limits(Tunables tunables) {
        BufferConfig.JournalConfig journal = tunables.get().buffer().journal();
        return new JournalLimits(journal.maxBytes(), journal.maxAge(), journal.segmentBytes(), journal.patience());
    }

    /// What a service that is built for each call does with its configuration: prints it and reads it again.
    private static MemFuseConfig reparse(MemFuseConfig config) {
        return new ConfigLoader().load("service", ConfigYaml.write(config, List.of()));
    }

    MemoryEngine engine() {
        return engine;
    }

    /// The engine's storage.
    MemoryStore store() {
        return new PgStore(database);
    }

    Journal journal() {
        return journal;
    }

    /// Where the engine keeps its own files.
    Path folder() {
        return place.folder();
    }

    long databaseBytes() {
        return new DatabaseSize(database).bytes();
    }

    DatabaseTarget target() {
        return place.target();
    }

    String description() {
        return place.description();
    }

    @Override
    public void close() {
        revival.close();
        engine.close();
        indexes.close();
        journal.close();
        database.close();
        place.server().ifPresent(EmbeddedServer::close);
    }
}
