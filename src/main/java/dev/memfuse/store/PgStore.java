package dev.memfuse.store;

import dev.memfuse.engine.spi.AccountStore;
import dev.memfuse.engine.spi.AliasStore;
import dev.memfuse.engine.spi.ApiKeyStore;
import dev.memfuse.engine.spi.Availability;
import dev.memfuse.engine.spi.DeletionStore;
import dev.memfuse.engine.spi.DirectoryStore;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.ExportStore;
import dev.memfuse.engine.spi.FactStore;
import dev.memfuse.engine.spi.ImportStore;
import dev.memfuse.engine.spi.IndexStore;
import dev.memfuse.engine.spi.InspectionStore;
import dev.memfuse.engine.spi.KnowledgeStore;
import dev.memfuse.engine.spi.LayerBuildStore;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.LoadRunStore;
import dev.memfuse.engine.spi.LoadStore;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.MessageChangeStore;
import dev.memfuse.engine.spi.MessageStore;
import dev.memfuse.engine.spi.MessageVectorStore;
import dev.memfuse.engine.spi.RefusedRoundStore;
import dev.memfuse.engine.spi.ReplicaStore;
import dev.memfuse.engine.spi.RoundStore;
import dev.memfuse.engine.spi.SharedAgentStore;
import dev.memfuse.engine.spi.VectorStore;
import dev.memfuse.engine.spi.WorkStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.sql.AliasSql;
import dev.memfuse.store.sql.ApiKeySql;
import dev.memfuse.store.sql.DeleteSql;
import dev.memfuse.store.sql.DirectorySql;
import dev.memfuse.store.sql.ErasureSql;
import dev.memfuse.store.sql.ExportSql;
import dev.memfuse.store.sql.FactSql;
import dev.memfuse.store.sql.ImportSql;
import dev.memfuse.store.sql.IndexSql;
import dev.memfuse.store.sql.InspectionSql;
import dev.memfuse.store.sql.KnowledgeSql;
import dev.memfuse.store.sql.LayerBuildSql;
import dev.memfuse.store.sql.LayerSql;
import dev.memfuse.store.sql.LoadRunSql;
import dev.memfuse.store.sql.LoadSql;
import dev.memfuse.store.sql.MessageChangeSql;
import dev.memfuse.store.sql.MessageSql;
import dev.memfuse.store.sql.MessageVectorSql;
import dev.memfuse.store.sql.NameSql;
import dev.memfuse.store.sql.RefusedRoundSql;
import dev.memfuse.store.sql.RoundSql;
import dev.memfuse.store.sql.SharedAgentSql;
import dev.memfuse.store.sql.VectorSql;
import dev.memfuse.store.sql.WorkSql;

/// The engine's storage on PostgreSQL: one class of statements per port. Thread-safe.
public record PgStore(AccountStore accounts, AliasStore aliases, RoundStore rounds, MessageStore messages,
        MessageChangeStore messageChanges, DeletionStore deletions, ErasureStore erasures,
        RefusedRoundStore refusedRounds, LayerStore layers, WorkStore work, LayerBuildStore layerBuilds,
        FactStore facts, KnowledgeStore knowledge, VectorStore vectors, MessageVectorStore messageVectors,
        IndexStore index, ExportStore exports, ImportStore imports, DirectoryStore directories,
        SharedAgentStore sharedAgents, ApiKeyStore apiKeys, LoadStore loads, LoadRunStore loadRuns,
        InspectionStore inspection, ReplicaStore replicas, Availability availability) implements MemoryStore {

    /// Creates the storage in a database.
    public PgStore(Database database) {
        this(new DirectorySql(database), new AliasSql(database), new RoundSql(database), new MessageSql(database),
                new MessageChangeSql(database), new DeleteSql(database),
                new ErasureSql(database, new MessageSql(database)), new RefusedRoundSql(database),
                new LayerSql(database), new WorkSql(database), new LayerBuildSql(database), new FactSql(database),
                new KnowledgeSql(database), new VectorSql(database), new MessageVectorSql(database),
                new IndexSql(database), new ExportSql(database), new ImportSql(database), new NameSql(database),
                new SharedAgentSql(database), new ApiKeySql(database), new LoadSql(database),
                new LoadRunSql(database), new InspectionSql(database), database, database);
    }
}
