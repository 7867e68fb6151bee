package dev.memfuse.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.FactChanges.Conflict;
import dev.memfuse.engine.spi.FactChanges.Merge;
import dev.memfuse.engine.spi.FactChanges.Supersession;
import dev.memfuse.engine.spi.FactStore;
import dev.memfuse.engine.spi.FactStore.KnownFacts;
import dev.memfuse.store.pool.Database;
import org.jspecify.annotations.Nullable;

/// Reads the facts of M2 and applies changes to them.
public final class FactSql implements FactStore {
    static final String INSERT = "INSERT INTO m2_semantic (user_id, fact_id, session_id, round_id, "
            + "message_ids, fact_content, fact_type, confidence, entities, subject, attribute, value, negated, "
            + "observed_at, happened_at, valid_from, valid_to, superseded_by, embedding, embedding_model) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            + "ON CONFLICT (user_id, fact_id) DO NOTHING";
    /// Appends the new messages: the first message stays first, because the text of the fact is taken from it.
    private static final String MERGE = """
                                        UPDATE m2_semantic f SET confidence = greatest(f.confidence, ?),
                                          message_ids = f.message_ids || ARRAY(
                                            SELECT n.id FROM unnest(?::uuid[]) WITH ORDINALITY AS n(id, place)
                                            WHERE NOT n.id = ANY (f.message_ids) ORDER BY n.place)
                                        WHERE f.user_id = ? AND f.fact_id = ?""";
    static final String SUPERSEDE = "UPDATE m2_semantic SET valid_to = ?, superseded_by = ? "
            + "WHERE user_id = ? AND fact_id = ? AND superseded_by IS NULL";

    /// Marks a fact unless it has the mark.
    private static final String MARK = """
                                       UPDATE m2_semantic
                                       SET conflicts_with = array_append(coalesce(conflicts_with, '{}'), ?)
                                       WHERE user_id = ? AND fact_id = ?
                                         AND NOT ? = ANY (coalesce(conflicts_with, '{}'))""";
    /// A superseded fact settles its conflicts. They stay in its row: when the newer fact is erased, they count again.
    private static final String CURRENT_CONFLICTS = "ARRAY(SELECT o.fact_id FROM m2_semantic o WHERE o.user_id = ? "
            + "AND o.fact_id = ANY (f.conflicts_with) AND o.superseded_by IS NULL ORDER BY o.fact_id) AS conflicts";

    private final Database database;

    public FactSql(Database database) {
        this.database = database;
    }

    @Override
    public KnownFacts known(UUID userId) {
        // The revision first: when the facts change in between, it is outdated, and storing detects that.
        return database.withConnection("read the facts of a user",
                connection -> new KnownFacts(revision(connection, userId), Statements.query(connection, FactSql::fact,
                        "SELECT * FROM m2_semantic WHERE user_id = ? AND superseded_by IS NULL", userId)));
    }

    @Override
    public long revision(UUID userId) {
        return database.withConnection("read the revision of a user's facts",
                connection -> revision(connection, userId));
    }

    private static long revision(Connection connection, UUID userId) throws SQLException {
        return Statements.query(connection, row -> row.getLong(1),
                "SELECT facts_revision FROM users WHERE user_id = ?", userId).stream().findFirst().orElse(0L);
    }

    @Override
    public List<Fact> find(UUID userId, FactQuery query) {
        boolean current = query.versions() == FactQuery.Versions.CURRENT;
        List<Object> values = new ArrayList<>(current ? List.of(userId) : List.of());
        values.addAll(List.of(userId, (float) query.minConfidence()));
        return database.withConnection("read facts", connection -> {
            values.addAll(List.of(texts(connection, query.types()), texts(connection, query.types()), query.limit()));
            return Statements.query(connection,
                    row -> fact(row).inConflictWith(RowMappers.uuidList(row, "conflicts")),
                    "SELECT f.*, " + (current ? CURRENT_CONFLICTS : "coalesce(f.conflicts_with, '{}') AS conflicts")
                            + " FROM m2_semantic f WHERE f.user_id = ? AND f.confidence >= ? "
                            + "AND (cardinality(?::text[]) = 0 OR f.fact_type = ANY (?::text[]))"
                            + (current ? " AND f.superseded_by IS NULL" : "")
                            + " ORDER BY f.observed_at DESC, f.fact_id DESC LIMIT ?",
                    values.toArray());
        });
    }

