package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Stage;

import dev.memfuse.console.chart.data.HeatColumn;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.slice.LatencySlice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fx")
class HeatChartTest {
    private final TimeWindow window = ChartFixture.window();
    /// Between 60 and 30 s before now: 200 calls of 5 ms and 1 of 500 ms in each second.
    private final HeatChart chart = OnFx.get(() -> new HeatChart(
            new ChartSpec("heat", "Latency heat map", "ms", ChartSpec.Type.LINES, List.of("calls")), window,
            _ -> columns()));

    private static List<HeatColumn> columns() {
        LatencySlice times = LatencySlice
                .merge(List.of(SampleSlices.times(200, 5), SampleSlices.times(1, 500)));
        List<HeatColumn> columns = new ArrayList<>();
        for (int second = -60; second < -30; second++) {
            long from = ChartFixture.NOW + second * 1_000L;
            columns.add(new HeatColumn(from, from + 1_000, 1, times));
        }
        return columns;
    }

    @ParameterizedTest
    @EnumSource(value = Themes.Choice.class, names = {"LIGHT", "DARK"})
    void cellsHaveTheColoursOfTheLegendWhereCallsWere(Themes.Choice theme) {
        Stage stage = OnFx.get(() -> {
            Stage created = new Stage();
            created.setScene(new Scene(chart.view(), 600, 400));
            new Themes(created.getScene(), theme).close();
            created.show();
            return created;
        });
        Frames.await(stage.getScene(), 3);
        OnFx.run(chart::redraw);
        Frames.await(stage.getScene(), 3);

        OnFx.run(() -> {
            Canvas canvas = (Canvas) chart.view().lookup("#plot-heat");
            WritableImage image = canvas.snapshot(null, null);
            List<Color> colours = colours();
            // The axis has the decades from 1 to 1000 ms: 5 ms lies at 0.77 of the height, 500 ms at 0.101.
            assertNear(colours.getLast(), at(image, 0.6, 0.767));
            assertNear(colours.getFirst(), at(image, 0.6, 0.104));
            assertEquals(0, at(image, 0.6, 0.5).getOpacity() * near(colours, at(image, 0.6, 0.5)), "no call of 30 ms");
            assertEquals(0, near(colours, at(image, 0.25, 0.767)), "no call 90 s before now");
            stage.close();
        });
    }

    @ParameterizedTest
    @EnumSource(value = Themes.Choice.class, names = {"LIGHT", "DARK"})
    void coloursDifferByLightnessAloneAndTheRarestIsVisible(Themes.Choice theme) {
        Stage stage = OnFx.get(() -> {
            Stage created = new Stage();
            created.setScene(new Scene(chart.view(), 600, 400));
            new Themes(created.getScene(), theme).close();
            created.show();
            return created;
        });
        Frames.await(stage.getScene(), 2);

        OnFx.run(() -> {
            List<Double> lightness = new ArrayList<>();
            Region card = chart.view();
            lightness.add(luminance((Color) card.getBackground().getFills().getLast().getFill()));
            colours().forEach(colour -> lightness.add(luminance(colour)));
            for (int i = 1; i < lightness.size(); i++) {
                double darker = Math.min(lightness.get(i - 1), lightness.get(i));
                double lighter = Math.max(lightness.get(i - 1), lightness.get(i));
                assertTrue((lighter + 0.05) / (darker + 0.05) >= 1.25, "contrast of step " + i + ": " + lightness);
                assertEquals(lightness.getLast() > lightness.getFirst(), lightness.get(i) > lightness.get(i - 1),
                        "one direction: " + lightness);
            }
            stage.close();
        });
    }

    private List<Color> colours() {
        List<Color> colours = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            Node swatch = chart.view().lookup(".heat-" + i);
            colours.add((Color) ((Region) swatch).getBackground().getFills().getLast().getFill());
        }
        return colours;
    }

    private static Color at(WritableImage image, double x, double y) {
        return image.getPixelReader().getColor((int) (image.getWidth() * x), (int) (image.getHeight() * y));
    }

    private static int near(List<Color> colours, Color colour) {
        return colours.stream().anyMatch(one -> distance(one, colour) < 0.03) ? 1 : 0;
    }

    private static double distance(Color one, Color other) {
        return Math.abs(one.getRed() - other.getRed()) + Math.abs(one.getGreen() - other.getGreen())
                + Math.abs(one.getBlue() - other.getBlue());
    }

    private static void assertNear(Color expected, Color found) {
        assertTrue(distance(expected, found) < 0.05, () -> expected + " expected, but was " + found);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed()) + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
