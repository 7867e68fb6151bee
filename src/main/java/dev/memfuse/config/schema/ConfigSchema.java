package dev.memfuse.config.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.section.ChunkStrategy;
import dev.memfuse.config.section.ConnectionManagerKind;
import dev.memfuse.config.section.Durability;
import dev.memfuse.config.section.EmbedAt;
import dev.memfuse.config.section.EmbeddingContext;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.config.section.FusionKind;
import dev.memfuse.config.section.LlmProvider;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.config.section.RetrievalBackend;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// The one table of all keys of the configuration: every page, check and message about a key comes from here.
/// Immutable, for any thread.
public final class ConfigSchema {
    private static final int CLOSE_ENOUGH = 3;
    private static final int SHORTEST_HALF = 4;
    private static final Map<String, ConfigKey> KEYS = table();
    private static final Set<String> SECTIONS = sections();

    private ConfigSchema() {}

    /// All keys, in the order of the file.
    public static List<ConfigKey> keys() {
        return List.copyOf(KEYS.values());
    }

    /// The key of a path such as `buffer.bypass_mode`; empty when there is none.
    public static Optional<ConfigKey> find(String path) {
        return Optional.ofNullable(KEYS.get(path));
    }

    /// The key of a path.
    ///
    /// @throws ConfigException when there is none; the message names the nearest
    public static ConfigKey require(String path) {
        return find(path).orElseThrow(() -> new ConfigException(
                List.of(new ConfigProblem(path, "unknown key" + hint(path), Optional.empty()))));
    }

    /// The known key or section whose name is nearest to `path`; empty when none is near.
    public static Optional<String> nearest(String path) {
        return nearest(path, KEYS.keySet()).or(() -> nearest(path, SECTIONS));
    }

    public static boolean isSection(String path) {
        return SECTIONS.contains(path);
    }

