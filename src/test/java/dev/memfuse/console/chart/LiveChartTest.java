package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.shape.Line;
import javafx.stage.Stage;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Remembered;
import io.fair_acc.chartfx.axes.spi.DefaultNumericAxis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A chart with one peak among two minutes of samples.
@Tag("fx")
class LiveChartTest {
    /// Saturation of lines of series; the grid, whose lines move with the axis, is grey.
    private static final double COLOURED = 0.1;

    private final SampleRing ring = new SampleRing(2, 200);
    private final Stage stage = OnFx.get(Stage::new);
    private LiveChart chart = OnFx.get(() -> chart(ChartSpec.Type.LINES));

    @BeforeEach
    void fill() {
        for (int second = 0; second < 120; second++) {
            double value = second == 60 ? 4_000 : 10;
            ring.append(ChartFixture.NOW - (119 - second) * 1_000L, value / 2, value);
        }
    }

    @AfterEach
    void close() {
        OnFx.run(stage::close);
    }

    private LiveChart chart(ChartSpec.Type type) {
        return new LiveChart(new ChartSpec("c", "Latency", "ms", type, List.of("p50", "p99")), ChartFixture.window(),
                ring);
    }

    private void show(ChartSpec.Type type) {
        chart = OnFx.get(() -> chart(type));
        OnFx.run(() -> {
            stage.setScene(ChartFixture.scene(chart.view()));
            stage.show();
        });
        Frames.await(stage.getScene(), 2);
    }

    private double top() {
        return OnFx.get(() -> chart.view().lookupAll(".axis").stream().map(DefaultNumericAxis.class::cast)
                .filter(axis -> axis.getSide().isVertical()).findFirst().orElseThrow().getMax());
    }

    private String peaks() {
        return OnFx.get(() -> {
            Label label = (Label) chart.view().lookup(".live-chart-peaks");
            return label.isVisible() ? label.getText() : "";
        });
    }

    @ParameterizedTest
    @EnumSource(ChartSpec.Type.class)
    void oneOutlierDoesNotFlattenTheOthersAndIsNamed(ChartSpec.Type type) {
        show(type);
        assertTrue(top() >= 4_000, "all values fit: " + top());
        assertEquals("", peaks());

        OnFx.run(() -> chart.clipped(true));
        assertTrue(top() <= 25, "the axis ends where most values end: " + top());
        assertEquals("▲ up to " + (type == ChartSpec.Type.STACK ? "6,000" : "4,000") + " ms",
                peaks());

        OnFx.run(() -> chart.logarithmic(true));
        assertTrue(top() >= 4_000, "a logarithmic axis shows all: " + top());
        assertEquals("", peaks());
    }

    @ParameterizedTest
    @EnumSource(ChartSpec.Type.class)
    void aPeakHasAMarkAtTheUpperEdge(ChartSpec.Type type) {
        show(type);
        OnFx.run(() -> chart.clipped(true));
        Frames.await(stage.getScene(), 3);

        assertTrue(edgeDiffersAtThePeak(), "a mark at the upper edge");
    }

    private boolean edgeDiffersAtThePeak() {
        return OnFx.get(() -> {
            var canvas = (Canvas) chart.view().lookup("#plot-c");
            var image = canvas.snapshot(null, null);
            int middle = (int) Math.round(canvas.getWidth() / 2);
            int different = 0;
            for (int x = middle - 6; x <= middle + 6; x++) {
                different += image.getPixelReader().getArgb(x, 6) == image.getPixelReader().getArgb(middle - 40, 6)
                        ? 0
                        : 1;
            }
            return different > 3;
        });
    }

    /// A baseline at another height, from the middle of the window on.
    private SampleRing baseline(double height) {
        SampleRing baseline = new SampleRing(2, 60);
        for (int second = 0; second < 60; second++) {
            baseline.append(second * 1_000L, height / 2, height);
        }
        baseline.shift(ChartFixture.NOW - 60_000);
        return baseline;
    }

