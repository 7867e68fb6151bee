package dev.memfuse.lab.scorecard;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.sun.management.OperatingSystemMXBean;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.load.LoadDataRemoval;
import dev.memfuse.load.corpus.Corpus;
import dev.memfuse.load.corpus.GeneratedCorpus;
import dev.memfuse.metrics.FirstAccesses;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.SnapshotInbox;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.stats.Means;
import dev.memfuse.metrics.stats.Percentiles;

/// Runs one block: the benchmark script, then the load test, with fresh users that are removed afterwards. The settings
/// of the phase are in force already.
final class BlockRunner {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final int SCRIPT_USERS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double NANOS = 1e6;

    private final MemoryEngine engine;
    private final MetricsHub metrics;

    BlockRunner(MemoryEngine engine, MetricsHub metrics) {
        this.engine = engine;
        this.metrics = metrics;
    }

    /// Runs a block. Blocks.
    PhaseBlock run(NetworkProfile network, int round, Phase phase, long seed) throws InterruptedException {
        // What the phase before left.
        engine.flush();
        boolean _ = engine.awaitExtraction(LIMIT);
        String run = "scorecard-" + UUID.randomUUID();
        List<PlanOperations> users = users(run, seed + round);
        try {
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            long processor = SYSTEM.getProcessCpuTime();
            script(users.subList(0, SCRIPT_USERS), figures);
            TenUsers.Result ten = loadTest(users.subList(SCRIPT_USERS, users.size()), figures);
            long acknowledged = System.nanoTime();
            engine.flush();
            if (!engine.awaitExtraction(LIMIT)) {
                throw new IllegalStateException(String.format(Locale.ROOT,
                        "The layers of a block of %s were not built within %d s.", phase.title(), LIMIT.toSeconds()));
            }
            long storing = System.nanoTime() - acknowledged;
            figures.put(Figure.LAYERS, storing / NANOS / users.size());
            figures.put(Figure.PROCESSOR, (SYSTEM.getProcessCpuTime() - processor) / NANOS / users.size());
            figures.put(Figure.CONNECTIONS, (double) connections());
            ProcessMemory.mib().ifPresent(mib -> figures.put(Figure.MEMORY, mib));
            return new PhaseBlock(network, round, phase, figures, stages(ten));
        } finally {
            new LoadDataRemoval(engine).remove(users.stream().map(user -> user.session().userId()).toList(), _ -> {},
                    () -> false);
        }
    }

    private List<PlanOperations> users(String run, long seed) {
        int count = SCRIPT_USERS + TenUsers.USERS;
        Corpus corpus = GeneratedCorpus.of(seed, count);
        List<PlanOperations> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add(PlanOperations.newUser(engine, run, i, corpus.of(i)));
        }
        return users;
    }

    private void script(List<PlanOperations> users, Map<Figure, Double> figures) {
        List<StepTimes> adds = new ArrayList<>();
        List<StepTimes> queries = new ArrayList<>();
        try (FirstAccesses accesses = metrics.collectFirstAccesses()) {
            for (PlanOperations user : users) {
                user.firstAccess();
                adds.add(user.addBatch());
                queries.add(user.query());
            }
            figures.put(Figure.SCRIPT_FIRST_ACCESS, accesses.nanos().getMean() / NANOS);
        }
        figures.put(Figure.SCRIPT_ADD_BATCH, mean(adds));
        figures.put(Figure.SCRIPT_QUERY, mean(queries));
    }

    private static double mean(List<StepTimes> times) {
        return times.stream().mapToLong(StepTimes::nanos).average().orElseThrow() / NANOS;
    }

    private TenUsers.Result loadTest(List<PlanOperations> users, Map<Figure, Double> figures)
            throws InterruptedException {
        try (FirstAccesses accesses = metrics.collectFirstAccesses()) {
            TenUsers.Result ten = TenUsers.run(users);
            figures.put(Figure.FIRST_ACCESS, Percentiles.ms(accesses.nanos(), 50));
            figures.put(Figure.ADD_BATCH, median(ten, PlanStep.ADD_BATCH));
            figures.put(Figure.QUERY, median(ten, PlanStep.QUERY));
            figures.put(Figure.GET_MESSAGES, median(ten, PlanStep.GET_MESSAGES));
            figures.put(Figure.RESPONSE, ten.steps().values().stream().mapToDouble(BlockRunner::mean).average()
                    .orElseThrow());
            figures.put(Figure.ACQUIRE, ten.steps().values().stream().flatMap(List::stream)
                    .mapToLong(times -> times.stages().getOrDefault(Stage.ACQUIRE, 0L)).average().orElseThrow()
                    / NANOS);
            figures.put(Figure.TEN_USERS, ten.totalNanos() / NANOS);
            return ten;
        }
    }

    private static double median(TenUsers.Result ten, PlanStep step) {
        return Means.median(ten.steps().getOrDefault(step, List.of()).stream().mapToDouble(StepTimes::nanos).toArray())
                / NANOS;
    }

    /// Returns the open connections of the next snapshot.
    private int connections() throws InterruptedException {
        try (SnapshotInbox inbox = metrics.subscribe(1)) {
            MetricsSnapshot.PoolSample pool = inbox.take().pool();
            return pool.active() + pool.idle();
        }
    }

    private static Map<PlanStep, Map<String, Double>> stages(TenUsers.Result ten) {
        Map<PlanStep, Map<String, Double>> stages = new EnumMap<>(PlanStep.class);
        ten.steps().forEach((step, times) -> {
            Map<String, Double> means = new TreeMap<>();
            times.forEach(one -> one.stages().forEach((stage, nanos) -> means.merge(stage.label(),
                    nanos / NANOS / times.size(), Double::sum)));
            stages.put(step, means);
        });
        return stages;
    }
}
