package dev.memfuse.config.schema;

import java.util.List;

import dev.memfuse.config.section.ChunkStrategy;
import dev.memfuse.config.section.ConnectionManagerKind;
import dev.memfuse.config.section.Durability;
import dev.memfuse.config.section.EmbedAt;
import dev.memfuse.config.section.EmbeddingContext;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.config.section.FusionKind;
import dev.memfuse.config.section.LlmProvider;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.config.section.ReadFrom;
import dev.memfuse.config.section.RetrievalBackend;
import dev.memfuse.config.section.WhenFull;
import dev.memfuse.config.section.WhenLimited;

/// The table of all keys, one row each: type, range, title, group, description, what the plan expects, and risk.
/// The window, the command line, checks and messages take every word about a key from here; [ConfigSchema] finds the
/// rows. The order is that of the components of the section records.
final class ConfigKeys {
    private ConfigKeys() {}

    static List<ConfigKey> all() {
        var table = new KeyTableBuilder();
        postgres(table);
        network(table);
        buffers(table);
        flushing(table);
        memoryService(table);
        layers(table);
        languageModel(table);
        embedding(table);
        services(table);
        retrieval(table);
        monitoring(table);
        loads(table);
        server(table);
        return table.keys();
    }

    private static void postgres(KeyTableBuilder table) {
        table.section("postgres", "Connections", ConfigGroup.POOL);
        table.text("url", 0, "Database URL",
                "JDBC URL of an external PostgreSQL; empty starts the embedded server.")
                .fixedAtStart();
        table.choice("manager", ConnectionManagerKind.values(), "Connection manager",
                "Leases connections with one pool lookup (optimized), or with a lock, a SELECT 1 and a weak reference "
                        + "per use (legacy).")
                .in(ConfigGroup.PATH)
                .plan("Plan 1.1: 50–200 ms of overhead per database operation become 5–20 ms.");
        table.integer("pool_size", 1, 1000, "connections", "Pool size",
                "Number of connections that the pool keeps open when idle.")
                .plan("Plan 2.2: 10, reduced from 20; half the connections do the same work.");
        table.integer("max_overflow", 0, 1000, "connections", "Pool overflow",
                "Number of connections beyond the pool size that may open under load; the sum is the pool's limit.")
                .plan("Plan 2.2: 20, reduced from 40.");
        table.seconds("pool_timeout", 0.25, 600, "Pool timeout",
                "Maximum wait for a connection before the operation fails.")
                .plan("Plan 2.2: 30 s, reduced from 60 s.");
        table.seconds("pool_recycle", 30, 86_400, "Connection lifetime",
                "Age at which a connection is replaced.")
                .plan("Plan 2.2: 3600 s, reduced from 7200 s.");
        table.seconds("connection_timeout", 1, 600, "Connection timeout",
                "Maximum time to open a new connection.")
                .plan("Plan, database configuration: 15 s; connection overhead of 20–50 ms becomes 5–15 ms.");
        table.seconds("keepalives_idle", 30, 7200, "Keepalive interval",
                "Idle time after which a connection is probed.")
                .plan("Plan 2.2: 300 s, reduced from 600 s.");
        table.choice("read_from", ReadFrom.values(), "Reads",
                "Lists, texts and knowledge come from the primary server (primary), or from a standby among the hosts "
                        + "of the URL once it has what this program wrote for the user (replica); what other programs "
                        + "wrote may be missing for 5 s.");
        table.flag("read_only", "Read-only",
                "Opens the database for reading only: every change is refused, the schema stays as it is, and nothing "
                        + "works in the background. The Database page opens each connection one way or the other.")
                .fixedAtStart();
    }

    private static void network(KeyTableBuilder table) {
        table.section("network", "Network", ConfigGroup.NETWORK);
        table.seconds("round_trip", 0, 10, "Network: round trip",
                "Time that a round trip to the database takes longer, half of it in each direction: 0.0005 for another "
                        + "machine in the same zone, 0.002 for another zone, 0.03 for another region.");
        table.seconds("jitter", 0, 10, "Network: jitter",
                "Longest time that a round trip takes beyond that, drawn evenly.");
        table.integer("bandwidth", 0, 100_000, "Mbit/s", "Network: bandwidth",
                "Bandwidth in each direction, shared by all connections to a server; 0 for no limit.");
    }

