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
import dev.memfuse.bench.harness.SettingsGuard;
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
    private static final int USERS = 8;
    private static final int ROUND = 10;
    private static final int SMALL_ROUND = 2;
    private static final double TARGET_M1 = 500;
    private static final double TARGET_BOTH = 300;
    private static final double TARGET_SLOWDOWN = 2;
    private static final double TARGET_GROWTH = 1.5;
    private static final Duration POLL = Duration.ofMillis(200);
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
        return Duration.ofSeconds(options.extent() == BenchTask.Extent.QUICK ? 15 : 90);
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        boolean quick = options.extent() == BenchTask.Extent.QUICK;
        int turns = quick ? 160 : 1_200;
        List<Figure> figures = new ArrayList<>();
        try (SettingsGuard settings = new SettingsGuard(target.tunables())) {
            settings.set("llm.provider", "local").set("memory_service.parallel_enabled", false);
            watch.step("embedding alone");
            double embedding = embedding(turns);
            figures.add(Figure.of("embedding alone", embedding, "turns/s"));
            double m1 = rate("M1", ROUND, turns, settings.set("layers.m1.enabled", true), figures,
                    Target.atLeast(TARGET_M1), watch);
            figures.add(Figure.of("share of embedding alone, M1", m1 / embedding, ""));
            rate("M1", SMALL_ROUND, turns / 2, settings, figures, null, watch);
            double both = rate("M1 and M2", ROUND, turns, settings.set("layers.m2.enabled", true), figures,
                    Target.atLeast(TARGET_BOTH), watch);
            rate("M1 and M2", SMALL_ROUND, turns / 2, settings, figures, null, watch);
            double parallel = rate("M1 and M2 in parallel", ROUND, turns,
                    settings.set("memory_service.parallel_enabled", true), figures, null, watch);
            figures.add(new Figure("parallel to sequential", parallel / both, "", Target.atLeast(1)));
            settings.set("memory_service.parallel_enabled", false);
            slowdown(turns, figures, watch);
            settings.set("layers.m1.enabled", false);
            growth(quick ? 100 : 1_000, figures, watch);
        }
        return new BenchReport.Result(name(),
                String.format(Locale.ROOT, "everyday turns of %d users in rounds of %d and %d, from the last add until "
                        + "the work list is empty", USERS, ROUND, SMALL_ROUND),
                "the cores: one text a turn and one a round is embedded (M1), one a fact (M2)", List.of(), figures);
    }

    private double embedding(int turns) {
        try (BenchTarget.Embedder model = target.loadEmbedder(target.tunables().get().embedding().model())) {
            List<String> texts = IntStream.range(0, turns).mapToObj(LayersBench::turn).toList();
            List<float[]> _ = model.embedInPool(texts.subList(0, turns / 10));
            long began = System.nanoTime();
            List<float[]> _ = model.embedInPool(texts);
            return turns / seconds(began);
        }
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

    /// Waits for the work list. Returns false when the run was stopped before.
    private boolean awaitExtraction(BenchWatch watch) {
        boolean idle = target.engine().awaitExtraction(POLL);
        while (!idle && !watch.stopped()) {
            idle = target.engine().awaitExtraction(POLL);
        }
        return idle;
    }

    private double rate(String what, int size, int turns, SettingsGuard settings, List<Figure> figures,
            @Nullable Target goal, BenchWatch watch) {
        String name = String.format(Locale.ROOT, "%s, rounds of %d", what, size);
        watch.step(name);
        boolean m2 = target.tunables().get().layers().m2().enabled();
        settings.set("layers.m1.enabled", false).set("layers.m2.enabled", false);
        List<SessionKey> warmup = NewSessions.many(target.engine(), 1);
        settings.set("layers.m1.enabled", true).set("layers.m2.enabled", m2);
        target.engine().addBatch(warmup.getFirst(), round(0, size));
        boolean _ = awaitExtraction(watch);
        long began = System.nanoTime();
        List<SessionKey> sessions = add(size, turns);
        boolean done = awaitExtraction(watch);
        double rate = turns / seconds(began);
        delete(warmup);
        delete(sessions);
        figures.add(new Figure(name, done ? rate : null, "turns/s", goal));
        return done ? rate : Double.NaN;
    }

    /// Compares queries with and without a backlog of extraction.
    private void slowdown(int turns, List<Figure> figures, BenchWatch watch) {
        watch.step("queries during extraction");
        List<SessionKey> queried = add(ROUND, Math.min(turns, 800));
        boolean _ = awaitExtraction(watch);
        double idle = queryP50(queried, 300);
        List<SessionKey> backlog = add(ROUND, turns);
        double busy = queryP50(queried, 300);
        boolean _ = awaitExtraction(watch);
        delete(queried);
        delete(backlog);
        figures.add(Figure.of("query p50, idle", idle, "ms"));
        figures.add(Figure.of("query p50, during extraction", busy, "ms"));
        figures.add(new Figure("query p50, during extraction to idle", busy / idle, "",
                Target.atMost(TARGET_SLOWDOWN)));
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
        boolean _ = awaitExtraction(watch);
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
