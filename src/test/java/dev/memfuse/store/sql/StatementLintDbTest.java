package dev.memfuse.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every statement binds the user of every relation to a parameter, so that a database distributed by user routes it
/// to one node (ADR 0034).
@Tag("db")
class StatementLintDbTest {
    private static final Pattern CHANGES_OR_READS = Pattern.compile("(?i)^(SELECT|WITH|INSERT|UPDATE|DELETE)\\b");
    /// The statements that span users by design.
    private static final Set<String> OF_ALL_USERS = Set.of(
            // A user is known by its name, or by an alias of its id, before its id is.
            "SELECT user_id, name, created_at FROM users WHERE name = ?",
            "SELECT user_id FROM users WHERE user_id = ? OR name = ? ORDER BY user_id <> ?, user_id",
            "SELECT user_id FROM id_aliases WHERE alias_id = ?",
            "SELECT user_id, alias_id, target_id FROM id_aliases",
            // Clients over HTTP list all users, and name a session by its id alone (ADR 0046).
            "SELECT user_id, name, created_at, description, updated_at FROM users WHERE user_id > ? ORDER BY user_id "
                    + "LIMIT ?",
            "SELECT user_id, session_id, agent_id, name, created_at, updated_at FROM sessions WHERE session_id = ? "
                    + "ORDER BY user_id",
            // A person searches the users by a part of their name.
            "SELECT user_id, name, created_at FROM users WHERE user_id > ? AND position(lower(?) IN lower(name)) > 0 "
                    + "ORDER BY user_id LIMIT ?",
            // A server on the network starts only when there is a key.
            "SELECT EXISTS (SELECT 1 FROM server_keys) OR EXISTS (SELECT 1 FROM api_keys)",
            // The size of the database at the start of a load.
            "SELECT count(*) FROM messages",
            "SELECT user_id, alias_id, target_id FROM id_aliases WHERE alias_id = ANY (?)");
    /// Beginnings of statements that span users by design.
    private static final List<String> BACKGROUND = List.of(
            // The work list of extraction.
            "SELECT user_id, count(*) AS items, (extract(epoch FROM min(", "SELECT layer, count(*) FILTER",
            "SELECT user_id, round_id, updated_at, l.* FROM rounds, LATERAL ( VALUES",
            retry("m1"), retry("m2"),
            // The sessions of dead letters.
            "SELECT user_id, session_id FROM sessions JOIN unnest(?::uuid[], ?::uuid[]) AS wanted",
            "SELECT user_id, round_id FROM refused_rounds JOIN unnest(?::uuid[], ?::uuid[]) AS wanted",
            // Vectors of other models, recent deletions, and users with an index on the disk.
            "SELECT user_id, count(*) AS stale FROM m1_episodic", "SELECT m.user_id, count(*) AS missing FROM messages",
            // Rounds that were stored while a layer was off.
            "SELECT r.user_id, count(DISTINCT r.round_id) AS rounds,",
            // Rounds that failed, when a layer is built again.
            off("m1"), off("m2"),
            "SELECT user_id, coalesce((extract(epoch FROM erased_at) * 1000000)::bigint, 0) AS erased FROM users",
            "SELECT user_id FROM users WHERE user_id = ANY (?)",
            // Users that loads made, and the size of the database.
            "SELECT user_id, name, created_at, load_run FROM users WHERE load_run IS NOT NULL",
            "SELECT count(DISTINCT u.user_id) AS users, count(m.message_id) AS messages",
            "SELECT (SELECT count(*) FROM users), pg_database_size(current_database())",
            // Clients over HTTP list the sessions of all users.
            "SELECT s.user_id, s.session_id, s.agent_id, s.name, s.created_at, s.updated_at FROM sessions s "
                    + "JOIN agents a ON a.user_id = s.user_id AND a.agent_id = s.agent_id WHERE (?::uuid",
            // Counts of a benchmark over its users.
            "SELECT count(*) FROM messages WHERE user_id = ANY (?)",
            "SELECT coalesce(sum(last_sequence), 0)::bigint FROM sessions WHERE user_id = ANY (?)");
    /// COPY takes no parameters: a benchmark's lower bound.
    private static final String COPY = "COPY messages (user_id, ";

