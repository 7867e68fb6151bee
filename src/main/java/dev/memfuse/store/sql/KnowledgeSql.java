package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.ErasureStore.Erasure;
import dev.memfuse.engine.spi.KnowledgeStore;
import dev.memfuse.engine.spi.KnowledgeStore.Removed;
import dev.memfuse.store.pool.Database;

/// Stores, replaces and deletes facts by hand. Takes locks in the same order as [DeleteSql]: user, facts.
public final class KnowledgeSql implements KnowledgeStore {
    private static final String REVISE = "UPDATE users SET facts_revision = facts_revision + 1 WHERE user_id = ?";
    private static final String MARK_EDITED = "UPDATE m2_semantic SET edited_at = to_timestamp(0) "
            + "+ ? * interval '1 microsecond' WHERE user_id = ? AND fact_id = ANY (?)";

    private final Database database;

    public KnowledgeSql(Database database) {
        this.database = database;
    }

    @Override
    public void add(UUID userId, List<Fact> facts) {
        boolean _ = database.inTransaction(userId, "store knowledge", connection -> {
            if (Statements.update(connection, REVISE, userId) == 0) {
                throw new NotFoundException("There is no such user.");
            }
            FactSql.insert(connection, facts);
            return true;
        });
    }

    @Override
    public List<Fact> read(UUID userId, Collection<UUID> factIds) {
        return database.withConnection("read facts by id", connection -> Statements.query(connection, FactSql::fact,
                "SELECT * FROM m2_semantic WHERE user_id = ? AND fact_id = ANY (?) AND superseded_by IS NULL", userId,
                Statements.uuidArray(connection, factIds)));
    }

    @Override
    public Removed remove(UUID userId, Collection<UUID> factIds, List<Fact> replacements) {
        return database.inTransaction(userId, "change knowledge", connection -> {
            long before = ErasureSql.lock(connection, userId);
            Set<UUID> removed = before == ErasureStore.NO_USER
                    ? Set.of()
                    : FactErasure.remove(connection, userId, factIds);
            if (removed.isEmpty()) {
                return new Removed(removed, new Erasure(counted(0), before, before));
            }
            long after = ErasureSql.advance(connection, userId);
            insert(connection, userId, replacements.stream().filter(fact -> removed.contains(fact.id())).toList(),
                    after);
            return new Removed(removed, new Erasure(counted(removed.size()), before, after));
        });
    }

    private static DeleteResult counted(int facts) {
        return new DeleteResult(0, 0, 0, facts, 0, 0);
    }

    private static void insert(Connection connection, UUID userId, List<Fact> facts, long time) throws SQLException {
        if (!facts.isEmpty()) {
            FactSql.insert(connection, facts);
            Statements.update(connection, MARK_EDITED, time, userId,
                    Statements.uuidArray(connection, facts.stream().map(Fact::id).toList()));
        }
    }
}
