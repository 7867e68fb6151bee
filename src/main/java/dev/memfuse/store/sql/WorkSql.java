package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.ExtractionStatus.DeadLetter;
import dev.memfuse.engine.ExtractionStatus.LayerBacklog;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.engine.spi.WorkStore;
import dev.memfuse.engine.spi.WorkStore.Waiting;
import dev.memfuse.engine.validation.DerivedText;
import dev.memfuse.store.pool.Database;

/// The work list of extraction: the states of the layers in `rounds` (ADR 0014). Leases and waits are times of the
/// database's clock alone. None is longer than 15 minutes: a later end shows that the clock was set back, and counts as
/// passed. The columns of a layer begin with its
/// name, so most statements are templates, filled in for each layer.
public final class WorkSql implements WorkStore {
    private static final int DEAD_LETTER_LIMIT = 100;

    /// Takes the oldest round first, and M1 before M2. The row lock gives two workers two different items. Does not
    /// wait for the disk: a claim that a crash of the server loses leaves its item in the list.
    static final String CLAIM = """
                                WITH next AS (
                                  SELECT round_id,
                                         CASE WHEN m1_state = 'pending'
                                                AND (m1_until IS NULL OR m1_until <= now()
                                                  OR m1_until > now() + interval '15 minutes')
                                              THEN 'M1' ELSE 'M2' END AS layer
                                  FROM rounds
                                  WHERE user_id = ? AND (m1_state = 'pending' OR m2_state = 'pending')
                                    AND (m1_state = 'pending' AND (m1_until IS NULL OR m1_until <= now()
                                                  OR m1_until > now() + interval '15 minutes')
                                      OR m2_state = 'pending' AND (m2_until IS NULL OR m2_until <= now()
                                                  OR m2_until > now() + interval '15 minutes'))
                                  ORDER BY created_at, round_id LIMIT 1 FOR UPDATE SKIP LOCKED
                                )
                                UPDATE rounds r SET
                                  m1_owner = CASE n.layer WHEN 'M1' THEN l.owner ELSE r.m1_owner END,
                                  m1_until = CASE n.layer WHEN 'M1' THEN l.until ELSE r.m1_until END,
                                  m1_attempts = r.m1_attempts + (n.layer = 'M1')::int,
                                  m2_owner = CASE n.layer WHEN 'M2' THEN l.owner ELSE r.m2_owner END,
                                  m2_until = CASE n.layer WHEN 'M2' THEN l.until ELSE r.m2_until END,
                                  m2_attempts = r.m2_attempts + (n.layer = 'M2')::int
                                FROM next n, (
                                  SELECT ?::uuid AS owner, now() + ? * interval '1 millisecond' AS until,
                                         set_config('synchronous_commit', 'off', true) AS durability) l
                                WHERE r.user_id = ? AND r.round_id = n.round_id
                                RETURNING r.session_id, r.round_id, n.layer,
                                  CASE n.layer WHEN 'M1' THEN r.m1_attempts ELSE r.m2_attempts END AS attempts,
                                  CASE n.layer WHEN 'M1' THEN r.m1_note ELSE r.m2_note END AS note,
                                  (extract(epoch FROM now() - r.created_at) * 1000)::bigint AS age,
                                  l.durability""";
    private static final String WAITING = """
                                          SELECT user_id, count(*) AS items, (extract(epoch FROM min(
                                            CASE WHEN until > now() AND until <= now() + interval '15 minutes'
                                                 THEN until - now() ELSE interval '0' END)) * 1000)::bigint AS remaining
                                          FROM rounds, LATERAL (VALUES (m1_state, m1_owner, m1_until),
                                                                       (m2_state, m2_owner, m2_until))
                                               AS l(state, owner, until)
                                          WHERE (m1_state = 'pending' OR m2_state = 'pending') AND state = 'pending'
                                            AND NOT coalesce(owner = ANY (?) AND until > now(), false)
                                          GROUP BY user_id ORDER BY remaining""";
    private static final String BACKLOG = """
                                          SELECT layer,
                                                 count(*) FILTER (WHERE state = 'pending' AND owner IS NOT NULL
                                                                    AND until > now()) AS running,
                                                 count(*) FILTER (WHERE state = 'pending') AS unfinished,
                                                 count(*) FILTER (WHERE state IN ('failed', 'timed_out')) AS dead,
                                                 min(created_at) FILTER (WHERE state = 'pending') AS oldest
                                          FROM rounds, LATERAL (VALUES ('M1', m1_state, m1_owner, m1_until),
                                                                       ('M2', m2_state, m2_owner, m2_until))
                                               AS l(layer, state, owner, until)
                                          WHERE m1_state = 'pending' OR m2_state = 'pending'
                                             OR m1_state IN ('failed', 'timed_out')
                                             OR m2_state IN ('failed', 'timed_out')
                                          GROUP BY layer""";
    private static final String RESULTS = """
                                          SELECT user_id, round_id, updated_at, l.* FROM rounds, LATERAL (
                                            VALUES ('M1', m1_state, m1_attempts,
                                                    m1_owner IS NOT NULL AND m1_until > now(), m1_note),
                                                   ('M2', m2_state, m2_attempts,
                                                    m2_owner IS NOT NULL AND m2_until > now(), m2_note))
                                            AS l(layer, state, attempts, running, note)""";
    private static final String DEAD = RESULTS
            + " WHERE (m1_state IN ('failed', 'timed_out') OR m2_state IN ('failed', "
            + "'timed_out')) AND state IN ('failed', 'timed_out') ORDER BY updated_at DESC LIMIT " + DEAD_LETTER_LIMIT;
    private static final String HELD = " WHERE user_id = ? AND round_id = ? AND %1$s_state = 'pending' "
            + "AND %1$s_owner = ? AND %1$s_attempts = ? AND %1$s_until > now()";
    private static final Map<DerivedLayer, String> RENEW = perLayer(
            "UPDATE rounds SET %1$s_until = now() + ? * interval '1 millisecond'" + HELD);
    private static final Map<DerivedLayer, String> PUT_BACK = perLayer(
            "UPDATE rounds SET %1$s_owner = NULL, %1$s_until = now() + ? * interval '1 millisecond', %1$s_note = ?"
                    + HELD);
    private static final Map<DerivedLayer, String> POSTPONE = perLayer(
            "UPDATE rounds SET %1$s_owner = NULL, %1$s_until = now() + ? * interval '1 millisecond', %1$s_note = ?, "
                    + "%1$s_attempts = %1$s_attempts - 1" + HELD);
    private static final Map<DerivedLayer, String> DONE = perLayer(
            "UPDATE rounds SET %1$s_state = 'done', %1$s_owner = NULL, %1$s_until = NULL, "
                    + "%1$s_note = nullif(?, ''), %1$s_made_by = ?, updated_at = now()" + HELD);
    private static final Map<DerivedLayer, String> UNCLAIM = perLayer(
            "UPDATE rounds SET %1$s_owner = NULL, %1$s_until = NULL, %1$s_attempts = %1$s_attempts - 1 "
                    + "WHERE user_id = ? AND %1$s_state = 'pending' AND %1$s_owner = ?");
    private static final Map<DerivedLayer, String> END = perLayer(
            "UPDATE rounds SET %1$s_state = ?, %1$s_owner = NULL, %1$s_until = NULL, %1$s_note = nullif(?, ''), "
                    + "updated_at = now()" + HELD);
    private static final Map<DerivedLayer, String> RETRY = perLayer(
            "UPDATE rounds SET %1$s_state = 'pending', %1$s_attempts = 0, %1$s_owner = NULL, %1$s_until = NULL, "
                    + "updated_at = now() WHERE %1$s_state IN ('failed', 'timed_out')");