    private static void buffers(KeyTableBuilder table) {
        table.section("buffer", "Buffer", ConfigGroup.BUFFERS);
        table.flag("bypass_mode", "Buffer bypass",
                "Sends messages straight to the memory service; no buffer is involved.")
                .in(ConfigGroup.PATH)
                .plan("Plan 1.2: 100–500 ms per batch become 10–50 ms.");
        table.choice("durability", Durability.values(), "Durability",
                "With bypass off, acknowledges after the commit (database), after the write to the journal on disk "
                        + "(journal), or from memory (memory; buffered messages are lost when the process is killed). "
                        + "A server with asynchronous standbys can lose commits in a failover: set "
                        + "synchronous_standby_names there; the journal stores those of the last seconds again.")
                .in(ConfigGroup.DURABILITY)
                .risk(Durability.MEMORY, Durability.UNSAFE);
        table.integer("max_message_bytes", 1 << 10, 1 << 24, "bytes", "Message size limit",
                "Maximum length of a message's text in UTF-8; longer ones are refused, with and without bypass.");
        table.integer("max_batch_bytes", 1 << 10, 1 << 25, "bytes", "Batch size limit",
                "Maximum size of the messages of one call, counted as their texts and 64 bytes each; larger batches "
                        + "are refused, with and without bypass.");
        journal(table);
        table.section("buffer.round_buffer", "Round buffer", ConfigGroup.BUFFERS);
        table.integer("max_tokens", 1, 1_000_000, "tokens", "Round buffer: token limit",
                "Rounds move to the hybrid buffer before their tokens exceed this number.");
        table.integer("max_size", 1, 10_000, "rounds", "Round buffer: round limit",
                "Rounds move to the hybrid buffer before their number exceeds this one.");
        table.text("token_model", 1, "Round buffer: token model",
                "Model whose tokenizer counts the tokens.");
        table.section("buffer.hybrid_buffer", "Hybrid buffer", ConfigGroup.BUFFERS);
        table.integer("max_size", 1, 10_000, "rounds", "Hybrid buffer: round limit",
                "Number of rounds at which a flush starts.");
        table.choice("chunk_strategy", ChunkStrategy.values(), "Hybrid buffer: chunk strategy",
                "Makes one chunk per message (message), or fills the encoder's window with the messages of a round "
                        + "(token_based).");
        table.choice("embedding", EmbedAt.values(), "Hybrid buffer: embedding",
                "Embeds buffered messages when they leave the round buffer, while the writer waits (transfer), or in "
                        + "the background after they are stored, if M1 is on (extraction).")
                .plan("Plan 1.2: part of the 100–500 ms per batch.");
        table.section("buffer.query", "Query", ConfigGroup.BUFFERS);
        table.integer("max_size", 1, 1000, "results", "Query: default limit",
                "Number of results when a query names none.");
        table.integer("cache_size", 0, 100_000, "queries", "Query: cache size",
                "Number of cached queries per user; a write of the user clears them; 0 turns the cache off.");
        table.section("buffer.speculative_buffer", "Speculative buffer", ConfigGroup.BUFFERS);
        table.flag("enabled", "Speculation",
                "Answers a user's likely next queries in the background after each write of the user, if the query "
                        + "cache is on.");
        table.integer("max_size", 1, 100, "answers", "Speculation: answers per write",
                "Maximum number of answers that are computed after one write.");
        table.integer("context_window", 0, 100, "messages", "Speculation: context window",
                "Number of the user's newest messages that become likely queries, in addition to recent queries; 0 "
                        + "uses recent queries only.");
    }

    private static void journal(KeyTableBuilder table) {
        table.section("buffer.journal", "Journal", ConfigGroup.DURABILITY);
        table.integer("max_bytes", 1 << 20, Integer.MAX_VALUE, "bytes", "Journal: size limit",
                "Maximum size of the journal's messages that are not yet in the database; beyond it, writers wait.");
        table.seconds("max_age", 1, 2_592_000, "Journal: age limit",
                "Maximum age of a journal message that is not yet in the database; beyond it, writers wait. The age "
                        + "of a recovered message counts from the start of the program.");
        table.seconds("patience", 0, 600, "Journal: write timeout",
                "Maximum wait of a writer for space in the journal before it gets an error.");
        table.integer("segment_bytes", 1 << 16, 1 << 30, "bytes", "Journal: segment size",
                "Size of one journal file; applies to new files.");
        table.seconds("retire_after", 0.1, 86_400, "Journal: erase after",
                "Time after which stored and deleted messages are erased from the journal on disk. Stored ones stay "
                        + "for at least a sixth of it, to store them again when a failover lost them.");
    }