    private int drawnPixels() {
        Frames.await(stage.getScene(), 3);
        return OnFx.get(() -> {
            var canvas = (Canvas) chart.view().lookup("#plot-c");
            var image = canvas.snapshot(null, null);
            int drawn = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    drawn += image.getPixelReader().getColor(x, y).getSaturation() > COLOURED ? 1 : 0;
                }
            }
            return drawn;
        });
    }

    private String legend() {
        return OnFx.get(() -> chart.view().lookupAll(".live-chart-series-baseline").stream().map(Label.class::cast)
                .filter(Label::isVisible).map(Label::getText).collect(Collectors.joining(" ")));
    }

    @Test
    void aBaselineIsDrawnBeneathAndItsValuesStandInTheLegend() {
        show(ChartSpec.Type.LINES);
        OnFx.run(() -> chart.clipped(true));
        int without = drawnPixels();

        OnFx.run(() -> chart.baseline(baseline(16)));
        int with = drawnPixels();
        assertTrue(with > without + 200, with + " pixels with a baseline, " + without + " without");
        assertEquals("(8) (16)", legend());
        assertTrue(top() <= 25, "its axis is that of the values: " + top());

        OnFx.run(() -> chart.baseline(null));
        int off = drawnPixels();
        assertTrue(off < with - 200, off + " pixels after it was switched off, " + with + " before");
        assertEquals("", legend());
    }

    @Test
    void aHigherBaselineFitsOnTheAxisWhileTheWindowShowsIt() {
        show(ChartSpec.Type.LINES);
        OnFx.run(() -> chart.clipped(true));

        OnFx.run(() -> chart.baseline(baseline(90)));
        assertTrue(top() >= 90, "" + top());

        SampleRing gone = baseline(90);
        gone.shift(ChartFixture.NOW + 600_000);
        OnFx.run(() -> chart.baseline(gone));
        assertTrue(top() <= 25, "what is not shown has no place on the axis: " + top());
    }

    @Test
    void areasHaveNoBaseline() {
        show(ChartSpec.Type.STACK);
        OnFx.run(() -> assertThrows(IllegalArgumentException.class, () -> chart.baseline(baseline(16))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aThresholdLiesWhereTheAxisHasItsValue(boolean logarithmic) {
        show(ChartSpec.Type.LINES);
        OnFx.run(() -> {
            chart.logarithmic(logarithmic);
            chart.thresholds(List.of(new Threshold(1_000, "in reach"), new Threshold(1e6, "far above")));
            chart.redraw();
        });
        Frames.await(stage.getScene(), 3);

        OnFx.run(chart::redraw);
        assertEquals(List.of("limit: in reach"), OnFx.get(chart::drawnThresholds));
        Line line = (Line) OnFx.get(() -> chart.view().lookup(".live-chart-threshold"));
        double axis = OnFx.get(() -> chart.view().lookupAll(".axis").stream().map(DefaultNumericAxis.class::cast)
                .filter(one -> one.getSide().isVertical()).findFirst().orElseThrow().getDisplayPosition(1_000));
        assertEquals(axis, line.getStartY(), 1.0);
    }

    private ToggleButton entry(String series) {
        return OnFx.get(() -> chart.view().lookupAll(".live-chart-legend-entry").stream().map(LegendEntry.class::cast)
                .filter(entry -> entry.series().equals(series)).findFirst().orElseThrow());
    }

    private void press(ToggleButton entry, KeyCode code) {
        OnFx.run(() -> {
            entry.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
            entry.fireEvent(new KeyEvent(KeyEvent.KEY_RELEASED, "", "", code, false, false, false, false));
        });
    }

    @ParameterizedTest
    @EnumSource(ChartSpec.Type.class)
    void aSeriesThatItsLegendEntrySwitchesOffIsNeitherDrawnNorFitsTheAxis(ChartSpec.Type type) {
        show(type);
        OnFx.run(entry("p99")::fire);
        assertTrue(top() >= 2_000 && top() < 4_000, "the axis fits the other series: " + top());
        assertEquals("p50 5 ms", OnFx.get(chart::values));

        OnFx.run(() -> chart.clipped(true));
        assertEquals("▲ up to 2,000 ms", peaks());

        OnFx.run(() -> chart.clipped(false));
        OnFx.run(entry("p99")::fire);
        assertTrue(top() >= 4_000, "all values fit again: " + top());
    }

    @Test
    void theSeriesThatAreOffAreKept() {
        Remembered kept = new Remembered();
        show(ChartSpec.Type.LINES);
        OnFx.run(() -> chart.keepSeries(kept, "latency.off"));
        OnFx.run(entry("p99")::fire);
        show(ChartSpec.Type.LINES);
        OnFx.run(() -> chart.keepSeries(kept, "latency.off"));
        assertFalse(entry("p99").isSelected());
        assertTrue(entry("p50").isSelected());
        assertTrue(top() < 4_000, "the series is off from the begin: " + top());
    }

    @ParameterizedTest
    @ValueSource(strings = {"p99,p99", "p99,,p12", ",p99,"})
    void aDamagedChoiceOfSeriesIsReadAsFarAsItIsOne(String written) {
        show(ChartSpec.Type.LINES);

        OnFx.run(() -> chart.keepSeries(new Remembered(Map.of("latency.off", written)), "latency.off"));

        assertFalse(entry("p99").isSelected());
        assertTrue(entry("p50").isSelected());
    }

    @Test
    void arrowsMoveFromEntryToEntryAndSpaceSwitches() {
        show(ChartSpec.Type.LINES);
        OnFx.run(entry("p50")::requestFocus);
        press(entry("p50"), KeyCode.RIGHT);
        assertTrue(entry("p99").isFocused());
        press(entry("p99"), KeyCode.RIGHT);
        assertTrue(entry("p99").isFocused(), "the last one");
        press(entry("p99"), KeyCode.SPACE);
        assertFalse(entry("p99").isSelected());
        press(entry("p99"), KeyCode.LEFT);
        assertTrue(entry("p50").isFocused());
    }
}