    @Override
    public Map<UUID, List<UUID>> conflicts(UUID userId, Collection<UUID> factIds) {
        return database.withConnection("read conflicts of facts", connection -> {
            Map<UUID, List<UUID>> found = new HashMap<>();
            Statements.query(connection,
                    row -> found.put(RowMappers.uuid(row, "fact_id"), RowMappers.uuidList(row, "conflicts")),
                    "SELECT f.fact_id, " + CURRENT_CONFLICTS + " FROM m2_semantic f WHERE f.user_id = ? "
                            + "AND f.fact_id = ANY (?) AND f.conflicts_with IS NOT NULL AND f.superseded_by IS NULL",
                    userId, userId, Statements.uuidArray(connection, factIds));
            found.values().removeIf(List::isEmpty);
            return found;
        });
    }

    private static Array texts(Connection connection, Collection<String> texts)
            throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    /// Stores new facts, adds sources to confirmed ones, closes superseded ones and marks conflicts, within the
    /// caller's transaction.
    static void apply(Connection connection, UUID userId, FactChanges changes) throws SQLException {
        insert(connection, changes.added());
        for (Merge merge : changes.merged()) {
            Statements.update(connection, MERGE, (float) merge.confidence(),
                    Statements.uuidArray(connection, merge.messageIds()),
                    userId, merge.factId());
        }
        for (Supersession superseded : changes.superseded()) {
            Statements.update(connection, SUPERSEDE, superseded.from(), superseded.byFactId(), userId,
                    superseded.factId());
        }
        for (Conflict conflict : changes.conflicts()) {
            mark(connection, userId, conflict.factId(), conflict.otherId());
            mark(connection, userId, conflict.otherId(), conflict.factId());
        }
    }

    /// Stores new facts within the caller's transaction.
    static void insert(Connection connection, List<Fact> facts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (Fact fact : facts) {
                bind(connection, statement, fact);
                statement.addBatch();
            }
            Statements.batch(statement);
        }
    }

    private static void mark(Connection connection, UUID userId, UUID factId, UUID otherId) throws SQLException {
        Statements.update(connection, MARK, otherId, userId, factId, otherId);
    }

    private static void bind(Connection connection, PreparedStatement statement, Fact fact) throws SQLException {
        Optional<Claim> claim = fact.claim();
        FactTime time = fact.time();
        @Nullable
        Object[] values = {fact.session().userId(), fact.id(), orNull(fact.session().sessionId()),
                orNull(fact.roundId()),
                Statements.uuidArray(connection, fact.messageIds()), fact.content(), fact.type(),
                (float) fact.confidence(),
                texts(connection, fact.entities()), claim.map(Claim::subject).orElse(null),
                claim.map(Claim::attribute).orElse(null), claim.map(Claim::value).orElse(null),
                claim.map(Claim::negated).orElse(false), Statements.timestamp(time.observedAt()), at(time.happenedAt()),
                Statements.timestamp(time.validFrom()), at(time.validTo()), time.supersededBy().orElse(null),
                fact.vector(),
                fact.model()};
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static @Nullable UUID orNull(UUID id) {
        return id.equals(Fact.NO_ID) ? null : id;
    }

    private static @Nullable OffsetDateTime at(Optional<Instant> instant) {
        return instant.map(Statements::timestamp).orElse(null);
    }

    private static UUID orNone(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class)).orElse(Fact.NO_ID);
    }

    /// Returns the fact of a row of the table, without its conflicts.
    static Fact fact(ResultSet row) throws SQLException {
        String subject = row.getString("subject");
        Optional<Claim> claim = subject == null
                ? Optional.empty()
                : Optional.of(new Claim(subject, row.getString("attribute"), row.getString("value"),
                        row.getBoolean("negated")));
        FactTime time = new FactTime(RowMappers.instant(row, "observed_at"),
                RowMappers.optionalInstant(row, "happened_at"), RowMappers.instant(row, "valid_from"),
                RowMappers.optionalInstant(row, "valid_to"),
                Optional.ofNullable(row.getObject("superseded_by", UUID.class)));
        return new Fact(RowMappers.uuid(row, "fact_id"),
                new SessionKey(RowMappers.uuid(row, "user_id"), orNone(row, "session_id")), orNone(row, "round_id"),
                RowMappers.uuidList(row, "message_ids"), row.getString("fact_content"), row.getString("fact_type"),
                row.getFloat("confidence"), List.of((String[]) row.getArray("entities").getArray()), claim, time,
                List.of(), RowMappers.floats(row, "embedding"), row.getString("embedding_model"));
    }
}
