package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.Candidate;
import dev.memfuse.bench.harness.Interleaving;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.bench.harness.SliceStats;
import dev.memfuse.config.section.NetworkConfig;
import org.jspecify.annotations.Nullable;

/// Measures the cost of the network proxy without a delay, compared with a direct connection, and by how much round
/// trips with a delay exceed it.
final class NetworkBench implements Benchmark {
    private static final List<Duration> ROUND_TRIPS = List.of(Duration.ofNanos(500_000), Duration.ofMillis(2),
            Duration.ofMillis(30));
    private static final int DIRECT_AND_PROXY = 2;
    private static final double NANOS_PER_MILLI = 1e6;

    private final BenchTarget target;

    NetworkBench(BenchTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Interleaving.planned(options, DIRECT_AND_PROXY)
                .plus(Interleaving.planned(options, ROUND_TRIPS.size()));
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        try (SettingsGuard settings = new SettingsGuard(target.tunables())) {
            network(settings, Duration.ZERO);
            watch.step("network, without a delay");
            try (BenchTarget.RoundTrips direct = target.openRoundTrips(false);
                    BenchTarget.RoundTrips proxy = target.openRoundTrips(true)) {
                List<SliceStats> stats = Interleaving.of(options, watch)
                        .run(List.of(caller("proxy", proxy), caller("direct", direct)));
                SliceStats.row("round trip, 1 connection", stats.getFirst(), stats.getLast()).ifPresent(rows::add);
                figures.add(BenchReport.Figure.of("cost of the proxy, p50",
                        difference(stats.getFirst().percentileMs(50), stats.getLast().percentileMs(50)), "ms"));
                for (Duration roundTrip : ROUND_TRIPS) {
                    network(settings, roundTrip);
                    delayed(roundTrip, proxy, Interleaving.of(options, watch), watch, figures);
                }
            }
        }
        return new BenchReport.Result(name(), "one round trip to the database through the network proxy, compared "
                + "with a direct connection; by how much delayed round trips exceed their delay",
                "two wake-ups of the proxy's threads; with a delay, the precision of timed waits", rows, figures);
    }

    private static void network(SettingsGuard settings, Duration roundTrip) {
        NetworkConfig network = new NetworkConfig(roundTrip, Duration.ZERO, 0);
        settings.set("network.round_trip", network.roundTrip()).set("network.jitter", network.jitter())
                .set("network.bandwidth", network.bandwidth());
    }

    private static void delayed(Duration roundTrip, BenchTarget.RoundTrips proxy, Interleaving slices,
            BenchWatch watch, List<BenchReport.Figure> figures) throws InterruptedException {
        double ms = roundTrip.toNanos() / NANOS_PER_MILLI;
        String name = String.format(Locale.ROOT, "round trip of %s ms", ms < 1 ? "0.5" : Math.round(ms));
        watch.step("network, " + name);
        SliceStats stats = slices.run(List.of(caller(name, proxy))).getFirst();
        for (double percentile : new double[]{50, 99}) {
            figures.add(BenchReport.Figure.of(String.format(Locale.ROOT, "%s, beyond it, p%.0f", name, percentile),
                    difference(stats.percentileMs(percentile), ms), "ms"));
        }
    }

    private static @Nullable Double difference(@Nullable Double more, @Nullable Double less) {
        return more == null || less == null ? null : (Double) (more - less);
    }

    private static Candidate caller(String name, BenchTarget.RoundTrips trips) {
        return Candidate.of(name, List.of(() -> {
            trips.run();
            return 1;
        })).onThreads(BackgroundThreads.platform("engine-bench").factory());
    }
}