    private static void flushing(KeyTableBuilder table) {
        table.section("buffer.performance", "Flushing", ConfigGroup.FLUSH);
        table.flag("enable_auto_flush", "Automatic flush",
                "Runs the two timers below; without them only full buffers are flushed.");
        table.seconds("flush_interval", 0.1, 3600, "Flush interval",
                "Age at which rounds in the hybrid buffer are flushed.")
                .plan("Plan, buffer configuration: 30 s, reduced from 60 s.");
        table.seconds("force_flush_timeout", 0.1, 86_400, "Idle flush timeout",
                "Time without a write after which all buffers of a user are flushed.");
        table.integer("max_flush_workers", 1, 64, "workers", "Flush workers",
                "Maximum number of concurrent flushes.")
                .plan("Plan, buffer configuration: 2, reduced from 3.");
        table.integer("max_flush_queue_size", 1, 100_000, "flushes", "Flush queue size",
                "Maximum number of queued flushes; beyond it, rounds stay in the hybrid buffer, and writers whose "
                        + "messages are not in the journal wait.");
        table.seconds("flush_timeout", 0.1, 600, "Flush timeout",
                "Maximum time of one attempt of a flush.")
                .plan("Plan, buffer configuration: 15 s, reduced from 30 s.");
        table.seconds("shutdown_timeout", 0, 600, "Shutdown flush timeout",
                "Maximum time to store buffered messages when the program ends; the rest stays in the journal.");
    }

    private static void memoryService(KeyTableBuilder table) {
        table.section("memory_service", "Memory service", ConfigGroup.LAYERS);
        table.flag("parallel_enabled", "Parallel layers",
                "Builds several layers in parallel after the acknowledgement, instead of one after the other.")
                .in(ConfigGroup.PATH)
                .plan("Plan 3.1: off; memory processing of 500–2000 ms becomes 50–200 ms together with the layers.");
        table.flag("enable_fallback", "Sequential fallback",
                "Runs a layer that failed or timed out in parallel once more, in sequence, and builds it by rules when "
                        + "the language model does not answer.")
                .plan("Plan 3.2: stays on.");
        table.seconds("timeout_per_layer", 0.1, 600, "Timeout per layer",
                "Maximum time of one layer for one round.")
                .plan("Plan 3.2: 15 s, reduced from 30 s.");
        table.integer("max_concurrent_layers", 1, 64, "layers", "Concurrent layers",
                "Maximum number of layers that are built at the same time when parallel layers are on.");
        table.integer("max_retries", 0, 20, "retries", "Layer retries",
                "Maximum number of retries of a failed layer of a round, with increasing delays.");
    }

    private static void layers(KeyTableBuilder table) {
        table.section("layers.m1", "Memory layers", ConfigGroup.LAYERS);
        table.flag("enabled", "Memory layer M1",
                "Cuts new messages into chunks and embeds them (episodic memory).")
                .in(ConfigGroup.PATH)
                .plan("Plan 3.2: off by default; 60 % less CPU through selective processing.");
        table.section("layers.m2", "Memory layers", ConfigGroup.LAYERS);
        table.flag("enabled", "Memory layer M2",
                "Extracts facts from new messages (semantic memory).")
                .in(ConfigGroup.PATH)
                .plan("Plan 3.2: off by default; 60 % less CPU through selective processing.");
        table.fraction("min_confidence", "M2: minimum confidence",
                "Facts with a lower confidence are discarded.");
        table.fraction("conflict_similarity", "M2: conflict similarity",
                "Minimum similarity of two facts that are checked for a contradiction; the newer fact supersedes a "
                        + "contradicted one.");
        table.section("layers", "Memory layers", ConfigGroup.LAYERS);
        table.integer("max_backlog", 0, 100_000_000, "rounds", "Layers: maximum backlog",
                "Number of rounds that wait for M1 or M2 from which adds are slowed or refused; 0 for no bound.");
        table.choice("when_full", WhenFull.values(), "Layers: at the maximum backlog",
                "Lets an add wait for a place, at most a second (slow), or refuses it (refuse).");
    }

