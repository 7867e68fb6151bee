package dev.memfuse.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.RoundStore;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.pool.Database;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgStatement;

/// Stores rounds with their messages: in one statement per session when queries are consolidated, in one per table on
/// Citus ([DistributedRoundSql]), otherwise with one lookup and one insert at a time as the legacy engine does.
public final class RoundSql implements RoundStore {
    /// Writes the rounds of one session. The row lock on the session orders concurrent writers, so that its sequence
    /// has no duplicates. Returns 0 and writes nothing when the session does not exist. A product of a number and an
    /// interval is a floating-point number, exact below 2^53: of microseconds only until the year 2255, of seconds and
    /// of the microseconds within a second for all times.
    public static final String STORE = """
                                       WITH numbered AS (
                                         UPDATE sessions SET last_sequence = last_sequence + cardinality(?::uuid[]),
                                           updated_at = now()
                                         WHERE user_id = ? AND session_id = ?
                                         RETURNING session_id, last_sequence - cardinality(?::uuid[]) AS base
                                       ), new_rounds AS (
                                         INSERT INTO rounds (user_id, round_id, session_id, m1_state, m2_state,
                                                             created_at)
                                         SELECT ?::uuid, r.id, n.session_id, r.m1, r.m2,
                                                timestamptz 'epoch' + r.micros / 1000000 * interval '1 second'
                                                  + r.micros % 1000000 * interval '1 microsecond'
                                         FROM numbered n, unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[])
                                           AS r(id, m1, m2, micros)
                                         ON CONFLICT (user_id, round_id) DO NOTHING
                                       ), new_messages AS (
                                         INSERT INTO messages (user_id, message_id, session_id, round_id, sequence,
                                                               role, content, token_count, created_at)
                                         SELECT ?::uuid, m.id, n.session_id, m.round_id, n.base + m.place,
                                                m.role, m.content, m.tokens,
                                                timestamptz 'epoch' + m.micros / 1000000 * interval '1 second'
                                                  + m.micros % 1000000 * interval '1 microsecond'
                                         FROM numbered n, unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::int[],
                                                                 ?::bigint[]) WITH ORDINALITY
                                           AS m(id, round_id, role, content, tokens, micros, place)
                                         ON CONFLICT (user_id, message_id) DO NOTHING
                                       )
                                       SELECT count(*) FROM numbered""";

    /// A message that was stored before belongs to its first round; a chunk in a later round would outlive it.
    private static final String INSERT_CHUNK = """
                                               INSERT INTO m1_episodic (user_id, chunk_id, session_id, round_id,
                                                 message_ids, content, chunking_strategy, token_count, embedding,
                                                 embedding_model)
                                               SELECT r.user_id, ?::uuid, ?::uuid, r.round_id, c.message_ids,
                                                      ?::text, ?::text, ?::int, ?::real[], ?::text
                                               FROM rounds r, (SELECT ?::uuid[] AS message_ids) c
                                               WHERE r.user_id = ? AND r.round_id = ? AND c.message_ids <@ ARRAY(
                                                 SELECT m.message_id FROM messages m
                                                 WHERE m.user_id = ? AND m.round_id = ?)
                                               ON CONFLICT (user_id, chunk_id) DO NOTHING""";

    /// Maximum length of the texts in one statement, except for a single larger round.
    private static final long PORTION_CHARACTERS = 16 << 20;

    private final Database database;
    private final RoundStatistics statistics;

    public RoundSql(Database database) {
        this.database = database;
        statistics = new RoundStatistics(database);
    }

    /// @throws StatementFailedException also when a value cannot be converted for the database
    @Override
    public Set<SessionKey> store(UUID userId, List<StoredRound> rounds, Duration timeout) {
        // Sessions in the same order everywhere, so that two flushes cannot deadlock.
        TreeMap<UUID, List<StoredRound>> bySession = new TreeMap<>();
        for (StoredRound round : rounds) {
            bySession.computeIfAbsent(round.session().sessionId(), _ -> new ArrayList<>()).add(round);
        }
        boolean consolidated = database.consolidated();
        List<List<StoredRound>> portions = bySession.values().stream().flatMap(RoundSql::portions).toList();
        boolean distributed = consolidated && database.distributed();
        boolean single = consolidated && !distributed && portions.size() == 1
                && rounds.stream().allMatch(round -> round.chunks().isEmpty());
        Database.Work<Set<SessionKey>> work = converting(connection -> {
            if (!single) {
                limitStatements(connection, timeout);
            }
            Set<SessionKey> missing = new LinkedHashSet<>();
            for (List<StoredRound> ofSession : portions) {
                boolean stored = distributed
                        ? DistributedRoundSql.store(connection, ofSession)
                        : consolidated
                                ? storeConsolidated(connection, ofSession, single ? timeout : Duration.ZERO)
                                : storeSeparately(connection, ofSession);
                if (stored) {
                    storeChunks(connection, ofSession);
                } else {
                    missing.add(ofSession.getFirst().session());
                }
            }
            return missing;
        });
        Set<SessionKey> missing = single
                ? database.write(userId, "store messages", work)
                : database.inTransaction(userId, "store messages", work);
        statistics.stored(rounds.size());
        return missing;
    }

