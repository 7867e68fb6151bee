package dev.memfuse.bootstrap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.cli.BenchTask;
import dev.memfuse.config.BufferConfig;
import dev.memfuse.config.LayersConfig;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.PostgresConfig;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.StoredRound;
import dev.memfuse.engine.User;
import dev.memfuse.load.EnvironmentInfo;
import dev.memfuse.store.BareInsert;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Measures the engine's add path with bypass and M1 off against the bare statement it ends in: same rows, same number
/// of connections, slices of both in turn so that drift of the machine meets both sides.
final class AddBench implements BenchTask {
    private static final int SLICES = 5;
    private static final int TEXT_LENGTH = 170;

    private final AppGraph graph;

    AddBench(AppGraph graph) {
        this.graph = graph;
    }

    /// One caller of one side.
    private interface Caller extends AutoCloseable {
        void call(List<NewMessage> batch);

        @Override
        default void close() {}
    }

    private static final class Tally {
        private final Histogram latency = new ConcurrentHistogram(3);
        private long errors;
        private double seconds;

        Side side(int batchSize) {
            long batches = latency.getTotalCount();
            return new Side(batches, errors, batches * batchSize / seconds, latency.getValueAtPercentile(50) / 1e6,
                    latency.getValueAtPercentile(99) / 1e6);
        }
    }

    @Override
    public Report run(Options options, Consumer<String> progress) throws InterruptedException {
        MemoryEngine engine = graph.host().engine().orElseThrow();
        List<Row> rows = new ArrayList<>();
        for (int connections : options.connections()) {
            progress.accept("Measuring with " + connections + (connections == 1 ? " connection" : " connections"));
            graph.tunables().apply("bench", config -> benchConfig(config, connections));
            rows.add(row(engine, connections, options));
        }
        Map<String, String> environment = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
        environment.put("database", graph.host().database());
        return new Report(options.batchSize(), rows, environment);
    }

    private static MemFuseConfig benchConfig(MemFuseConfig config, int connections) {
        PostgresConfig pool = config.postgres();
        BufferConfig buffer = config.buffer();
        return new MemFuseConfig(
                new PostgresConfig(pool.url(), pool.manager(), connections, 0, pool.poolTimeout(), pool.poolRecycle(),
                        pool.connectionTimeout(), pool.keepalivesIdle()),
                new BufferConfig(true, buffer.durability(), buffer.journal(), buffer.roundBuffer(),
                        buffer.hybridBuffer(), buffer.query(), buffer.speculativeBuffer(), buffer.performance()),
                config.memoryService(), withoutLayers(config.layers()), config.llm(), config.embedding(),
                config.services(), config.queries(), config.retrieval(), config.monitoring());
    }

    private static LayersConfig withoutLayers(LayersConfig layers) {
        return new LayersConfig(new LayersConfig.Layer(false),
                new LayersConfig.Semantic(false, layers.m2().minConfidence(), layers.m2().conflictSimilarity()));
    }

    private Row row(MemoryEngine engine, int connections, Options options) throws InterruptedException {
        List<Caller> engineCallers = new ArrayList<>();
        List<Caller> bareCallers = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                SessionKey ofEngine = newSession(engine);
                engineCallers.add(batch -> engine.addBatch(ofEngine, batch));
                bareCallers.add(bareCaller(newSession(engine)));
            }
            Tally ofEngine = new Tally();
            Tally ofBare = new Tally();
            slice(engineCallers, options.warmup(), options.batchSize(), new Tally());
            slice(bareCallers, options.warmup(), options.batchSize(), new Tally());
            for (int i = 0; i < SLICES; i++) {
                slice(engineCallers, options.duration().dividedBy(SLICES), options.batchSize(), ofEngine);
                slice(bareCallers, options.duration().dividedBy(SLICES), options.batchSize(), ofBare);
            }
            Side engineSide = ofEngine.side(options.batchSize());
            Side bareSide = ofBare.side(options.batchSize());
            return new Row(connections, engineSide, bareSide, engineSide.messagesPerS() / bareSide.messagesPerS());
        } finally {
            bareCallers.forEach(Caller::close);
        }
    }

    private Caller bareCaller(SessionKey session) {
        BareInsert insert = BareInsert.open(graph.host().target().orElseThrow());
        return new Caller() {
            @Override
            public void call(List<NewMessage> batch) {
                insert.store(new StoredRound(UuidCreator.getTimeOrderedEpochPlus1(), session, Instant.now(), batch,
                        List.of(), List.of(), Set.of()));
            }

            @Override
            public void close() {
                insert.close();
            }
        };
    }

    private static SessionKey newSession(MemoryEngine engine) {
        User user = engine.createUser("bench-" + UuidCreator.getTimeOrderedEpochPlus1());
        Agent agent = engine.createAgent(user.id(), "bench");
        return engine.createSession(user.id(), agent.id(), null).key();
    }

    private static void slice(List<Caller> callers, Duration length, int batchSize, Tally tally)
            throws InterruptedException {
        CountDownLatch done = new CountDownLatch(callers.size());
        long started = System.nanoTime();
        long end = started + length.toNanos();
        for (Caller caller : callers) {
            Thread.ofVirtual().name("engine-bench").start(() -> {
                try {
                    while (System.nanoTime() < end) {
                        one(caller, batch(batchSize), tally);
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        tally.seconds += (System.nanoTime() - started) / 1e9;
    }

    private static void one(Caller caller, List<NewMessage> batch, Tally tally) {
        long begun = System.nanoTime();
        try {
            caller.call(batch);
            tally.latency.recordValue(System.nanoTime() - begun);
        } catch (RuntimeException e) {
            synchronized (tally) {
                tally.errors++;
            }
        }
    }

    private static List<NewMessage> batch(int size) {
        List<NewMessage> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(NewMessage.of(i % 2 == 0 ? Role.USER : Role.ASSISTANT, "x".repeat(TEXT_LENGTH)));
        }
        return batch;
    }
}
