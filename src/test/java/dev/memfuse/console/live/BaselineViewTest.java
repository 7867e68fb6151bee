package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.recording.SampleBaselines;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fx")
class BaselineViewTest {
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

    private static final String BYPASS = "buffer:\n  bypass_mode: false\n";

    @TempDir
    private Path folder;

    private Recordings recordings() {
        return new Recordings(folder.resolve("recordings"));
    }

    private static LivePage page(Recordings recordings) {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        return OnFx.get(() -> new LivePage(new LiveSources(hub, () -> LiveHistory.BUFFERS, Optional::empty,
                Clock.fixed(END.minusSeconds(100), ZoneOffset.UTC), recordings),
                new PageTools(new DirectTaskRunner(), _ -> {}), () -> {}, _ -> {}));
    }

    private static Stage show(LivePage page, Themes.Choice theme, int width, int height) {
        Stage stage = LivePageViewTest.open(page, theme, width, height);
        return stage;
    }

    private static void close(LivePage page, Stage stage) {
        LivePageViewTest.close(page, stage);
    }

    private static String values(LivePage page, String chart) {
        return page.view().lookup("#chart-" + chart).lookupAll(".live-chart-series-baseline").stream()
                .map(Label.class::cast).filter(Label::isVisible).map(Label::getText).filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           LIGHT, 1280, 800
                           DARK,  1280, 800
                           LIGHT, 744,  540
                           DARK,  744,  540
                           """)
    void aRecordedLoadIsChosenAndDrawnBeneathTheCharts(Themes.Choice theme, int width, int height) throws Exception {
        Recordings recordings = recordings();
        SampleBaselines.add(recordings, SampleBaselines.points(80, 0.7),
                "buffer:\n  bypass_mode: false\npostgres:\n  pool_size: 20\n");
        LivePage page = page(recordings);
        Stage stage = show(page, theme, width, height);

        OnFx.run(() -> {
            ((ToggleButton) page.view().lookup("#showBaseline")).fire();
            ((ComboBox<?>) page.view().lookup("#choice")).getSelectionModel().selectFirst();
            page.model().window().cursor(END.minusSeconds(60).toEpochMilli());
        });
        Frames.await(stage.getScene(), 4);

        ChartPicture picture = OnFx.get(() -> ChartPicture.of(page.view()));
        Files.createDirectories(Path.of("target", "screens"));
        picture.write(Path.of("target", "screens", String.format(Locale.ROOT, "live-baseline-%s-%dx%d.png",
                theme.name().toLowerCase(Locale.ROOT), width, height)));
        OnFx.run(() -> {
            assertEquals("(139) (99) (59)", values(page, "throughput"));
            assertEquals("(1.05) (2.10) (4.20) (6.30)", values(page, "latency"));
            assertEquals("(10) (1) (30)", values(page, "pool"));
            assertEquals("", values(page, "errors"), "no baseline");
        });
        close(page, stage);
    }

    /// Nothing else draws the charts while the page is paused or nobody calls the engine.
    @Test
    void aSecondRecordingWithTheSameSettingsIsDrawnAtOnce() {
        Recordings recordings = recordings();
        SampleBaselines.add(recordings, SampleBaselines.points(80, 1), BYPASS);
        Manifest first = recordings.open(Recordings.LAST);
        Manifest second = SampleBaselines.add(recordings, SampleBaselines.points(80, 3), BYPASS);
        LivePage page = page(recordings);
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);

        OnFx.run(() -> {
            page.model().window().cursor(END.minusSeconds(60).toEpochMilli());
            page.baseline(first);
            assertEquals("(1.50) (3) (6) (9)", values(page, "latency"));
            page.baseline(second);
            assertEquals("(4.50) (9) (18) (27)", values(page, "latency"));
        });
        close(page, stage);
    }

    @Test
    void theEntryOfALegendSwitchesItOffInAllCharts() {
        Recordings recordings = recordings();
        SampleBaselines.add(recordings, SampleBaselines.points(80, 1), "");
        LivePage page = page(recordings);
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);
        assertFalse(OnFx.get(() -> page.view().lookup("#chart-pool-baseline").isVisible()), "without a baseline");

        OnFx.run(() -> {
            page.baseline(recordings.open(Recordings.LAST));
            page.model().window().cursor(END.minusSeconds(60).toEpochMilli());
        });
        Frames.await(stage.getScene(), 3);
        OnFx.run(() -> {
            assertFalse(values(page, "pool").isEmpty());
            ((ToggleButton) page.view().lookup("#chart-pool-baseline")).fire();
            assertEquals("", values(page, "pool"));
            assertEquals("", values(page, "throughput"));
            assertTrue(page.view().lookup("#chart-latency-baseline").isVisible(), "it can be switched on again");
            ((ToggleButton) page.view().lookup("#chart-latency-baseline")).fire();
            assertFalse(values(page, "pool").isEmpty());
            ((Button) page.view().lookup("#remove")).fire();
            assertEquals("", values(page, "pool"));
            assertFalse(page.view().lookup("#chart-latency-baseline").isVisible());
        });
        close(page, stage);
    }

    @Test
    void aKeyPutsItsStartToTheCrosshair() {
        Recordings recordings = recordings();
        SampleBaselines.add(recordings, SampleBaselines.points(80, 1), "");
        LivePage page = page(recordings);
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);
        OnFx.run(() -> {
            page.baseline(recordings.open(Recordings.LAST));
            page.model().window().cursor(END.minusSeconds(30).toEpochMilli());
            Node chart = page.view().lookup("#chart-pool");
            chart.requestFocus();
            chart.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.A, false, false, false, false));
            page.model().window().cursor(END.minusSeconds(29).toEpochMilli());
        });
        Frames.await(stage.getScene(), 2);

        assertEquals("(11) (1) (30)", OnFx.get(() -> values(page, "pool")), "its first second ends a second later");
        close(page, stage);
    }
}