    /// Splits rounds of one session into portions for one statement each, in their order. PostgreSQL limits a
    /// parameter to 1 GB, and rounds of the largest permitted size could exceed it together.
    private static Stream<List<StoredRound>> portions(List<StoredRound> rounds) {
        List<List<StoredRound>> portions = new ArrayList<>(List.of(new ArrayList<>()));
        long characters = 0;
        for (StoredRound round : rounds) {
            long ofRound = round.messages().stream().mapToLong(message -> message.content().length()).sum();
            if (!portions.getLast().isEmpty() && characters + ofRound > PORTION_CHARACTERS) {
                portions.add(new ArrayList<>());
                characters = 0;
            }
            portions.getLast().add(round);
            characters += ofRound;
        }
        return portions.stream();
    }

    /// Turns failures to convert a value, which each repetition would meet again, into refusals of the content.
    private static <T> Database.Work<T> converting(Database.Work<T> work) {
        return connection -> {
            try {
                return work.run(connection);
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException | IndexOutOfBoundsException
                    | ClassCastException | NegativeArraySizeException e) {
                throw new StatementFailedException(
                        "Could not store messages: a value cannot be converted for the database: " + e.getMessage(),
                        e.toString(), e, true);
            }
        };
    }

    private static boolean storeConsolidated(Connection connection, List<StoredRound> rounds, Duration timeout)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            setTimeout(statement, timeout);
            bindStore(connection, statement, rounds);
            return Statements.query(statement, row -> row.getInt(1) > 0).contains(true);
        }
    }

    /// Binds the parameters of [#STORE]. The insert baseline of the benchmark uses it too, so that both write the same
    /// rows.
    public static void bindStore(Connection connection, PreparedStatement statement, List<StoredRound> rounds)
            throws SQLException {
        SessionKey session = rounds.getFirst().session();
        int count = rounds.stream().mapToInt(round -> round.messages().size()).sum();
        UUID[] ids = new UUID[count];
        UUID[] roundIds = new UUID[count];
        String[] roles = new String[count];
        String[] contents = new String[count];
        @Nullable
        Integer[] tokens = new @Nullable Integer[count];
        Long[] micros = new Long[count];
        int at = 0;
        for (StoredRound round : rounds) {
            for (int i = 0; i < round.messages().size(); i++) {
                NewMessage message = round.messages().get(i);
                ids[at] = message.id();
                roundIds[at] = round.id();
                roles[at] = message.role().label();
                contents[at] = message.content();
                tokens[at] = round.tokensOf(i).isPresent() ? (Integer) round.tokensOf(i).getAsInt() : null;
                micros[at] = micros(message.createdAt());
                at++;
            }
        }
        Array idArray = connection.createArrayOf("uuid", ids);
        statement.setArray(1, idArray);
        statement.setObject(2, session.userId());
        statement.setObject(3, session.sessionId());
        statement.setArray(4, idArray);
        statement.setObject(5, session.userId());
        statement.setArray(6, connection.createArrayOf("uuid", rounds.stream().map(StoredRound::id).toArray()));
        statement.setArray(7,
                connection.createArrayOf("text",
                        rounds.stream().map(round -> state(round, DerivedLayer.M1)).toArray()));
        statement.setArray(8,
                connection.createArrayOf("text",
                        rounds.stream().map(round -> state(round, DerivedLayer.M2)).toArray()));
        statement.setArray(9, connection.createArrayOf("int8",
                rounds.stream().map(round -> (Object) micros(round.createdAt())).toArray()));
        statement.setObject(10, session.userId());
        statement.setArray(11, idArray);
        statement.setArray(12, connection.createArrayOf("uuid", roundIds));
        statement.setArray(13, connection.createArrayOf("text", roles));
        statement.setArray(14, connection.createArrayOf("text", contents));
        statement.setArray(15, connection.createArrayOf("int4", tokens));
        statement.setArray(16, connection.createArrayOf("int8", micros));
    }

    static String state(StoredRound round, DerivedLayer layer) {
        return round.layers().contains(layer) ? "pending" : "off";
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /// The legacy way: looks up user, agent and session, then inserts the round and each message by itself.
    private static boolean storeSeparately(Connection connection, List<StoredRound> rounds) throws SQLException {
        SessionKey session = rounds.getFirst().session();
        Statements.query(connection, RowMappers::user, "SELECT user_id, name, created_at FROM users WHERE user_id = ?",
                session.userId());
        List<UUID> agents = Statements.query(connection, row -> RowMappers.uuid(row, "agent_id"),
                "SELECT agent_id FROM sessions WHERE user_id = ? AND session_id = ?", session.userId(),
                session.sessionId());
        if (agents.isEmpty()) {
            return false;
        }
        Statements.query(connection, RowMappers::agent,
                "SELECT user_id, agent_id, name, created_at FROM agents WHERE user_id = ? AND agent_id = ?",
                session.userId(), agents.getFirst());
        for (StoredRound round : rounds) {
            Statements.update(connection,
                    "INSERT INTO rounds (user_id, round_id, session_id, m1_state, m2_state, created_at) "
                            + "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, round_id) DO NOTHING",
                    session.userId(), round.id(), session.sessionId(), state(round, DerivedLayer.M1),
                    state(round, DerivedLayer.M2),
                    round.createdAt());
            for (int i = 0; i < round.messages().size(); i++) {
                insertMessage(connection, round, i);
            }
        }
        return true;
    }

    private static void insertMessage(Connection connection, StoredRound round, int index) throws SQLException {
        NewMessage message = round.messages().get(index);
        SessionKey session = round.session();
        List<Long> sequence = Statements.query(connection, row -> row.getLong(1),
                "UPDATE sessions SET last_sequence = last_sequence + 1, updated_at = now() "
                        + "WHERE user_id = ? AND session_id = ? RETURNING last_sequence",
                session.userId(), session.sessionId());
        Statements.update(connection,
                "INSERT INTO messages (user_id, message_id, session_id, round_id, sequence, role, content, "
                        + "created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                        + "ON CONFLICT (user_id, message_id) DO NOTHING",
                session.userId(), message.id(), session.sessionId(), round.id(), sequence.getFirst(),
                message.role().label(), message.content(), message.createdAt());
        if (round.tokensOf(index).isPresent()) {
            Statements.update(connection, "UPDATE messages SET token_count = ? WHERE user_id = ? AND message_id = ?",
                    round.tokensOf(index).getAsInt(), session.userId(), message.id());
        }
    }

    private static void storeChunks(Connection connection, List<StoredRound> rounds) throws SQLException {
        for (StoredRound round : rounds) {
            if (!round.chunks().isEmpty()) {
                insertChunks(connection, round.session(), round.id(), round.chunks());
            }
        }
    }

    static void insertChunks(Connection connection, SessionKey session, UUID roundId, List<Chunk> chunks)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_CHUNK)) {
            for (Chunk chunk : chunks.stream().sorted(Comparator.comparing(Chunk::id)).toList()) {
                statement.setObject(1, chunk.id());
                statement.setObject(2, session.sessionId());
                statement.setString(3, chunk.content());
                statement.setString(4, chunk.strategy());
                statement.setInt(5, chunk.tokens());
                statement.setObject(6, chunk.vector());
                statement.setString(7, chunk.model());
                statement.setArray(8, Statements.uuidArray(connection, chunk.messageIds()));
                statement.setObject(9, session.userId());
                statement.setObject(10, roundId);
                statement.setObject(11, session.userId());
                statement.setObject(12, roundId);
                statement.addBatch();
            }
            Statements.batch(statement);
        }
    }

    /// Limits a single statement. A timeout of zero means none.
    private static void setTimeout(PreparedStatement statement, Duration timeout) throws SQLException {
        if (!timeout.isZero()) {
            // JDBC's method takes whole seconds only.
            statement.unwrap(PgStatement.class).setQueryTimeoutMs(timeout.toMillis());
        }
    }

    /// Limits every statement of this transaction. A timeout of zero means none.
    private static void limitStatements(Connection connection, Duration timeout) throws SQLException {
        if (!timeout.isZero()) {
            Statements.update(connection, "SET LOCAL statement_timeout = " + timeout.toMillis());
        }
    }
}
