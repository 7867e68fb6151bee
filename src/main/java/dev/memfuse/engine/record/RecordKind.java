package dev.memfuse.engine.record;

import static dev.memfuse.engine.record.RecordField.Type.FLAG;
import static dev.memfuse.engine.record.RecordField.Type.ID;
import static dev.memfuse.engine.record.RecordField.Type.IDS;
import static dev.memfuse.engine.record.RecordField.Type.NUMBER;
import static dev.memfuse.engine.record.RecordField.Type.REAL;
import static dev.memfuse.engine.record.RecordField.Type.TEXT;
import static dev.memfuse.engine.record.RecordField.Type.TEXTS;
import static dev.memfuse.engine.record.RecordField.Type.TIME;
import static dev.memfuse.engine.record.RecordField.Type.VECTOR;

import java.util.List;
import java.util.Locale;

/// Kinds of a user's records, in the order of their export: a record refers only to records of earlier kinds.
///
/// Each kind is a table of the store. Its fields are the columns that cannot be derived from others. Keys of the HTTP
/// API are not exported, since they are secrets.
public enum RecordKind {
    USER(RecordField.of("user_id", ID), RecordField.of("name", TEXT), RecordField.optional("description", TEXT),
            RecordField.of("created_at", TIME)),
    AGENT(RecordField.of("agent_id", ID), RecordField.of("name", TEXT), RecordField.optional("description", TEXT),
            RecordField.of("created_at", TIME)),
    SESSION(RecordField.of("session_id", ID), RecordField.of("agent_id", ID), RecordField.of("name", TEXT),
            RecordField.of("last_sequence", NUMBER), RecordField.of("created_at", TIME)),
    ROUND(RecordField.of("round_id", ID), RecordField.of("session_id", ID), RecordField.of("m1_state", TEXT),
            RecordField.of("m2_state", TEXT), RecordField.optional("m1_note", TEXT),
            RecordField.optional("m2_note", TEXT), RecordField.of("created_at", TIME)),
    /// M0.
    MESSAGE(RecordField.of("message_id", ID), RecordField.of("session_id", ID), RecordField.of("round_id", ID),
            RecordField.of("sequence", NUMBER), RecordField.of("role", TEXT), RecordField.of("content", TEXT),
            RecordField.optional("token_count", NUMBER), RecordField.of("created_at", TIME),
            RecordField.optional("edited_at", TIME)),
    /// M1.
    CHUNK(RecordField.of("chunk_id", ID), RecordField.of("session_id", ID), RecordField.of("round_id", ID),
            RecordField.of("message_ids", IDS), RecordField.of("content", TEXT),
            RecordField.of("chunking_strategy", TEXT), RecordField.of("token_count", NUMBER),
            RecordField.of("embedding_model", TEXT), RecordField.of("embedding", VECTOR),
            RecordField.of("created_at", TIME)),
    /// M1: summary of a round.
    EPISODE(RecordField.of("episode_id", ID), RecordField.of("session_id", ID), RecordField.of("round_id", ID),
            RecordField.of("message_ids", IDS), RecordField.of("title", TEXT), RecordField.of("summary", TEXT),
            RecordField.of("method", TEXT), RecordField.of("started_at", TIME), RecordField.of("ended_at", TIME),
            RecordField.of("embedding_model", TEXT), RecordField.of("embedding", VECTOR),
            RecordField.of("created_at", TIME)),
    /// M2, including superseded facts; those by hand have no session and no round.
    FACT(RecordField.of("fact_id", ID), RecordField.optional("session_id", ID), RecordField.optional("round_id", ID),
            RecordField.of("message_ids", IDS), RecordField.of("fact_content", TEXT),
            RecordField.of("fact_type", TEXT), RecordField.of("confidence", REAL),
            RecordField.of("entities", TEXTS), RecordField.optional("subject", TEXT),
            RecordField.optional("attribute", TEXT), RecordField.optional("value", TEXT),
            RecordField.of("negated", FLAG),
            RecordField.of("observed_at", TIME), RecordField.optional("happened_at", TIME),
            RecordField.of("valid_from", TIME), RecordField.optional("valid_to", TIME),
            RecordField.optional("superseded_by", ID), RecordField.optional("conflicts_with", IDS),
            RecordField.of("embedding_model", TEXT),
            RecordField.of("embedding", VECTOR), RecordField.of("created_at", TIME)),
    KNOWLEDGE(RecordField.of("knowledge_id", ID), RecordField.of("content", TEXT),
            RecordField.of("created_at", TIME));

    @SuppressWarnings("ImmutableEnumChecker") // created by List.of
    private final List<RecordField> fields;

    RecordKind(RecordField... fields) {
        this.fields = List.of(fields);
    }

    /// Returns the fields, in the order of [UserRecord#values].
    public List<RecordField> fields() {
        return fields;
    }

    /// Returns the name in files: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    int indexOf(String field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                return i;
            }
        }
        throw new IllegalArgumentException("A " + label() + " has no " + field + ".");
    }
}
