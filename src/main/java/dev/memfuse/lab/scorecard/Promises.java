package dev.memfuse.lab.scorecard;

import java.util.List;

/// The promises of the plan, in its order. Where the plan gives two ranges, the promised reduction is that of their
/// ends: "200–1000 ms become 20–100 ms" is 90 %.
public final class Promises {
    private static final String LAYERS_LATER = "The layers are built behind the acknowledgement, as in the original, "
            + "so phase 3 shows in the work behind it and in processor time.";

    private static final String FROM_MEMORY = "Legacy acknowledges from memory, before anything is stored; a crash "
            + "loses it. The other phases acknowledge after the commit.";

    private static final List<Promise> ALL = List.of(
            new Promise("first access", "Service initialization: 200–1000 ms become 20–100 ms", Figure.FIRST_ACCESS,
                    Phase.LEGACY, Phase.PHASE1, 0.9, PlanStep.FIRST_ACCESS),
            new Promise("message batch", "Buffer processing: 100–500 ms become 10–50 ms", Figure.ADD_BATCH,
                    Phase.LEGACY, Phase.PHASE1, 0.9, PlanStep.ADD_BATCH, FROM_MEMORY),
            new Promise("connection pool", "Connection pool: 50–200 ms become 5–20 ms", Figure.ACQUIRE,
                    Phase.LEGACY, Phase.PHASE1, 0.9, ""),
            new Promise("query", "Overall system latency: 50 % of current levels", Figure.QUERY, Phase.LEGACY,
                    Phase.PHASE3, 0.5, PlanStep.QUERY),
            new Promise("database request", "Database queries: 50–200 ms become 10–50 ms", Figure.GET_MESSAGES,
                    Phase.LEGACY, Phase.PHASE2, 0.75, PlanStep.GET_MESSAGES),
            new Promise("layer processing", "Memory processing: 500–2000 ms become 50–200 ms", Figure.LAYERS,
                    Phase.PHASE2, Phase.PHASE3, 0.9, "Time until buffers and layers are done, per batch."),
            new Promise("phase 1", "70 % reduction in average response time", Figure.RESPONSE, Phase.LEGACY,
                    Phase.PHASE1, 0.7, ""),
            new Promise("phase 2", "Additional 30 % improvement", Figure.RESPONSE, Phase.PHASE1, Phase.PHASE2, 0.3, ""),
            new Promise("phase 3", "Additional 20 % improvement", Figure.RESPONSE, Phase.PHASE2, Phase.PHASE3, 0.2,
                    LAYERS_LATER),
            new Promise("overall", "Overall system latency: 50 % of current levels", Figure.RESPONSE, Phase.LEGACY,
                    Phase.PHASE3, 0.5, ""),
            new Promise("load test", "10 concurrent users: 50 % of current levels", Figure.TEN_USERS, Phase.LEGACY,
                    Phase.PHASE3, 0.5, ""),
            new Promise("init_time", "Benchmark script, service initialization", Figure.SCRIPT_FIRST_ACCESS,
                    Phase.LEGACY, Phase.PHASE3, 0.9, PlanStep.FIRST_ACCESS),
            new Promise("processing_time", "Benchmark script, message processing", Figure.SCRIPT_ADD_BATCH,
                    Phase.LEGACY, Phase.PHASE3, 0.5, PlanStep.ADD_BATCH,
                    FROM_MEMORY),
            new Promise("query_time", "Benchmark script, query", Figure.SCRIPT_QUERY, Phase.LEGACY, Phase.PHASE3, 0.5,
                    PlanStep.QUERY),
            new Promise("memory", "40 % reduction through service caching", Figure.MEMORY, Phase.LEGACY, Phase.PHASE1,
                    0.4, "The resident memory of the whole process, with the live part of its heap."),
            new Promise("connections", "50 % reduction through pool optimization", Figure.CONNECTIONS, Phase.LEGACY,
                    Phase.PHASE1, 0.5, ""),
            new Promise("processor", "60 % reduction through selective processing", Figure.PROCESSOR, Phase.PHASE2,
                    Phase.PHASE3, 0.6, "The processor time of this process; that of PostgreSQL is not in it."));

    private Promises() {}

    /// Returns all promises.
    public static List<Promise> all() {
        return ALL;
    }
}