    private static String off(String layer) {
        return String.format(Locale.ROOT,
                "UPDATE rounds SET %1$s_state = 'off', updated_at = now() WHERE %1$s_state IN", layer);
    }

    private static String retry(String layer) {
        return String.format(Locale.ROOT, "UPDATE rounds SET %1$s_state = 'pending', %1$s_attempts = 0, "
                + "%1$s_owner = NULL, %1$s_until = NULL, updated_at = now() WHERE %1$s_state IN", layer);
    }

    private static EngineFixture fixture;
    private static Set<String> sent;

    @BeforeAll
    static void runEveryStatement() throws SQLException {
        fixture = EngineFixture.start();
        sent = new HashSet<>();
        sent.addAll(ProtocolLog.textsDuring(() -> EveryStatement.run(fixture)));
        try (EngineFixture separate = EngineFixture.start("queries.consolidated=false");
                EngineFixture distributed = CitusStandIn.start()) {
            sent.addAll(ProtocolLog.textsDuring(() -> EveryStatement.run(separate)));
            sent.addAll(ProtocolLog.textsDuring(() -> EveryStatement.run(distributed)));
        }
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void everyRelationIsBoundToAParameterOfItsOwn() throws SQLException {
        Set<String> unbound = new TreeSet<>();
        Set<String> listed = new HashSet<>();
        try (Connection connection = fixture.connect()) {
            UserScope scope = new UserScope(connection);
            for (String text : checked()) {
                List<String> relations = scope.unbound(text);
                if (!relations.isEmpty() && !isListed(StatementTexts.normal(text), listed)) {
                    unbound.add(relations + " in " + StatementTexts.normal(text));
                }
            }
        }

        assertEquals("", String.join("\n", unbound));
        Set<String> unused = new TreeSet<>(OF_ALL_USERS);
        unused.addAll(BACKGROUND);
        unused.removeAll(listed);
        assertEquals(Set.of(), unused, "listed without need");
    }

    private static List<String> checked() {
        return sent.stream().filter(text -> CHANGES_OR_READS.matcher(text).find()).toList();
    }

    @Test
    void noStatementIsOneThatCitusRefuses() throws SQLException {
        Set<String> refused = new TreeSet<>();
        try (Connection connection = fixture.connect()) {
            UserScope scope = new UserScope(connection);
            for (String text : checked()) {
                scope.refusedByCitus(text)
                        .forEach(reason -> refused.add(reason + " in " + StatementTexts.normal(text)));
            }
        }

        assertEquals("", String.join("\n", refused));
    }

    private static boolean isListed(String text, Set<String> listed) {
        Set<String> matching = BACKGROUND.stream().filter(text::startsWith).collect(Collectors.toSet());
        if (OF_ALL_USERS.contains(text)) {
            matching.add(text);
        }
        listed.addAll(matching);
        return !matching.isEmpty();
    }

    /// A new statement must be run here before it is checked. The table of the migrations has no users, and is read
    /// before the schema exists.
    @Test
    void everyStatementOfTheProgramIsChecked() throws SQLException, IOException {
        List<String> tables;
        try (Connection connection = fixture.connect()) {
            tables = Statements.query(connection, row -> row.getString(1), "SELECT tablename FROM pg_tables "
                    + "WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'");
        }
        Set<String> normal = sent.stream().map(StatementTexts::normal).collect(Collectors.toSet());

        Set<String> texts = StatementTexts.of(tables);
        assertTrue(texts.size() > 50, texts.size() + " texts");
        assertEquals("", texts.stream().filter(text -> !text.contains(COPY) && !StatementTexts.isPartOf(text, normal))
                .collect(Collectors.joining("\n\n")));
    }
}