    private final Database database;

    public WorkSql(Database database) {
        this.database = database;
    }

    private static Map<DerivedLayer, String> perLayer(String template) {
        return Map.of(DerivedLayer.M1, String.format(Locale.ROOT, template, "m1"), DerivedLayer.M2,
                String.format(Locale.ROOT, template, "m2"));
    }

    private static String of(Map<DerivedLayer, String> statements, DerivedLayer layer) {
        return Objects.requireNonNull(statements.get(layer));
    }

    @Override
    public Optional<WorkItem> claim(UUID userId, UUID owner, Duration lease) {
        return database.withConnection("take work from the list",
                connection -> Statements.query(connection, row -> new WorkItem(
                        new SessionKey(userId, RowMappers.uuid(row, "session_id")), RowMappers.uuid(row, "round_id"),
                        layer(row),
                        owner, row.getInt("attempts"), note(row),
                        Duration.ofMillis(Math.max(0, row.getLong("age")))), CLAIM, userId, owner, lease.toMillis(),
                        userId))
                .stream()
                .findFirst();
    }

    @Override
    public boolean renew(WorkItem item, Duration lease) {
        return database.withConnection("renew a lease",
                connection -> Statements.update(connection, of(RENEW, item.layer()), lease.toMillis(),
                        item.session().userId(), item.roundId(), item.owner(), item.attempt())) == 1;
    }

