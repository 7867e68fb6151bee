package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.LayerStore.Stored;
import dev.memfuse.engine.spi.RoundVectors;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.store.pool.Database;

/// Stores the results of M1 and M2 for a round and ends its work item in the same transaction. Takes locks in the same
/// order as [DeleteSql]: messages, user, facts, rounds.
public final class LayerSql implements LayerStore {
    static final String INSERT_EPISODE = """
                                         INSERT INTO m1_episodes (user_id, episode_id, session_id, round_id,
                                           message_ids, title, summary, method, started_at, ended_at, embedding,
                                           embedding_model)
                                         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                         ON CONFLICT (user_id, round_id) DO UPDATE SET
                                           episode_id = excluded.episode_id,
                                           message_ids = excluded.message_ids, title = excluded.title,
                                           summary = excluded.summary, method = excluded.method,
                                           started_at = excluded.started_at, ended_at = excluded.ended_at,
                                           embedding = excluded.embedding,
                                           embedding_model = excluded.embedding_model""";

    private static final String VECTORS = """
                                          SELECT true AS chunk, c.message_ids, c.embedding, c.embedding_model
                                          FROM m1_episodic c WHERE c.user_id = ? AND c.round_id = ?
                                          UNION ALL
                                          SELECT false, ARRAY[v.message_id], v.embedding, v.embedding_model
                                          FROM messages m JOIN message_vectors v
                                            ON v.user_id = ? AND v.message_id = m.message_id
                                          WHERE m.user_id = ? AND m.round_id = ?""";

    private final Database database;

    public LayerSql(Database database) {
        this.database = database;
    }

    @Override
    public RoundVectors vectors(UUID userId, UUID roundId) {
        List<RoundVectors.Stored> chunks = new ArrayList<>();
        List<RoundVectors.Stored> messages = new ArrayList<>();
        database.withConnection("read the vectors of a round", connection -> Statements.query(connection,
                row -> (row.getBoolean("chunk") ? chunks : messages).add(new RoundVectors.Stored(
                        RowMappers.uuidList(row, "message_ids"), RowMappers.floats(row, "embedding"),
                        row.getString("embedding_model"))),
                VECTORS, userId, roundId, userId, userId, roundId));
        return new RoundVectors(chunks, messages);
    }

    @Override
    public Stored storeEpisode(WorkItem item, List<Chunk> chunks, Optional<Episode> episode, LayerOrigin origin) {
        Set<UUID> sources = new HashSet<>();
        chunks.forEach(chunk -> sources.addAll(chunk.messageIds()));
        episode.ifPresent(one -> sources.addAll(one.messageIds()));
        return database.inTransaction(item.session().userId(), "store an episode", connection -> {
            if (!lockSources(connection, item.session().userId(), sources)) {
                return Stored.OUTDATED;
            }
            if (!WorkSql.done(connection, item, origin)) {
                return Stored.LEASE_LOST;
            }
            RoundSql.insertChunks(connection, item.session(), item.roundId(), chunks);
            if (episode.isPresent()) {
                insertEpisode(connection, episode.get());
            }
            return Stored.DONE;
        });
    }

    @Override
    public Stored storeFacts(WorkItem item, FactChanges changes, LayerOrigin origin) {
        UUID userId = item.session().userId();
        Set<UUID> sources = new HashSet<>();
        changes.added().forEach(fact -> sources.addAll(fact.messageIds()));
        changes.merged().forEach(merge -> sources.addAll(merge.messageIds()));
        // A fact by hand is its own source.
        changes.merged().forEach(merge -> sources.remove(merge.factId()));
        return database.inTransaction(userId, "store facts", connection -> {
            if (!lockSources(connection, userId, sources)
                    || Statements.update(connection,
                            "UPDATE users SET facts_revision = facts_revision + 1 WHERE user_id = ? "
                                    + "AND facts_revision = ?",
                            userId, changes.revision()) == 0) {
                return Stored.OUTDATED;
            }
            if (!WorkSql.done(connection, item, origin)) {
                return Stored.LEASE_LOST;
            }
            FactSql.apply(connection, userId, changes);
            return Stored.DONE;
        });
    }

    /// Locks messages against deletion until this transaction ends. Returns false when one no longer exists.
    private static boolean lockSources(Connection connection, UUID userId, Collection<UUID> sources)
            throws SQLException {
        return Statements.query(connection, row -> row.getInt(1),
                "SELECT 1 FROM messages WHERE user_id = ? AND message_id = ANY (?) ORDER BY message_id FOR KEY SHARE",
                userId, Statements.uuidArray(connection, sources)).size() == sources.size();
    }

    private static void insertEpisode(Connection connection, Episode episode) throws SQLException {
        Statements.update(connection, INSERT_EPISODE, episode.session().userId(), episode.id(),
                episode.session().sessionId(), episode.roundId(),
                Statements.uuidArray(connection, episode.messageIds()),
                episode.title(), episode.summary(), episode.method().name().toLowerCase(Locale.ROOT),
                episode.startedAt(), episode.endedAt(), episode.vector(), episode.model());
    }

    @Override
    public List<Episode> episodes(UUID userId, EpisodeQuery query) {
        List<Object> values = new ArrayList<>(List.of(userId));
        query.session().ifPresent(values::add);
        values.add(query.limit());
        return database.withConnection("read episodes", connection -> Statements.query(connection,
                row -> new Episode(RowMappers.uuid(row, "episode_id"),
                        new SessionKey(userId, RowMappers.uuid(row, "session_id")),
                        RowMappers.uuid(row, "round_id"), RowMappers.uuidList(row, "message_ids"),
                        row.getString("title"),
                        row.getString("summary"),
                        Episode.Method.valueOf(row.getString("method").toUpperCase(Locale.ROOT)),
                        RowMappers.instant(row, "started_at"), RowMappers.instant(row, "ended_at"),
                        RowMappers.floats(row, "embedding"),
                        row.getString("embedding_model")),
                "SELECT * FROM m1_episodes WHERE user_id = ?"
                        + (query.session().isPresent() ? " AND session_id = ?" : "")
                        + " ORDER BY started_at DESC, episode_id DESC LIMIT ?",
                values.toArray()));
    }
}
