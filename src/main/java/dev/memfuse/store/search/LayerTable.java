package dev.memfuse.store.search;

import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;

/// Table and columns of a layer.
///
/// @param name name of the table, with alias `t` in the expressions
/// @param id column of the identifier
/// @param messageIds expression of the source messages of a row
/// @param content column of the text
record LayerTable(MemoryLayer layer, String name, String id, String messageIds, String content) {

    /// Returns the table of a layer.
    static LayerTable of(MemoryLayer layer) {
        return switch (layer) {
            case M0 -> new LayerTable(layer, "messages", "message_id", "ARRAY[t.message_id]", "content");
            case M1 -> new LayerTable(layer, "m1_episodic", "chunk_id", "t.message_ids", "content");
            case M2 -> new LayerTable(layer, "m2_semantic", "fact_id", "t.message_ids", "fact_content");
        };
    }

    /// Adds the columns of a candidate, from the row `t`, without its score. The inner query restricts the user again,
    /// because a distributed database plans it separately.
    void columns(SqlText sql, UUID userId) {
        // A fact by hand has no session, and stands alone.
        String session = layer == MemoryLayer.M2 ? "coalesce(t.session_id, t.fact_id) AS session_id" : "t.session_id";
        sql.add("'" + layer + "' AS layer, t." + id + " AS id, " + messageIds + " AS message_ids, " + session + ", t."
                + content + " AS content, length(t.words) AS terms, ");
        if (layer == MemoryLayer.M0) {
            sql.add("t.sequence, t.created_at");
        } else {
            first(sql, "sequence", userId);
            sql.add(" AS sequence, ");
            sql.add(layer == MemoryLayer.M2 ? "coalesce(" : "(");
            first(sql, "created_at", userId);
            sql.add((layer == MemoryLayer.M2 ? ", t.observed_at)" : ")") + " AS created_at");
        }
    }

    private static void first(SqlText sql, String column, UUID userId) {
        sql.add("(SELECT min(m." + column + ") FROM messages m WHERE m.user_id = ? "
                + "AND m.message_id = ANY (t.message_ids))", userId);
    }
}
