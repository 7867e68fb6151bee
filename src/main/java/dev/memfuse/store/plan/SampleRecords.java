package dev.memfuse.store.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.record.RecordField;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;

/// Records of a new user: one of each kind, with the text and the vector of the sample. An import reads the records of
/// an exported file, so it needs none of the database.
final class SampleRecords {
    private static final Map<String, String> WORDS = Map.of("role", "user", "m1_state", "done", "m2_state", "done",
            "method", "extractive", "chunking_strategy", "message");

    private final Subject of;
    private final Map<String, UUID> ids = new HashMap<>();

    SampleRecords(Subject of) {
        this.of = of;
    }

    /// Returns the records in the order of an export.
    Stream<UserRecord> all() {
        return Arrays.stream(RecordKind.values()).map(kind -> {
            List<@Nullable Object> values = new ArrayList<>();
            kind.fields().forEach(field -> values.add(value(field)));
            return new UserRecord(kind, values);
        });
    }

    private @Nullable Object value(RecordField field) {
        boolean needed = !field.optional() || field.name().endsWith("_id");
        return switch (field.type()) {
            case ID -> needed ? id(field.name()) : null;
            case IDS -> needed ? List.of(id("message_id")) : null;
            case TEXT -> WORDS.getOrDefault(field.name(), needed ? text(field.name()) : null);
            case TEXTS -> List.of(of.user().name());
            case NUMBER -> 1L;
            case REAL -> 1f;
            case FLAG -> false;
            case TIME -> needed ? (Object) Instant.EPOCH : null;
            case VECTOR -> of.vector().values();
        };
    }

    private UUID id(String name) {
        return ids.computeIfAbsent(name, _ -> Subject.newId());
    }

    private String text(String name) {
        return switch (name) {
            case "embedding_model" -> of.vector().model();
            case "content", "fact_content", "summary" -> of.messages().getFirst().content();
            default -> Subject.newName();
        };
    }
}
