package dev.memfuse.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.bench.BenchReport.Figure;
import dev.memfuse.bench.BenchReport.Ratio;
import dev.memfuse.bench.BenchReport.Row;
import dev.memfuse.bench.BenchReport.Target;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.harness.Candidate;
import dev.memfuse.bench.harness.Interleaving;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.bench.harness.SliceStats;
import org.jspecify.annotations.Nullable;

/// Compares how fast layers are built with embedding the same texts alone, and parallel with sequential mode.
final class ExtractionRates {
    static final int USERS = 8;
    /// Different blocks: their texts are embedded in the same order on both sides.
    private static final int BLOCKS = 3;
    private static final String UNIT = "turns/s";

    private final BenchTarget target;
    private final int block;
    private final Interleaving slices;
    private final List<Row> rows = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> shares = new ArrayList<>();

    /// @param block number of turns from the first add until the work list is empty
    ExtractionRates(BenchTarget target, int block, Interleaving slices) {
        this.target = target;
        this.block = block;
        this.slices = slices;
    }

    /// Measures embedding the turns by themselves, without their context.
    void embeddingOfTurns() throws InterruptedException {
        slices.watch().step("embedding of turns");
        try (BenchTarget.Embedder model = target.loadEmbedder(target.tunables().get().embedding().model())) {
            List<String> turns = SampleTexts.wholeTurns().subList(0, block);
            SliceStats stats = slices
                    .run(List.of(Candidate.of("turns", List.of(() -> model.embedInPool(turns).size()))))
                    .getFirst();
            figures.add(Figure.of("embedding of turns alone, without context", stats.isEmpty()
                    ? null
                    : stats.perSecond(), UNIT));
        }
    }

    /// Compares the layers that are on with embedding their texts.
    ///
    /// @param goal turns per second; 0 for none
    void besideEmbedding(String layers, int round, double goal) throws InterruptedException {
        if (slices.watch().stopped()) {
            return;
        }
        String what = String.format(Locale.ROOT, "%s, rounds of %d", layers, round);
        slices.watch().step(what);
        try (BenchTarget.Embedder model = target.loadEmbedder(target.tunables().get().embedding().model());
                ExtractedBlocks extracted = new ExtractedBlocks(target, slices.watch(), USERS, round, block, BLOCKS)) {
            List<List<String>> texts = extracted.texts(model);
            AtomicInteger next = new AtomicInteger();
            Candidate alone = Candidate.of("embedding", List.of(() -> {
                List<float[]> _ = model.embedInPool(texts.get(next.getAndIncrement() % BLOCKS));
                return block;
            }));
            compare(what, extraction("engine", extracted), alone, goal).ifPresent(ratio -> {
                figures.add(Figure.of(what + ", share of embedding alone", ratio.median(), ""));
                shares.add(String.format(Locale.ROOT, "%.0f %% (%s)", 100 * ratio.median(), what));
            });
        }
    }

    /// Compares parallel with sequential mode.
    ///
    /// @param users number of users whose rounds are extracted at the same time
    void parallel(SettingsGuard settings, int users, int round) throws InterruptedException {
        if (slices.watch().stopped()) {
            return;
        }
        String what = users == 1 ? "parallel, one user" : "parallel, " + users + " users";
        slices.watch().step(what);
        try (ExtractedBlocks one = new ExtractedBlocks(target, slices.watch(), users, round, block, BLOCKS);
                ExtractedBlocks other = new ExtractedBlocks(target, slices.watch(), users, round, block, BLOCKS)) {
            compare(what, in(true, settings, extraction("parallel", one)),
                    in(false, settings, extraction("sequential", other)), 0)
                    .ifPresent(ratio -> figures.add(new Figure(what + ", parallel to sequential", ratio.median(), "",
                            users == 1 ? Target.atLeast(1) : null)));
        }
    }

    private static Candidate extraction(String name, ExtractedBlocks blocks) {
        return Candidate.of(name, List.of(blocks::extractNext)).afterEachSlice(_ -> blocks.renewUsers());
    }

    private static Candidate in(boolean parallel, SettingsGuard settings, Candidate candidate) {
        return Candidate.of(candidate.name(), candidate.callers().stream().map(call -> (Candidate.Call) () -> {
            settings.set("memory_service.parallel_enabled", parallel);
            return call.run();
        }).toList()).afterEachSlice(candidate.afterSlice());
    }

    private Optional<Ratio> compare(String what, Candidate engine, Candidate floor, double goal)
            throws InterruptedException {
        List<SliceStats> stats = slices.run(List.of(engine, floor));
        @Nullable
        Double rate = stats.getFirst().isEmpty() ? null : stats.getFirst().perSecond();
        figures.add(new Figure(what, rate, UNIT, goal > 0 ? Target.atLeast(goal) : null));
        Optional<Row> row = SliceStats.row(what, stats.getFirst(), stats.getLast());
        row.ifPresent(rows::add);
        return row.flatMap(one -> Optional.ofNullable(one.ratio()));
    }

    List<Row> rows() {
        return rows;
    }

    List<Figure> figures() {
        return figures;
    }

    /// Returns what limits extraction, with the measured shares.
    String bound() {
        return "the cores: embedding one text a turn (M1) and one a fact (M2)"
                + (shares.isEmpty() ? "" : "; extraction has " + String.join(", ", shares) + " of its rate");
    }
}