    /// The keys directly in a section and the names of the sections in it; of the whole file for an empty path.
    public static List<String> namesIn(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        return KEYS.keySet().stream().filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("\\.", 2)[0]).distinct().toList();
    }

    public static String hint(String path) {
        return nearest(path).map(near -> "; did you mean " + near + "?").orElse("");
    }

    public static String sectionHint(String path) {
        return nearest(path, SECTIONS).or(() -> nearest(path)).map(near -> "; did you mean " + near + "?").orElse("");
    }

    private static Optional<String> nearest(String path, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(candidate -> distance(path, candidate)))
                .filter(candidate -> distance(path, candidate) <= CLOSE_ENOUGH);
    }

    /// In letters that differ. A right name in the wrong section counts as two, half a name as three.
    private static int distance(String path, String candidate) {
        var letters = LevenshteinDistance.getDefaultInstance();
        String typed = lastName(path);
        String name = lastName(candidate);
        boolean half = typed.length() >= SHORTEST_HALF && (name.startsWith(typed) || name.endsWith(typed));
        int byName = half ? Math.min(CLOSE_ENOUGH, letters.apply(typed, name) + 2) : letters.apply(typed, name) + 2;
        return Math.min(letters.apply(path, candidate), byName);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static Map<String, ConfigKey> table() {
        var table = new KeyTable();
        connections(table);
        buffers(table);
        flushing(table);
        memory(table);
        languageModel(table);
        embedding(table);
        serving(table);
        retrieval(table);
        monitoring(table);
        var keys = new LinkedHashMap<String, ConfigKey>();
        table.rows().forEach(key -> keys.put(key.path(), key));
        return keys;
    }

    private static Set<String> sections() {
        var sections = new LinkedHashSet<String>();
        for (String path : KEYS.keySet()) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                sections.add(path.substring(0, dot));
            }
        }
        return sections;
    }

    private static void connections(KeyTable table) {
        table.section("postgres", "Connections").fixed()
                .text("url", 0, "JDBC URL of an external PostgreSQL; empty starts the embedded server.", "")
                .choice("manager", ConnectionManagerKind.values(),
                        "Leases connections with one pool lookup (optimized), or with a lock, a SELECT 1 and a weak "
                                + "reference per use (legacy).",
                        "Plan 1.1: 50–200 ms of overhead per database operation become 5–20 ms.")
                .whole("pool_size", 1, 1000, "connections", "Connections the pool keeps open when idle.",
                        "Plan 2.2: 10, reduced from 20; half the connections do the same work.")
                .whole("max_overflow", 0, 1000, "connections",
                        "Connections beyond the pool size that may open under load; the sum is the pool's limit.",
                        "Plan 2.2: 20, reduced from 40.")
                .seconds("pool_timeout", 0.25, 600, "Longest wait for a connection before the operation fails.",
                        "Plan 2.2: 30 s, reduced from 60 s.")
                .seconds("pool_recycle", 30, 86_400, "A connection is replaced when it reaches this age.",
                        "Plan 2.2: 3600 s, reduced from 7200 s.")
                .seconds("connection_timeout", 1, 600, "Longest time to open a new connection.",
                        "Plan, database configuration: 15 s; connection overhead of 20–50 ms becomes 5–15 ms.")
                .seconds("keepalives_idle", 30, 7200, "An idle connection is probed after this time.",
                        "Plan 2.2: 300 s, reduced from 600 s.");
    }

    private static void buffers(KeyTable table) {
        table.section("buffer", "Buffer").flag("bypass_mode",
                "Sends messages straight to the memory service; no buffer object is touched.",
                "Plan 1.2: 100–500 ms per batch become 10–50 ms.");
        table.section("buffer", "Buffer").choice("durability", Durability.values(),
                "With bypass off, acknowledges after the commit (database), after the journal on disk (journal), or from "
                        + "memory (memory: unsafe, a killed process loses what is buffered).",
                "");
        journal(table);
        table.section("buffer.round_buffer", "Round buffer")
                .whole("max_tokens", 1, 1_000_000, "tokens",
                        "Rounds are handed on when their tokens would exceed this.",
                        "")
                .whole("max_size", 1, 10_000, "rounds", "Rounds are handed on before there is one more than this.", "")
                .text("token_model", 1, "The model whose tokenizer counts the tokens.", "");
        table.section("buffer.hybrid_buffer", "Hybrid buffer")
                .whole("max_size", 1, 10_000, "rounds", "A flush starts when this number of rounds is reached.", "")
                .choice("chunk_strategy", ChunkStrategy.values(),
                        "Makes one chunk per message, or fills the encoder's window with the messages of a round.", "")
                .choice("embedding", EmbedAt.values(),
                        "Embeds buffered messages when the round buffer hands them on, while the writer waits (transfer), "
                                + "or after they are stored, behind the acknowledgement, if M1 is on (extraction).",
                        "Plan 1.2: part of the 100–500 ms per batch.");
        table.section("buffer.query", "Query")
                .whole("max_size", 1, 1000, "results", "Number of results when a query names none.", "")
                .whole("cache_size", 0, 100_000, "queries",
                        "Remembered queries per user, forgotten at the user's next write; 0 remembers none.", "");
        table.section("buffer.speculative_buffer", "Speculative buffer")
                .flag("enabled",
                        "Answers a user's likely next queries in the background after each write of the user, if queries are "
                                + "remembered.",
                        "")
                .whole("max_size", 1, 100, "answers", "Most answers that are worked out after one write.", "")
                .whole("context_window", 0, 100, "messages",
                        "So many of the user's newest messages are taken for likely queries, beside what was asked "
                                + "lately; 0 takes none.",
                        "");
    }

    private static void journal(KeyTable table) {
        table.section("buffer.journal", "Journal")
                .whole("max_bytes", 1 << 20, Integer.MAX_VALUE, "bytes",
                        "Most that may wait in the journal for the database; beyond it, writers wait.", "")
                .seconds("max_age", 1, 2_592_000,
                        "Longest that anything may wait in the journal for the database; beyond it, writers wait.", "")
                .seconds("patience", 0, 600,
                        "Longest wait of a writer for room in the journal before it gets an error.",
                        "")
                .whole("segment_bytes", 1 << 16, 1 << 30, "bytes",
                        "Size of one file of the journal, for files made from now on.", "")
                .seconds("retire_after", 0.1, 86_400,
                        "Stored and deleted texts leave the journal's disk after this time.",
                        "");
    }

    private static void flushing(KeyTable table) {
        table.section("buffer.performance", "Flushing")
                .flag("enable_auto_flush", "Runs the two timers below; without them only full buffers are flushed.", "")
                .seconds("flush_interval", 0.1, 3600, "Rounds in the hybrid buffer are flushed at this age.",
                        "Plan, buffer configuration: 30 s, reduced from 60 s.")
                .seconds("force_flush_timeout", 0.1, 86_400,
                        "A user's buffers are flushed this long after the last write.",
                        "")
                .whole("max_flush_workers", 1, 64, "workers", "Flushes that run at the same time.",
                        "Plan, buffer configuration: 2, reduced from 3.")
                .whole("max_flush_queue_size", 1, 100_000, "flushes",
                        "Flushes that may wait; beyond it, rounds stay in the hybrid buffer, and writers whose messages are in no "
                                + "journal wait.",
                        "")
                .seconds("flush_timeout", 0.1, 600, "Longest time of one attempt of a flush.",
                        "Plan, buffer configuration: 15 s, reduced from 30 s.")
                .seconds("shutdown_timeout", 0, 600,
                        "Longest time to store what is buffered when the program ends; the rest stays in the journal.",
                        "");
    }

    private static void memory(KeyTable table) {
        table.section("memory_service", "Memory service")
                .flag("parallel_enabled",
                        "Builds several layers at once, behind the acknowledgement, instead of one after the other.",
                        "Plan 3.1: off; memory processing of 500–2000 ms becomes 50–200 ms together with the layers.")
                .flag("enable_fallback",
                        "Runs a layer that failed or timed out in parallel once more, in sequence, and builds it by rules "
                                + "when the language model does not answer.",
                        "Plan 3.2: stays on.")
                .seconds("timeout_per_layer", 0.1, 600, "Longest time of one layer for one round.",
                        "Plan 3.2: 15 s, reduced from 30 s.")
                .whole("max_concurrent_layers", 1, 64, "layers",
                        "Layers that are built at the same time when they are built in parallel.", "")
                .whole("max_retries", 0, 20, "retries",
                        "How often a layer of a round that failed is tried again later, each time after a longer wait.",
                        "");
        table.section("layers.m1", "Memory layers").flag("enabled",
                "Cuts new messages into chunks and embeds them (episodic memory).",
                "Plan 3.2: off by default; 60 % less CPU through selective processing.");
        table.section("layers.m2", "Memory layers").flag("enabled",
                "Extracts facts from new messages (semantic memory).",
                "Plan 3.2: off by default; 60 % less CPU through selective processing.")
                .share("min_confidence", "Facts that are less certain than this are not kept.", "")
                .share("conflict_similarity",
                        "Two facts at least this similar are looked at for a contradiction; the older one is then superseded.",
                        "");
    }

    private static void embedding(KeyTable table) {
        table.section("embedding", "Embedding")
                .choice("model", EmbeddingModelKind.values(),
                        "The model that makes the vectors; after a change stored vectors are embedded again in the "
                                + "background.",
                        "")
                .choice("context", EmbeddingContext.values(),
                        "Embeds a message alone, or together with the last sentence of the message before it.", "")
                .whole("batch_size", 1, 64, "texts", "Most texts in one call of the model.", "")
                .whole("threads", 0, 64, "threads",
                        "Threads that embed in bulk; 0 takes one for each processor. Queries do not wait for them.",
                        "");
    }

    private static void serving(KeyTable table) {
        table.section("services", "Services").flag("cache",
                "Keeps one service per user; without it each call builds its service, parses the configuration and opens "
                        + "the model again.",
                "Plan 1.3: 200–1000 ms of initialization become 20–100 ms, with 40 % less memory.");
        table.section("queries", "Queries").flag("consolidated",
                "Uses one statement per request instead of separate look-ups and one statement per message.",
                "Plan 2.1: 50–200 ms of queries per request become 10–50 ms.");
    }

    private static void retrieval(KeyTable table) {
        table.section("retrieval", "Retrieval")
                .choice("backend", RetrievalBackend.values(),
                        "Ranks in this process with an index on disk (embedded), or in the database with pgvector "
                                + "(postgres).",
                        "")
                .choice("fusion", FusionKind.values(),
                        "Averages the stretched scores of words and meaning (minmax), or their reciprocal ranks (rrf).",
                        "")
                .whole("rrf_k", 1, 1000, "", "The constant of reciprocal rank fusion.", "")
                .share("dense_weight", "The share of meaning in a score; the rest is the share of words.", "")
                .share("neighbour_previous", "What a turn gets of the score of the turn before it.", "")
                .share("neighbour_question",
                        "What a turn gets of the score of the turn before it when that one ends with a question.", "")
                .share("neighbour_next", "What a turn gets of the score of the turn after it.", "")
                .share("session_best", "What a turn gets of the score of the best turn of its session.", "")
                .flag("use_rerank",
                        "Looks at the best hits once more: words covered, words close together, names, dates and age.",
                        "");
    }

    private static void languageModel(KeyTable table) {
        table.section("llm", "Language model")
                .choice("provider", LlmProvider.values(),
                        "Reads messages for M1 and M2 by rules in this process (local), or by a server that speaks "
                                + "OpenAI's chat completions (openai).",
                        "")
                .text("base_url", 1, "Where the server answers, up to and with its version.", "")
                .text("model", 1, "The name of the model at the server.", "")
                .seconds("timeout", 0.1, 600, "Longest time of one call.", "")
                .whole("max_requests_per_minute", 1, 100_000, "requests",
                        "Calls per minute, repetitions included; beyond it, extraction waits.", "")
                .whole("max_tokens_per_minute", 1, 100_000_000, "tokens",
                        "Tokens of prompts and answers per minute; beyond it, extraction waits.", "")
                .whole("max_retries", 0, 20, "retries",
                        "How often one call is repeated when the server is busy, fails or does not answer.", "");
    }

    private static void monitoring(KeyTable table) {
        table.section("monitoring", "Monitoring").whole("sample_rate", 1, 20, "samples/s",
                "Samples of the pool and of all gauges per second.", "")
                .choice("log_level", LogLevel.values(),
                        "Lowest severity that the log file records; debug and trace explain single decisions.", "");
        table.section("monitoring.thresholds", "Alert thresholds")
                .seconds("connection_pool_access", 0.0001, 600,
                        "Alerts while the p99 of the wait for a connection is longer.",
                        "Plan 1.1: 5–20 ms per access is the goal.")
                .seconds("add", 0.0001, 600, "Alerts while the p99 of adding a batch is longer.",
                        "Plan 1.2 and 3: 10–50 ms in the buffers and 50–200 ms in the layers are the goals.")
                .seconds("query", 0.0001, 600, "Alerts while the p99 of a query is longer.",
                        "Plan 2.1: 10–50 ms per database query is the goal.")
                .share("error_rate", "Alerts while a larger share of all operations fails.",
                        "Plan, monitoring: error rates are watched during the rollout.")
                .share("heap_used", "Alerts while a larger share of the heap's limit is in use.",
                        "Plan, monitoring: resource use is watched; 40 % less memory is the goal.");
    }
}
