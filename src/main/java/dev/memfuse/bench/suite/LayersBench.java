package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchReport.Figure;
import dev.memfuse.bench.BenchReport.Target;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.ExtractionWait;
import dev.memfuse.bench.harness.Interleaving;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Measures how fast rules build M1 and M2 of stored rounds, beside embedding alone; whether the time of a round
/// depends on the number of facts of its user; and what a backlog costs queries.
final class LayersBench implements Benchmark {
    private static final int COMPARISONS = 6;
    private static final int SLICES = 5;
    private static final int QUICK_SLICES = 2;
    /// Turns between the first add and the empty work list.
    private static final int BLOCK = 1_200;
    private static final int QUICK_BLOCK = 80;
    private static final int QUERIES = 150;
    private static final int USERS = ExtractionRates.USERS;
    private static final int ROUND = 10;
    private static final int SMALL_ROUND = 2;
    private static final double TARGET_M1 = 500;
    private static final double TARGET_BOTH = 300;
    private static final double TARGET_SLOWDOWN = 2;
    private static final double TARGET_GROWTH = 1.5;
    private static final List<String> CITIES = List.of("Lisbon", "Porto", "Oslo", "Berlin", "Vienna", "Rome");

    private final BenchTarget target;
    /// Makes each query a new one, so that no cached answer is measured.
    private int asked;

    LayersBench(BenchTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "layers";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        // Extraction takes longer than its slices, and the queries and the growth have no given time.
        return Interleaving.planned(options, 2).multipliedBy(COMPARISONS)
                .plusSeconds(options.extent() == BenchTask.Extent.QUICK ? 10 : 45);
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        boolean quick = options.extent() == BenchTask.Extent.QUICK;
        ExtractionRates rates = new ExtractionRates(target, quick ? QUICK_BLOCK : BLOCK,
                new Interleaving(options.warmup(), options.duration(), quick ? QUICK_SLICES : SLICES, watch));
        List<Figure> figures = new ArrayList<>();
        try (SettingsGuard settings = new SettingsGuard(target.tunables())) {
            settings.set("llm.provider", "local").set("memory_service.parallel_enabled", false);
            settings.set("layers.m1.enabled", true);
            rates.embeddingOfTurns();
            rates.besideEmbedding("M1", ROUND, TARGET_M1);
            rates.besideEmbedding("M1", SMALL_ROUND, 0);
            settings.set("layers.m2.enabled", true);
            rates.besideEmbedding("M1 and M2", ROUND, TARGET_BOTH);
            rates.besideEmbedding("M1 and M2", SMALL_ROUND, 0);
            rates.parallel(settings, USERS, ROUND);
            rates.parallel(settings, 1, ROUND);
            settings.set("memory_service.parallel_enabled", false);
            if (!watch.stopped()) {
                slowdown(quick ? 160 : 800, quick ? 1 : 3, figures, watch);
            }
            settings.set("layers.m1.enabled", false);
            if (!watch.stopped()) {
                growth(quick ? 100 : 1_000, figures, watch);
            }
        }
        figures.addAll(0, rates.figures());
        return new BenchReport.Result(name(),
                String.format(Locale.ROOT,
                        "everyday turns of %d users in rounds of %d and %d, from the first add of %d "
                                + "turns until the work list is empty, beside embedding alone: the same texts, as M1 "
                                + "and M2 embed them, at once",
                        USERS, ROUND, SMALL_ROUND, quick ? QUICK_BLOCK : BLOCK),
                rates.bound(), rates.rows(), figures);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static String turn(int position) {
        List<String> all = SampleTexts.wholeTurns();
        return all.get(position % all.size());
    }

    private static List<NewMessage> round(int from, int size) {
        return IntStream.range(from, from + size)
                .mapToObj(i -> NewMessage.of(i % 2 == 0 ? Role.USER : Role.ASSISTANT, turn(i))).toList();
    }

    private List<SessionKey> add(int size, int turns) {
        List<SessionKey> sessions = NewSessions.many(target.engine(), USERS);
        for (int at = 0; at < turns; at += size) {
            target.engine().addBatch(sessions.get(at / size % USERS), round(at, size));
        }
        return sessions;
    }

    private void delete(List<SessionKey> sessions) {
        sessions.forEach(session -> target.engine().deleteUser(session.userId()));
    }

    /// Compares queries with and without a backlog of extraction, in turn.
    private void slowdown(int turns, int pairs, List<Figure> figures, BenchWatch watch) {
        watch.step("queries during extraction");
        List<SessionKey> queried = add(ROUND, turns);
        boolean idle = ExtractionWait.await(target.engine(), watch);
        List<SessionKey> all = new ArrayList<>(queried);
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int pair = 0; pair < pairs && idle; pair++) {
            without.add(queryP50(queried, QUERIES));
            all.addAll(add(ROUND, turns));
            with.add(queryP50(queried, QUERIES));
            if (target.engine().extractionStatus().of(DerivedLayer.M2).waiting() == 0) {
                // The backlog ended before the queries did.
                with.removeLast();
                without.removeLast();
            }
            idle = ExtractionWait.await(target.engine(), watch);
        }
        delete(all);
        List<Double> ratios = IntStream.range(0, with.size()).mapToObj(i -> with.get(i) / without.get(i)).toList();
        figures.add(Figure.of("query p50, idle", median(without), "ms"));
        figures.add(Figure.of("query p50, during extraction", median(with), "ms"));
        figures.add(new Figure("query p50, during extraction to idle", median(ratios), "",
                Target.atMost(TARGET_SLOWDOWN)));
    }

