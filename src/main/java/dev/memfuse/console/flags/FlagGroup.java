package dev.memfuse.console.flags;

import java.util.List;
import java.util.Set;

import dev.memfuse.config.schema.ConfigKey;

/// The groups of the page, in their order. The path flags come first: they are what the plan compares.
enum FlagGroup {
    PATH("Path flags", "Which way a message takes. Each switches between the plan's before and after."),
    DURABILITY("Durability and journal",
            "What stands behind an acknowledgement, and how much may wait for the database."),
    POOL("Connection pool", "How many connections there are, and how long a call waits for one."),
    BUFFERS("Buffers", "When messages move on. Without effect while the buffer bypass is on."),
    FLUSH("Flush", "How buffered rounds reach the database."),
    LAYERS("Memory layers", "How M1 and M2 are built behind the acknowledgement."),
    RETRIEVAL("Retrieval", "How a query ranks what is remembered."),
    EMBEDDING("Embedding", "What makes the vectors. Stored ones are replaced in the background after a change."),
    LANGUAGE_MODEL("Language model", "Who reads the messages for M1 and M2, and how much it may be asked."),
    MONITORING("Monitoring", "How often is measured, and which limits raise an alert."),
    OTHER("Other settings", "");

    private static final Set<String> PATH_KEYS = Set.of("buffer.bypass_mode", "postgres.manager", "services.cache",
            "queries.consolidated", "layers.m1.enabled", "layers.m2.enabled", "memory_service.parallel_enabled");
    private static final List<Section> SECTIONS = List.of(new Section("buffer.durability", DURABILITY),
            new Section("buffer.journal.", DURABILITY), new Section("postgres.", POOL),
            new Section("buffer.performance.", FLUSH), new Section("buffer.", BUFFERS),
            new Section("memory_service.", LAYERS), new Section("layers.", LAYERS),
            new Section("retrieval.", RETRIEVAL), new Section("embedding.", EMBEDDING),
            new Section("llm.", LANGUAGE_MODEL),
            new Section("monitoring.", MONITORING));

    /// Keys that begin alike belong together.
    private record Section(String prefix, FlagGroup group) {}

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
        if (PATH_KEYS.contains(key.path())) {
            return PATH;
        }
        return SECTIONS.stream().filter(section -> key.path().startsWith(section.prefix())).findFirst()
                .map(Section::group).orElse(OTHER);
    }
}
