package dev.memfuse.console.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.lab.compare.SampleComparison;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.paired.Metric;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TryModelTest {
    @TempDir
    private Path folder;
    private final LiveTunables tunables = Fakes.tunables();
    private Fakes.Comparisons comparisons = new Fakes.Comparisons();
    private TryModel model = new TryModel(Fakes.lab(Path.of(""), tunables), new DirectTaskRunner(), Runnable::run);

    @BeforeEach
    void open() {
        Lab lab = Fakes.lab(folder, tunables);
        comparisons = (Fakes.Comparisons) lab.comparisons();
        model = new TryModel(lab, new DirectTaskRunner(), Runnable::run);
    }

    private void offer(String path) {
        model.open(ConfigSchema.require(path));
    }

    private ComparisonPlan plan() {
        return comparisons.last().plan();
    }

    @Test
    void offersTheOppositeOfASwitchAndSaysWhatItCostsBeforeItRuns() {
        offer("buffer.bypass_mode");

        assertEquals("false", model.valueProperty().get());
        assertTrue(model.costProperty().get().startsWith("10 pairs under load, about "), model.costProperty().get());
        assertTrue(model.costProperty().get().contains("10 users are made and removed"), model.costProperty().get());
        assertTrue(model.startableProperty().get());
        assertEquals(List.of(), comparisons.runs());
    }

    @Test
    void comparesTheValueInForceWithTheTypedOneByTheChosenMetric() {
        offer("postgres.pool_size");
        assertEquals("Enter the value to compare 10 with.", model.problemProperty().get());
        assertFalse(model.startableProperty().get());

        model.valueProperty().set("5");
        model.metricProperty().set(Metric.parse("query.p90"));
        model.start();

        assertEquals(List.of("postgres.pool_size: 10 → 5"), plan().differences().stream().map(Object::toString)
                .toList());
        assertEquals("query.p90", plan().primary().name());
        assertFalse(model.startableProperty().get(), "it runs");
    }

    @Test
    void aWrongValueIsASentenceAndStartsNothing() {
        offer("postgres.pool_size");
        model.valueProperty().set("0");
        model.start();

        assertEquals("Expected a whole number from 1 to 1000, found 0.", model.problemProperty().get());
        assertEquals("", model.costProperty().get());
        assertEquals(List.of(), comparisons.runs());
    }

    @Test
    void showsProgressCancelsAndShowsTheVerdict() {
        offer("buffer.bypass_mode");
        model.start();
        comparisons.last().progress = SampleComparison.progress(plan(), 3, 0.5);
        model.tick();
        TryModel.Running now = Objects.requireNonNull(model.runningProperty().get());
        assertTrue(now.text().matches("Pair 4 of 10, arm B, \\d:\\d\\d left"), now.text());
        assertEquals(0.3, now.share(), 1e-9);
        assertTrue(now.note().startsWith("Not final: buffer.bypass_mode false instead of true: add.p50 0."),
                now.note());

        model.cancel();
        assertTrue(comparisons.last().stopped);
        assertTrue(model.cancellingProperty().get());
        comparisons.last().end(SampleComparison.result(plan(), 3, 0.5, List.of()));

        assertNull(model.runningProperty().get());
        assertTrue(model.outcomeProperty().get().startsWith("buffer.bypass_mode false instead of true: "),
                model.outcomeProperty().get());
        assertTrue(model.startableProperty().get());
    }

    @Test
    void aFailedComparisonIsASentence() {
        offer("buffer.bypass_mode");
        model.start();
        comparisons.last().fail("The database does not answer.");

        assertEquals("No result. The database does not answer.", model.outcomeProperty().get());
    }

    @Test
    void aRunningMeasurementGoesOnWhileTheOfferIsClosedOrShowsAnotherSetting() {
        offer("buffer.bypass_mode");
        model.start();
        model.close();
        offer("services.cache");

        assertFalse(comparisons.last().stopped);
        assertFalse(model.startableProperty().get(), "one comparison runs at a time");
        comparisons.last().end(SampleComparison.result(plan(), 10, 0.5, List.of()));
        assertTrue(model.startableProperty().get());
    }
}
