package dev.memfuse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Settings of the database change no value: messages, times, vectors and confidences come back as they were given.
@Tag("db")
class SessionSettingsDbTest {
    /// Settings of texts, times, numbers and arrays that differ from the defaults, all at once.
    private static final List<String> SETTINGS = List.of("client_encoding = 'LATIN1'",
            "standard_conforming_strings = off", "backslash_quote = off", "escape_string_warning = on",
            "\"DateStyle\" = 'SQL, DMY'", "\"IntervalStyle\" = 'sql_standard'", "\"TimeZone\" = 'Asia/Kathmandu'",
            "bytea_output = 'escape'", "extra_float_digits = -15", "array_nulls = off", "lc_monetary = 'C'",
            "quote_all_identifiers = on", "transform_null_equals = on", "default_text_search_config = 'simple'",
            "default_transaction_isolation = 'serializable'", "plan_cache_mode = 'force_generic_plan'",
            "search_path = 'public'");

    @ParameterizedTest
    @ValueSource(strings = {"queries.consolidated=true", "queries.consolidated=false"})
    void settingsOfTheDatabaseChangeNoValue(String path) throws Exception {
        TestDatabase database = TestServer.newDatabaseWithSchema();
        change(database);
        try (EngineFixture fixture = EngineFixture.on(database, TestFolders.create(), path,
                "buffer.bypass_mode=false")) {
            SessionKey session = fixture.newSession("Zoë \\ '");
            List<NewMessage> messages = messages();
            fixture.engine().addBatch(session, messages);
            fixture.engine().flush();
            fixture.restart();

            assertEquals(messages, fixture.engine().messages(session, 100, Order.OLDEST_FIRST).stream()
                    .map(message -> new NewMessage(message.id(), message.role(), message.content(),
                            message.createdAt()))
                    .toList());
            assertEquals(session.userId(), fixture.engine().user("Zoë \\ '").orElseThrow().id());
            assertRecordsComeBack(fixture, session, messages.getFirst().id());
        } finally {
            TestServer.drop(database);
        }
    }

    private static void change(TestDatabase database) throws SQLException {
        String name = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute("ALTER DATABASE " + name + " SET " + setting);
            }
        }
    }

    /// More messages than the token counter counts, so that the array of counts has null elements.
    private static List<NewMessage> messages() {
        List<NewMessage> messages = new ArrayList<>();
        for (String text : List.of("\\000 \\' \" {NULL} 💾 ß", "NULL", "null", "1/2/2003", "word ".repeat(2_000),
                "last")) {
            messages.add(new NewMessage(UUID.randomUUID(), Role.USER, text,
                    Instant.parse("1851-03-04T05:06:07.123457Z").plusSeconds(3_000_000_000L * messages.size())));
        }
        return messages;
    }

    private static void assertRecordsComeBack(EngineFixture fixture, SessionKey session, UUID message) {
        List<UserRecord> records = new ArrayList<>();
        fixture.engine().exportUser(session.userId(), records::add);
        records.add(chunk(records, session, message));
        User copy = fixture.engine().importUser("copy", records::stream);
        List<UserRecord> copied = new ArrayList<>();
        fixture.engine().exportUser(copy.id(), copied::add);

        // The user has another id and name.
        assertEquals(String.join("\n", texts(records.subList(1, records.size()))),
                String.join("\n", texts(copied.subList(1, copied.size()))));
    }

    private static UserRecord chunk(List<UserRecord> records, SessionKey session, UUID message) {
        Object round = records.stream().filter(row -> row.kind() == RecordKind.ROUND).findFirst().orElseThrow()
                .value("round_id");
        float[] vector = new float[]{0.1f, -0f, Float.MIN_VALUE, 1 / 3f, 16_777_216f, Float.MIN_NORMAL};
        return new UserRecord(RecordKind.CHUNK, Arrays.asList(UUID.randomUUID(), session.sessionId(), round,
                List.of(message), "a \\ chunk", "message", 3L, "another model", vector,
                Instant.parse("2001-01-01T00:00:00.000001Z")));
    }

    private static List<String> texts(List<UserRecord> records) {
        return records.stream()
                .map(row -> row.kind() + " " + row.values().stream()
                        .map(value -> value instanceof float[] vector ? Arrays.toString(vector) : String.valueOf(value))
                        .toList())
                .toList();
    }
}
