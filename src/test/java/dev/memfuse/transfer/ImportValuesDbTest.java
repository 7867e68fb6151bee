package dev.memfuse.transfer;

import static dev.memfuse.engine.validation.AnyValue.bigNumber;
import static dev.memfuse.engine.validation.AnyValue.id;
import static dev.memfuse.engine.validation.AnyValue.real;
import static dev.memfuse.engine.validation.AnyValue.text;
import static dev.memfuse.engine.validation.AnyValue.time;
import static dev.memfuse.engine.validation.AnyValue.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.record.RecordField;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicktheories.WithQuickTheories;
import org.quicktheories.core.Gen;

/// Any value in any field of any record of an import comes back as it was given, also through a file, or the import is
/// refused as a whole. A failure prints the seed; `-DQT_SEED=…` repeats it.
@Tag("db")
class ImportValuesDbTest implements WithQuickTheories {
    private static final int EXAMPLES = 200;
    private static final int DIMENSION = 384;

    private final AtomicInteger copies = new AtomicInteger();

    @Test
    void everyValueOfEveryFieldIsImportedExactlyOrRefused(@TempDir Path folder) throws Exception {
        try (EngineFixture fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true")) {
            List<UserRecord> base = records(fixture);
            AtomicInteger imported = new AtomicInteger();
            qt().withExamples(EXAMPLES).withShrinkCycles(0)
                    .forAll(changedFields(base))
                    .checkAssert(records -> imported.addAndGet(importedExactly(fixture, records, folder) ? 1 : 0));

            assertTrue(imported.get() > EXAMPLES / 10, imported + " of " + EXAMPLES + " imported");
            assertEquals(imported.get() + 1, fixture.count("SELECT count(*) FROM users"));
        }
    }

    @Test
    void anEpisodeThatEndsBeforeItStartsIsRefused() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true")) {
            List<UserRecord> records = new ArrayList<>(records(fixture));
            int row = records.stream().map(UserRecord::kind).toList().indexOf(RecordKind.EPISODE);
            List<Object> values = new ArrayList<>(records.get(row).values());
            int end = RecordKind.EPISODE.fields().stream().map(RecordField::name).toList().indexOf("ended_at");
            values.set(end, Instant.parse("2025-12-31T23:59:59.999999Z"));
            records.set(row, new UserRecord(RecordKind.EPISODE, values));

            InvalidValueException refused = assertThrows(InvalidValueException.class,
                    () -> fixture.engine().importUser("copy", records::stream));

            assertTrue(String.valueOf(refused.getMessage()).contains("before episode.started_at"), refused.toString());
            assertEquals(1, fixture.count("SELECT count(*) FROM users"));
        }
    }

    /// A user with records of every kind that the engine writes.
    private static List<UserRecord> records(EngineFixture fixture) {
        SessionKey session = fixture.newSession("Ann");
        fixture.engine().addBatch(session, List.of(
                new NewMessage(UUID.randomUUID(), Role.USER, "I live in Lisbon.",
                        Instant.parse("2026-01-01T00:00:00Z")),
                NewMessage.of(Role.ASSISTANT, "Nice.")));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofMinutes(2)));
        List<UserRecord> records = new ArrayList<>();
        fixture.engine().exportUser(session.userId(), records::add);
        assertEquals(8, records.stream().map(UserRecord::kind).distinct().count());
        return records;
    }

    private Gen<List<UserRecord>> changedFields(List<UserRecord> base) {
        return random -> {
            int row = integers().between(0, base.size() - 1).generate(random);
            UserRecord record = base.get(row);
            int field = integers().between(0, record.values().size() - 1).generate(random);
            List<Object> values = new ArrayList<>(record.values());
            values.set(field, any(record.kind().fields().get(field)).generate(random));
            List<UserRecord> changed = new ArrayList<>(base);
            changed.set(row, new UserRecord(record.kind(), values));
            return changed;
        };
    }

    private Gen<?> any(RecordField field) {
        return switch (field.type()) {
            case ID -> id();
            case TEXT -> text();
            case TIME -> time();
            case NUMBER -> bigNumber();
            case REAL -> real();
            case FLAG -> booleans().all();
            case IDS -> lists().of(id()).ofSizeBetween(0, 3);
            case TEXTS -> lists().of(text()).ofSizeBetween(0, 3);
            case VECTOR -> vector(DIMENSION);
        };
    }

    private boolean importedExactly(EngineFixture fixture, List<UserRecord> records, Path folder) {
        String name = "copy " + copies.incrementAndGet();
        User copy;
        try {
            copy = fixture.engine().importUser(name, records::stream);
        } catch (InvalidValueException e) {
            assertTrue(String.valueOf(e.getMessage()).endsWith("."), e.getMessage());
            return false;
        }
        List<UserRecord> stored = new ArrayList<>();
        fixture.engine().exportUser(copy.id(), stored::add);
        assertSame(records, stored);
        Path file = folder.resolve("copy.jsonl");
        new UserExport(fixture.engine()).write(copy.id(), file, _ -> {});
        fixture.engine().deleteUser(copy.id());
        User again = new UserImport(fixture.engine()).read(file, name, _ -> {}).user();
        List<UserRecord> read = new ArrayList<>();
        fixture.engine().exportUser(again.id(), read::add);
        assertSame(records, read);
        return true;
    }

    /// The order within a kind is the store's, and the copy of a user has another id and name.
    private static void assertSame(List<UserRecord> expected, List<UserRecord> found) {
        assertEquals(texts(expected), texts(found));
    }

    /// Names are stored in the form in which they are compared (ADR 0030).
    private static List<String> texts(List<UserRecord> records) {
        return records.stream().map(row -> row.kind() + " " + IntStream.range(0, row.values().size())
                .skip(row.kind() == RecordKind.USER ? 2 : 0)
                .mapToObj(i -> switch (row.values().get(i)) {
                    case float[] vector -> Arrays.toString(vector);
                    case String name when row.kind().fields().get(i).name().equals("name") ->
                        TextCheck.canonicalName(name);
                    case Object value -> value.toString();
                    case null -> "null";
                }).toList()).sorted().toList();
    }
}