    private static @Nullable Double median(List<Double> values) {
        return values.isEmpty() ? null : BenchReport.Ratio.of(values).median();
    }

    private double queryP50(List<SessionKey> sessions, int queries) {
        Histogram nanos = new Histogram(3);
        for (int i = 0; i < queries + 20; i++) {
            long began = System.nanoTime();
            target.engine().query(sessions.get(i % sessions.size()).userId(),
                    QueryRequest.of(SampleTexts.question(i) + " " + asked++, 10));
            if (i >= 20) {
                nanos.recordValue(System.nanoTime() - began);
            }
        }
        return Percentiles.ms(nanos, 50);
    }

    /// Compares rounds of a user with few facts with rounds of one with many.
    private void growth(int facts, List<Figure> figures, BenchWatch watch) {
        watch.step("rounds of a user with many facts");
        SessionKey warmup = NewSessions.one(target.engine());
        double _ = millisPerRound(warmup, 0, facts / 10, watch);
        delete(List.of(warmup));
        SessionKey session = NewSessions.one(target.engine());
        int tenth = facts / 10;
        double few = millisPerRound(session, 0, tenth, watch);
        int known = target.engine().facts(session.userId(), FactQuery.current(10_000)).size();
        double middle = millisPerRound(session, tenth, facts - tenth, watch);
        double many = millisPerRound(session, facts - tenth, facts, watch);
        int all = target.engine().facts(session.userId(), FactQuery.current(10_000)).size();
        delete(List.of(session));
        figures.add(Figure.of("M2 of a round, up to " + known + " facts", few, "ms"));
        figures.add(Figure.of("M2 of a round, between", middle, "ms"));
        figures.add(Figure.of("M2 of a round, up to " + all + " facts", many, "ms"));
        figures.add(new Figure("M2 of a round, many to few facts", many / few, "", Target.atMost(TARGET_GROWTH)));
    }

    private double millisPerRound(SessionKey session, int from, int to, BenchWatch watch) {
        long began = System.nanoTime();
        for (int i = from; i < to; i += ROUND) {
            target.engine().addBatch(session, IntStream.range(i, i + ROUND)
                    .mapToObj(at -> NewMessage.of(Role.USER, statement(at))).toList());
        }
        boolean _ = ExtractionWait.await(target.engine(), watch);
        return seconds(began) * 1e3 / Math.max(1, (to - from) / ROUND);
    }

    /// Returns a statement about a person of its own.
    private static String statement(int position) {
        return String.format(Locale.ROOT, "My friend %s lives in %s.", name(position),
                CITIES.get(position % CITIES.size()));
    }

    private static String name(int position) {
        StringBuilder name = new StringBuilder();
        for (int rest = position + 30; rest > 0; rest /= 20) {
            name.append("bcdfghjklmnprstvwxyz".charAt(rest % 20)).append("aeiou".charAt(rest % 5));
        }
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
