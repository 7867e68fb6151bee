package dev.memfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;

/// Names that look alike are the same name: of users, agents and sessions.
@Tag("db")
class NamesDbTest implements WithQuickTheories {
    private static final String JOSE = "Jos\u00E9 \u1EC7";

    private EngineFixture fixture;
    private MemoryEngine engine;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start();
        engine = fixture.engine();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jose\u0301 e\u0323\u0302", "Jos\u00E9 \u1EB9\u0302", " Jos\u00E9 \u1EC7\t",
            "\u00A0Jose\u0301 \u1EC7\u3000", "\uFEFFJos\u00E9 \u1EC7\u200B"})
    void aNameThatLooksAlikeIsTheSame(String other) {
        User user = engine.createUser(JOSE);
        Agent agent = engine.createAgent(user.id(), JOSE);
        Session session = engine.createSession(user.id(), agent.id(), JOSE);

        assertThrows(DuplicateNameException.class, () -> engine.createUser(other));
        assertThrows(DuplicateNameException.class, () -> engine.createAgent(user.id(), other));
        assertThrows(DuplicateNameException.class, () -> engine.createSession(user.id(), agent.id(), other));
        assertEquals(user, engine.user(other).orElseThrow());
        assertEquals(agent, engine.agent(user.id(), other).orElseThrow());
        assertEquals(List.of(session), engine.sessions(user.id()));
    }

    @Test
    void aNameIsStoredAsItIsComparedWhereverItComesFrom() {
        User created = engine.createUser(" Jose\u0301\n");
        List<UserRecord> records = new ArrayList<>();
        engine.exportUser(created.id(), records::add);
        List<Object> values = new ArrayList<>(records.getFirst().values());
        values.set(records.getFirst().kind().fields().stream().map(field -> field.name()).toList().indexOf("name"),
                "\u2003Zoe\u0308 ");
        records.set(0, new UserRecord(records.getFirst().kind(), values));

        assertEquals("Jos\u00E9", created.name());
        assertEquals("Zo\u00EB", engine.importUser(null, records::stream).name());
        assertThrows(DuplicateNameException.class, () -> engine.importUser("Jose\u0301 ",
                records::stream));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00A0", " \u200B\uFEFF", "\u3000\u2003\t"})
    void aNameOfBlanksIsRefused(String name) {
        assertThrows(InvalidValueException.class, () -> engine.createUser(name));
    }

    @Test
    void aNameInItsFormStaysAsItIs() {
        qt().forAll(strings().betweenCodePoints(1, 0x2FFF).ofLengthBetween(1, 12)).checkAssert(name -> {
            String canonical = TextCheck.canonicalName(name);
            assertEquals(canonical, TextCheck.canonicalName(canonical));
            assertEquals(canonical, TextCheck.canonicalName(Normalizer.normalize(name, Normalizer.Form.NFD)));
            assertEquals(canonical, TextCheck.canonicalName(" " + name + "\u00A0"));
        });
    }

    private static String migration() throws IOException {
        try (InputStream file = NamesDbTest.class.getResourceAsStream("/db/migration/V11__names.sql")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void migrate(Connection connection) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(migration());
        }
    }

    private static UUID insertUser(Connection connection, String name, int day) throws SQLException {
        UUID id = UUID.randomUUID();
        Statements.update(connection,
                "INSERT INTO users (user_id, name, created_at) "
                        + "VALUES (?, ?, '2026-01-01'::timestamptz + ? * '1 d'::interval)",
                id, name, day);
        return id;
    }

    private static String nameOf(Connection connection, UUID user) throws SQLException {
        return Statements.query(connection, row -> row.getString("name"), "SELECT name FROM users WHERE user_id = ?",
                user).getFirst();
    }

    /// Rows of an earlier version: the name goes to the row that has it, else to the oldest; the others are renamed.
    @Test
    void theMigrationKeepsEveryUserReachableUnderAName() throws Exception {
        try (Connection connection = fixture.connect()) {
            UUID blanks = insertUser(connection, " Jos\u00E9", 1);
            UUID exact = insertUser(connection, "Jos\u00E9", 2);
            UUID decomposed = insertUser(connection, "Jose\u0301", 3);
            UUID alone = insertUser(connection, "Zoe\u0308\u00A0", 4);
            UUID older = insertUser(connection, "Malmo\u0308", 5);
            UUID newer = insertUser(connection, "Malmo\u0308 ", 6);
            UUID agent = UUID.randomUUID();
            UUID other = UUID.randomUUID();
            for (UUID id : List.of(agent, other)) {
                Statements.update(connection, "INSERT INTO agents (user_id, agent_id, name) VALUES (?, ?, ?)", alone,
                        id,
                        id.equals(agent) ? "Bjo\u0308rn" : "Bj\u00F6rn");
                Statements.update(connection,
                        "INSERT INTO sessions (user_id, session_id, agent_id, name) VALUES (?, ?, ?, ?)", alone, id,
                        agent, id.equals(agent) ? "t\u00E9a " : "te\u0301a");
            }

            migrate(connection);
            migrate(connection);

            assertEquals("Jos\u00E9", nameOf(connection, exact));
            assertEquals("Jos\u00E9 (" + blanks.toString().substring(24) + ")", nameOf(connection, blanks));
            assertEquals("Jos\u00E9 (" + decomposed.toString().substring(24) + ")", nameOf(connection, decomposed));
            assertEquals("Zo\u00EB", nameOf(connection, alone));
            assertEquals("Malm\u00F6", nameOf(connection, older));
            assertEquals("Malm\u00F6 (" + newer.toString().substring(24) + ")", nameOf(connection, newer));
            assertEquals(other, engine.agent(alone, "Bj\u00F6rn").orElseThrow().id());
            assertTrue(engine.agent(alone, "Bj\u00F6rn (" + agent.toString().substring(24) + ")").isPresent());
            assertEquals(2, engine.sessions(alone).stream().filter(session -> session.name().startsWith("t\u00E9a"))
                    .map(Session::name).distinct().count());
        }
    }

    /// Every name stays unique and one that the program accepts, also when the end of the id is taken or too long.
    @Test
    void theMigrationFindsAFreeNameThatIsNotTooLong() throws Exception {
        String longest = "n".repeat(TextCheck.MAX_NAME_BYTES);
        try (Connection connection = fixture.connect()) {
            insertUser(connection, "Ana", 1);
            UUID same = insertUser(connection, " Ana", 2);
            insertUser(connection, "Ana (" + same.toString().substring(24) + ")", 3);
            insertUser(connection, longest, 4);
            UUID cut = insertUser(connection, longest + " ", 5);
            // Each character becomes two in composed form.
            UUID grown = insertUser(connection, "\u0958".repeat(TextCheck.MAX_NAME_BYTES / 3), 6);
            UUID owner = insertUser(connection, "owner", 7);
            UUID[] agents = {UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()};
            String[] names = {"x", " x", "x (" + agents[1].toString().substring(24) + ")"};
            for (int i = 0; i < names.length; i++) {
                Statements.update(connection, "INSERT INTO agents (user_id, agent_id, name) VALUES (?, ?, ?)", owner,
                        agents[i], names[i]);
                Statements.update(connection,
                        "INSERT INTO sessions (user_id, session_id, agent_id, name) VALUES (?, ?, ?, ?)", owner,
                        agents[i], agents[i], names[i]);
            }

            migrate(connection);
            migrate(connection);

            String end = same.toString().substring(24);
            assertEquals("Ana (" + end + "-2)", nameOf(connection, same));
            assertEquals(longest.substring(15) + " (" + cut.toString().substring(24) + ")", nameOf(connection, cut));
            assertEquals(grown, engine.user(nameOf(connection, grown)).orElseThrow().id());
            List<String> users = Statements.query(connection, row -> row.getString("name"), "SELECT name FROM users");
            users.forEach(name -> assertEquals(name, TextCheck.name("name", name)));
            assertEquals(users.size(), Set.copyOf(users).size());
            assertEquals(agents[1],
                    engine.agent(owner, "x (" + agents[1].toString().substring(24) + "-2)").orElseThrow().id());
            assertEquals(3, Set.copyOf(engine.sessions(owner).stream().map(Session::name).toList()).size());
        }
    }

    /// The database and the program must agree on the form of every name.
    @Test
    void theMigrationMakesTheFormThatTheEngineMakes() throws Exception {
        try (Connection connection = fixture.connect()) {
            for (int point = 1; point < 0x3100; point++) {
                String name = "a" + Character.toString(point);
                if (Character.isDefined(point) && !TextCheck.canonicalName(name).equals(name)) {
                    insertUser(connection, Character.toString(point) + "x" + point + Character.toString(point), 1);
                    insertUser(connection, "x" + point + name, 1);
                }
            }
            List<String> expected = names(connection).stream().map(TextCheck::canonicalName).sorted().toList();
            migrate(connection);

            assertEquals(expected, names(connection).stream().sorted().toList());
            assertTrue(expected.size() > 200, () -> "names: " + expected.size());
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        return Statements.query(connection, row -> row.getString("name"),
                "SELECT name FROM users WHERE name LIKE '%x%'");
    }
}
