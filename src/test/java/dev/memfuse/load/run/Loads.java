package dev.memfuse.load.run;

import static dev.memfuse.store.EngineFixture.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.RunSink;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.Mix;
import dev.memfuse.metrics.MetricsHub;

/// Fixture for tests of loads: a service on a fake engine, and short workloads.
public final class Loads implements AutoCloseable {
    public static final Mix ADDS = new Mix(1, 0, 0);
    public static final Mix QUERIES = new Mix(0, 1, 0);

    public final FakeEngine engine = new FakeEngine();
    public final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    public final LiveTunables tunables;
    public final EngineLoadService service;

    /// Loads that keep their users, so that a test can examine them.
    public Loads() {
        this(Duration.ofSeconds(15), "load.keep_data=true");
    }

    /// @param settings overrides of the configuration, such as `load.keep_data=true`
    public Loads(Duration drainLimit, String... settings) {
        tunables = new LiveTunables(new ConfigLoader().withOverrides(List.of(settings)).load());
        service = new EngineLoadService(() -> Optional.of(engine), tunables, hub,
                () -> Map.of("database", "none, a fake"), RunSink.NONE, drainLimit);
    }

    public static Workload closed(int concurrency, Mix mix, Duration warmup, Duration duration) {
        return new Workload(4, new Arrival.Closed(concurrency), duration, warmup, mix, 5, 5, 42, Optional.empty());
    }

    public static Workload open(double rate, int maxInFlight, int users, Mix mix, Duration duration) {
        return new Workload(users, new Arrival.Open(rate, maxInFlight), duration, Duration.ZERO, mix, 5, 5, 42,
                Optional.empty());
    }

    /// Returns the result of a run, which must end within 20 s.
    public static LoadResult result(LoadRun run) {
        return run.result().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /// Waits until a run has reached a phase, at most 20 s.
    public static void awaitPhase(LoadRun run, LoadRun.Phase phase) {
        await(phase.name(), () -> run.progress().phase().compareTo(phase) >= 0);
    }

    @Override
    public void close() {
        engine.inside = _ -> {};
        service.close();
    }
}
