package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;

import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fx")
class LivePageViewTest {
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
                           LIGHT, 1280, 800
                           DARK,  1280, 800
                           LIGHT, 1000, 700
                           DARK,  1000, 700
                           LIGHT, 1920, 1080
                           DARK,  1920, 1080
                           """)
    void looksAsInThePictures(Themes.Choice theme, int width, int height) throws Exception {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        LivePage page = page(hub);
        Stage stage = show(page, theme, width, height);
        OnFx.run(page::onShown);
        Frames.await(stage.getScene(), 4);
        OnFx.run(() -> pointAt(page.view().lookup("#plot-latency"), 0.72));
        Frames.await(stage.getScene(), 2);

        Path file = Path.of("target", "screens",
                "live-%s-%dx%d.png".formatted(theme.name().toLowerCase(java.util.Locale.ROOT), width, height));
        Files.createDirectories(file.getParent());
        ChartPicture picture = OnFx.get(() -> ChartPicture.of(page.view()));
        picture.write(file);

        assertTrue(Files.size(file) > 20_000, () -> "an almost empty picture: " + file);
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    @Test
    void saysWhereToStartWhileThereIsNothingToShow() throws Exception {
        LivePage page = page(LiveHistory.hub(END));
        Stage stage = show(page, Themes.Choice.DARK, 1280, 800);
        OnFx.run(page::onShown);
        Frames.await(stage.getScene(), 2);
        ChartPicture picture = OnFx.get(() -> ChartPicture.of(page.view()));
        Files.createDirectories(Path.of("target", "screens"));
        picture.write(Path.of("target", "screens", "live-empty-dark.png"));

        assertEquals(true, OnFx.get(() -> page.view().lookup("#emptyState").isVisible()));
        assertEquals(false, OnFx.get(() -> page.view().lookup("#scroll").isVisible()));
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    @Test
    void pauseStopsTheViewAndSaysSince() throws Exception {
        LivePage page = page(LiveHistory.hub(END));
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);

        OnFx.run(() -> {
            page.onShown();
            ((ToggleButton) page.view().lookup("#pause")).fire();
        });
        Frames.await(stage.getScene(), 2);
        ChartPicture picture = OnFx.get(() -> ChartPicture.of(page.view()));
        picture.write(Files.createDirectories(Path.of("target", "screens")).resolve("live-paused-light.png"));

        assertEquals(true, page.model().pausedProperty().get());
        assertEquals(true, OnFx.get(() -> page.view().lookup("#pausedNote").isVisible()));
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    @Test
    void theLengthChosenIsTheLengthShown() {
        LivePage page = page(LiveHistory.hub(END));
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);

        OnFx.run(() -> ((ToggleButton) page.view().lookup("#length10")).fire());

        assertEquals(600_000, page.model().window().span().length());
        OnFx.run(stage::close);
    }

    private static void pointAt(Node canvas, double share) {
        double x = canvas.getLayoutBounds().getWidth() * share;
        canvas.fireEvent(new MouseEvent(MouseEvent.MOUSE_MOVED, x, 20, x, 20, MouseButton.NONE, 0, false, false, false,
                false, false, false, false, false, false, false, null));
    }

    static LivePage page(MetricsHub hub) {
        return OnFx.get(() -> new LivePage(hub, new DirectTaskRunner(), Clock.fixed(END, ZoneOffset.UTC)));
    }

    static Stage show(LivePage page, Themes.Choice theme, int width, int height) {
        return OnFx.get(() -> {
            // The screen of the headless platform is small; the page is not.
            Parent view = (Parent) page.view();
            view.setManaged(false);
            view.resize(width, height);
            Stage stage = new Stage();
            stage.setScene(new Scene(new Pane(view), 400, 300));
            stage.setX(0);
            stage.setY(0);
            new Themes(stage.getScene(), theme).close();
            stage.show();
            return stage;
        });
    }
}
