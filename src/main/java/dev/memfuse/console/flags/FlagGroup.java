package dev.memfuse.console.flags;

import java.util.List;
import java.util.Set;

import dev.memfuse.config.ConfigKey;

/// The groups of the page, in their order. The path flags come first: they are what the plan compares.
enum FlagGroup {
    PATH("Path flags", "Which way a message takes. Each switches between the plan's before and after."),
    POOL("Connection pool", "How many connections there are, and how long a call waits for one."),
    BUFFERS("Buffers", "When messages move on. Without effect while the buffer bypass is on."),
    FLUSH("Flush", "How buffered rounds reach the database."),
    LANGUAGE_MODEL("Language model", "Who reads the messages for M1 and M2, and how much it may be asked."),
    EMBEDDING("Embedding", "What makes the vectors. Stored ones are replaced in the background after a change."),
    MONITORING("Monitoring", "How often is measured, and which limits raise an alert."),
    OTHER("Other settings", "");

    private static final Set<String> PATH_KEYS = Set.of("buffer.bypass_mode", "postgres.manager", "services.cache",
            "queries.consolidated");
    private static final List<String> PATH_SECTIONS = List.of("layers.", "memory_service.");

    private final String title;
    private final String hint;

    FlagGroup(String title, String hint) {
        this.title = title;
        this.hint = hint;
    }

    String title() {
        return title;
    }

    String hint() {
        return hint;
    }

    static FlagGroup of(ConfigKey key) {
        String path = key.path();
        if (PATH_KEYS.contains(path) || PATH_SECTIONS.stream().anyMatch(path::startsWith)) {
            return PATH;
        }
        if (path.startsWith("postgres.")) {
            return POOL;
        }
        if (path.startsWith("buffer.performance.")) {
            return FLUSH;
        }
        if (path.startsWith("buffer.")) {
            return BUFFERS;
        }
        if (path.startsWith("embedding.")) {
            return EMBEDDING;
        }
        if (path.startsWith("llm.")) {
            return LANGUAGE_MODEL;
        }
        return path.startsWith("monitoring.") ? MONITORING : OTHER;
    }
}