    private static void languageModel(KeyTableBuilder table) {
        table.section("llm", "Language model", ConfigGroup.LANGUAGE_MODEL);
        table.choice("provider", LlmProvider.values(), "Language model: provider",
                "Reads messages for M1 and M2 by rules in this process (local), or through a server with OpenAI's chat "
                        + "completions API (openai).");
        table.text("base_url", 1, "Language model: URL",
                "URL of the server's API, including its version.");
        table.text("model", 1, "Language model: name",
                "Name of the model on the server.");
        table.seconds("timeout", 0.1, 600, "Language model: timeout",
                "Maximum time of one call.");
        table.integer("max_requests_per_minute", 1, 100_000, "requests", "Language model: request limit",
                "Maximum number of calls per minute, retries included; beyond it, extraction waits.");
        table.integer("max_tokens_per_minute", 1, 100_000_000, "tokens", "Language model: token limit",
                "Maximum number of tokens per minute, of prompts and answers; beyond it, extraction waits.");
        table.integer("max_retries", 0, 20, "retries", "Language model: retries",
                "Maximum number of retries of a call when the server is busy, fails or does not answer.");
        table.choice("when_limited", WhenLimited.values(), "Language model: at the limit",
                "Leaves rounds in the work list until the limits per minute allow a call (wait), or builds them by "
                        + "rules (fallback).");
        table.text("certificates", 0, "Language model: certificates",
                "PEM file with certificates of servers or authorities that are trusted besides those of Java; empty "
                        + "for none.");
        table.integer("prompt_price", 0, 1_000_000, "cents", "Language model: price of prompts",
                "Price of a million tokens of prompts, for the cost that Live, loads and extract show.");
        table.integer("answer_price", 0, 1_000_000, "cents", "Language model: price of answers",
                "Price of a million tokens of answers, for the cost that Live, loads and extract show.");
    }

    private static void embedding(KeyTableBuilder table) {
        table.section("embedding", "Embedding", ConfigGroup.EMBEDDING);
        table.choice("model", EmbeddingModelKind.values(), "Embedding model",
                "Model that computes the vectors; after a change, stored vectors are recomputed in the background.");
        table.choice("context", EmbeddingContext.values(), "Embedding context",
                "Embeds a message alone (none), or together with the last sentence of the previous message "
                        + "(previous).");
        table.integer("batch_size", 1, 64, "texts", "Embedding: batch size",
                "Maximum number of texts in one call of the model.");
        table.integer("threads", 0, 64, "threads", "Embedding: threads",
                "Number of threads for bulk embedding; 0 uses one per processor; queries do not wait for them.");
        table.fraction("background_share", "Embedding: background share",
                "Share of one processor that embeds stored messages in the background while no operation runs, and a "
                        + "tenth of it while operations run; 0 embeds none: then they are found by their words only.");
    }

    private static void services(KeyTableBuilder table) {
        table.section("services", "Services", ConfigGroup.PATH);
        table.flag("cache", "Service cache",
                "Builds one service per user, which shares configuration and model; when off, the first access of "
                        + "each user parses the configuration and opens a model of its own. Memory bounds the number "
                        + "of models; other calls wait (stage model).")
                .plan("Plan 1.3: 200–1000 ms of initialization become 20–100 ms, with 40 % less memory.");
        table.section("queries", "Queries", ConfigGroup.PATH);
        table.flag("consolidated", "Consolidated queries",
                "Uses one statement per request, instead of separate lookups and one statement per message.")
                .plan("Plan 2.1: 50–200 ms of queries per request become 10–50 ms.");
    }

    private static void retrieval(KeyTableBuilder table) {
        table.section("retrieval", "Retrieval", ConfigGroup.RETRIEVAL);
        table.choice("backend", RetrievalBackend.values(), "Retrieval backend",
                "Ranks in this process with an index on disk (embedded), or in the database with pgvector (postgres).");
        table.choice("fusion", FusionKind.values(), "Score fusion",
                "Averages the normalized keyword and vector scores (minmax), or their reciprocal ranks (rrf).");
        table.integer("rrf_k", 1, 1000, "ranks", "RRF constant k",
                "Constant of reciprocal rank fusion.");
        table.fraction("dense_weight", "Vector weight",
                "Weight of the vector score; the rest is the weight of the keyword score.");
        table.fraction("neighbour_previous", "Weight of the previous turn",
                "Weight of the previous turn's score.");
        table.fraction("neighbour_question", "Weight of a previous question",
                "Weight of the previous turn's score when that turn ends with a question.");
        table.fraction("neighbour_next", "Weight of the next turn",
                "Weight of the next turn's score.");
        table.fraction("session_best", "Weight of the session's best turn",
                "Weight of the score of the best turn of the same session.");
        table.fraction("length", "Weight of the length",
                "Weight of a text's length: a longer one says more.");
        table.fraction("statement", "Weight of a statement",
                "Weight of a text that does not end with a question.");
        table.fraction("speaker", "Weight of the speaker",
                "Weight of a turn that begins with a name and a colon when the question has this name.");
        table.fraction("time", "Weight of the time",
                "Weight of nearness to a time that the question names, such as \"in May\" or \"last week\".");
        table.fraction("stated_time", "Weight of a stated time",
                "Weight of a text that states a time when the question asks for one.");
        table.flag("use_rerank", "Rerank",
                "Reranks the best hits by term coverage, proximity, names, dates and age.");
    }