    @Override
    public void putBack(WorkItem item, String note, Duration wait) {
        putBack(PUT_BACK, item, note, wait);
    }

    @Override
    public void postpone(WorkItem item, String note, Duration wait) {
        putBack(POSTPONE, item, note, wait);
    }

    private void putBack(Map<DerivedLayer, String> statement, WorkItem item, String note, Duration wait) {
        database.withConnection("put work back into the list",
                connection -> Statements.update(connection, of(statement, item.layer()), wait.toMillis(),
                        DerivedText.note(note),
                        item.session().userId(), item.roundId(), item.owner(), item.attempt()));
    }

    @Override
    public void giveUp(WorkItem item, LayerStatus status, String note) {
        database.withConnection("note a failed extraction", connection -> end(connection, item, status, note));
    }

    /// Ends a work item whose result is stored. Returns false when its lease was lost or its round no longer exists.
    static boolean done(Connection connection, WorkItem item, LayerOrigin origin) throws SQLException {
        return Statements.update(connection, of(DONE, item.layer()), DerivedText.note(origin.note()),
                origin.byModel() ? "model" : "rules",
                item.session().userId(), item.roundId(), item.owner(), item.attempt()) == 1;
    }

    private static boolean end(Connection connection, WorkItem item, LayerStatus status, String note)
            throws SQLException {
        return Statements.update(connection, of(END, item.layer()), status.name().toLowerCase(Locale.ROOT),
                DerivedText.note(note),
                item.session().userId(), item.roundId(), item.owner(), item.attempt()) == 1;
    }

    @Override
    public void unclaim(UUID userId, UUID owner) {
        database.withConnection("return work to the list", connection -> {
            int items = 0;
            for (DerivedLayer layer : DerivedLayer.values()) {
                items += Statements.update(connection, of(UNCLAIM, layer), userId, owner);
            }
            return items;
        });
    }

    @Override
    public List<Waiting> waiting(Collection<UUID> owners) {
        return database.withConnection("read the work list", connection -> Statements.query(connection,
                row -> new Waiting(RowMappers.uuid(row, "user_id"), row.getInt("items"),
                        Duration.ofMillis(row.getLong("remaining"))),
                WAITING,
                Statements.uuidArray(connection, owners)));
    }

    @Override
    public ExtractionStatus status() {
        return database.withConnection("read the state of the work list", connection -> {
            Map<DerivedLayer, LayerBacklog> layers = new EnumMap<>(DerivedLayer.class);
            for (DerivedLayer layer : DerivedLayer.values()) {
                layers.put(layer, LayerBacklog.NONE);
            }
            Statements.query(connection, row -> layers.put(layer(row), backlog(row)), BACKLOG);
            return new ExtractionStatus(layers,
                    Statements.query(connection, row -> new DeadLetter(RowMappers.uuid(row, "user_id"),
                            RowMappers.uuid(row, "round_id"), result(row), RowMappers.instant(row, "updated_at")),
                            DEAD));
        });
    }

    private static LayerBacklog backlog(ResultSet row) throws SQLException {
        OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
        int running = row.getInt("running");
        return new LayerBacklog(row.getInt("unfinished") - running, running,
                Optional.ofNullable(oldest).map(OffsetDateTime::toInstant), row.getInt("dead"));
    }

    @Override
    public int retryFailed() {
        return database.inTransaction("try failed work again", connection -> {
            int items = 0;
            for (DerivedLayer layer : DerivedLayer.values()) {
                items += Statements.update(connection, of(RETRY, layer));
            }
            return items;
        });
    }

    @Override
    public List<LayerResult> results(UUID userId, UUID roundId) {
        return database.withConnection("read the extraction status of a round",
                connection -> Statements.query(connection,
                        WorkSql::result, RESULTS + " WHERE user_id = ? AND round_id = ? ORDER BY layer", userId,
                        roundId));
    }

    private static LayerResult result(ResultSet row) throws SQLException {
        return new LayerResult(layer(row), status(row.getString("state"), row.getBoolean("running")),
                row.getInt("attempts"), note(row));
    }

    private static LayerStatus status(String state, boolean running) {
        if (state.equals("pending")) {
            return running ? LayerStatus.RUNNING : LayerStatus.QUEUED;
        }
        return LayerStatus.valueOf(state.toUpperCase(Locale.ROOT));
    }

    private static DerivedLayer layer(ResultSet row) throws SQLException {
        return DerivedLayer.valueOf(row.getString("layer"));
    }

    private static String note(ResultSet row) throws SQLException {
        String note = row.getString("note");
        return note == null ? "" : note;
    }
}
