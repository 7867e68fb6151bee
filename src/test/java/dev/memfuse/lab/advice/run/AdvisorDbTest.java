package dev.memfuse.lab.advice.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.ServerState;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.EngineLoadService;
import dev.memfuse.load.run.Loads;
import dev.memfuse.metrics.Sampler;
import dev.memfuse.postgres.probe.ServerReading;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Each condition is produced on a real engine, and its rule finds it.
@Tag("db")
@Tag("timing")
class AdvisorDbTest {
    private static final int SAMPLES_PER_SECOND = 20;

    /// An engine with a sampler, loads and an advisor.
    private record Bench(EngineFixture fixture, EngineLoadService loads, Sampler sampler, Advisor advisor)
            implements
                AutoCloseable {
        static Bench start(String... settings) throws SQLException {
            EngineFixture fixture = EngineFixture.start(settings);
            EngineLoadService loads = new EngineLoadService(() -> Optional.of(fixture.engine()), fixture.tunables(),
                    fixture.metrics(), Map::of);
            return new Bench(fixture, loads,
                    new Sampler(fixture.metrics(), () -> SAMPLES_PER_SECOND, _ -> {}, Clock.systemUTC()),
                    new Advisor(loads, new Advisor.Environment(fixture.tunables(), fixture.metrics(),
                            () -> Optional.of(fixture.engine()), () -> Optional.of(server(fixture)))));
        }

        private static ServerState server(EngineFixture fixture) {
            try (Connection connection = fixture.connect()) {
                ServerReading reading = ServerReading.read(connection);
                return new ServerState(reading.settings(), reading.statements(), reading.connectionsLeft(),
                        reading.databaseBytes(), reading.blocksHit(), reading.blocksRead(), reading.checkpointsTimed(),
                        reading.checkpointsRequested(), reading.walBytes());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        Map<String, Advice> advice(Workload load, int recallTurns) {
            AdviceReport report = advisor.start(new AdvicePlan(load, recallTurns)).result()
                    .orTimeout(120, TimeUnit.SECONDS).join();
            assertTrue(report.enough(), report.sentence());
            return report.advice().stream().collect(Collectors.toMap(Advice::rule, one -> one));
        }

        @Override
        public void close() {
            advisor.close();
            loads.close();
            sampler.close();
            fixture.close();
        }
    }

    private static Advice found(Map<String, Advice> advice, String rule) {
        return Objects.requireNonNull(advice.get(rule), () -> rule + " is not among " + advice.keySet());
    }

    private static Workload closed(int callers, Workload.Mix mix) {
        return closed(callers, mix, Duration.ofMillis(5600));
    }

    private static Workload closed(int callers, Workload.Mix mix, Duration duration) {
        return new Workload(4, new Workload.Arrival.Closed(callers), duration, Duration.ofMillis(400), mix, 10, 5, 42,
                Optional.empty());
    }

    @Test
    @Tag("slow")
    void aPoolOfOneWithSixteenCallersSeparateStatementsAndNoServiceCache() throws SQLException {
        try (Bench bench = Bench.start("postgres.pool_size=1", "postgres.max_overflow=0", "queries.consolidated=false",
                "services.cache=false", "network.round_trip=0.001")) {
            // Long enough for 100 operations of this slow engine, on a busy machine too.
            Map<String, Advice> advice = bench.advice(closed(16, Loads.ADDS, Duration.ofSeconds(15))
                    .withWarmup(Workload.Warmup.fixed(Duration.ofSeconds(3))), 0);

            assertEquals("postgres.pool_size=4", found(advice, "pool_too_small").change().getFirst().text());
            assertEquals("queries.consolidated=true",
                    found(advice, "statements_per_operation").change().getFirst().text());
            assertEquals("services.cache=true", found(advice, "service_cache_off").change().getFirst().text());
            assertTrue(advice.containsKey("embedding_backlog"),
                    "nothing embeds in the background here: " + advice.keySet());
        }
    }

    @Test
    void aPoolBeyondTheServerAndBeyondItsUse() throws SQLException {
        try (Bench bench = Bench.start("postgres.pool_size=40", "postgres.max_overflow=400")) {
            Map<String, Advice> advice = bench.advice(closed(3, new Workload.Mix(1, 3, 0)), 0);

            assertTrue(found(advice, "max_connections").change().stream()
                    .anyMatch(setting -> setting.key().equals("postgres.max_overflow")), advice.keySet().toString());
            assertTrue(advice.containsKey("pool_too_large"), advice.keySet().toString());
        }
    }

    @Test
    void theSettingsOfRankingAreHeldAgainstTheirDefaults() throws SQLException {
        try (Bench bench = Bench.start("embedding.background_share=0.5", "retrieval.dense_weight=0.9",
                "embedding.threads=1",
                "postgres.pool_size=7")) {
            assertEquals(List.of("retrieval.dense_weight=0.5"),
                    AdviceExecution.rankingDefaults(bench.fixture().tunables().get()).stream().map(Setting::text)
                            .toList());
        }
    }

    @Test
    void aSlowDatabaseBehindOneFlushWorker() throws SQLException {
        try (Bench bench = Bench.start("buffer.bypass_mode=false", "buffer.durability=memory",
                "buffer.performance.max_flush_workers=1", "buffer.round_buffer.max_size=1",
                "buffer.hybrid_buffer.max_size=1",
                "queries.consolidated=false", "network.round_trip=0.002")) {
            // Twice what it stores; the rest is stored after the load.
            Map<String, Advice> advice = bench.advice(
                    new Workload(8, new Workload.Arrival.Open(30, 64), Duration.ofMillis(5600), Duration.ofMillis(400),
                            Loads.ADDS, 10, 5, 42, Optional.empty()),
                    0);

            assertEquals("buffer.performance.max_flush_workers=2",
                    found(advice, "flush_backlog").change().getFirst().text());
        }
    }
}