    private static void monitoring(KeyTableBuilder table) {
        table.section("monitoring", "Monitoring", ConfigGroup.MONITORING);
        table.integer("sample_rate", 1, 20, "samples/s", "Sample rate",
                "Number of samples of the pool and of all gauges per second.");
        table.choice("log_level", LogLevel.values(), "Log level",
                "Lowest severity that the log file records; debug and trace explain single decisions.");
        table.section("monitoring.thresholds", "Alert thresholds", ConfigGroup.MONITORING);
        table.seconds("connection_pool_access", 0.0001, 600, "Alert: connection wait",
                "Raises an alert while the p99 wait for a connection is longer.")
                .plan("Plan 1.1: 5–20 ms per access is the goal.");
        table.seconds("add", 0.0001, 600, "Alert: add latency",
                "Raises an alert while the p99 latency of adding a batch is longer.")
                .plan("Plan 1.2 and 3: 10–50 ms in the buffers and 50–200 ms in the layers are the goals.");
        table.seconds("query", 0.0001, 600, "Alert: query latency",
                "Raises an alert while the p99 latency of a query is longer.")
                .plan("Plan 2.1: 10–50 ms per database query is the goal.");
        table.fraction("error_rate", "Alert: error rate",
                "Raises an alert while a larger share of all operations fails.")
                .plan("Plan, monitoring: error rates are watched during the rollout.");
        table.fraction("heap_used", "Alert: heap use",
                "Raises an alert while a larger share of the maximum heap is in use.")
                .plan("Plan, monitoring: resource use is watched; 40 % less memory is the goal.");
    }

    private static void loads(KeyTableBuilder table) {
        table.section("load", "Loads", ConfigGroup.LOAD);
        table.flag("keep_data", "Keep load data",
                "Keeps the users that a load made; otherwise the load removes them at its end.");
        table.flag("database_away", "Database away on purpose",
                "Messages that wait in the journal at the end of a load do not fail the run.");
        table.integer("recordings_mib", 0, 1_000_000, "MiB", "Size of recordings",
                "Removes the oldest recordings that are not pinned when all together are larger; 0 records nothing.");
        table.section("load.limits", "Limits of a good run", ConfigGroup.LOAD);
        table.fraction("error_share", "Limit: error share",
                "A run fails when a larger share of its operations fails.");
        table.fraction("achieved", "Limit: achieved load",
                "An open run is void when a smaller share of the due operations succeeds in time.");
        table.fraction("lag", "Limit: start delay",
                "An open run is void when the start delay is a larger share of the latency, and longer than 10 ms; "
                        + "both at p99, or at the highest percentile of enough samples.");
        table.integer("unfinished", 0, 1_000_000, "operations", "Limit: unfinished operations",
                "A run fails when more operations have not ended 15 s after the last arrival.");
        table.integer("unsaved_messages", 0, 1_000_000_000, "messages", "Limit: unsaved messages",
                "A run fails when more acknowledged messages are not in the database at its end.");
    }

    private static void server(KeyTableBuilder table) {
        table.section("server.tls", "Server: HTTPS", ConfigGroup.SERVER);
        table.text("key_store", 0, "Server: key store",
                "PKCS12 file with the private key and the certificates of the server, closed to other accounts; empty "
                        + "serves plain HTTP.");
        table.text("password_file", 0, "Server: password file",
                "File with the password of the key store, closed to other accounts; empty when the variable "
                        + "MEMFUSE_KEY_STORE_PASSWORD has it.");
        table.section("server", "Server", ConfigGroup.SERVER);
        table.words("allowed_origins", "Server: allowed origins",
                "Origins of web pages that may send requests, for instance https://app.example.com: separated by "
                        + "blanks or commas, or in a file as a list; empty allows none.");
    }
}
