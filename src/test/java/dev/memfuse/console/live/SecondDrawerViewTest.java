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

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Region;
import javafx.stage.Stage;

import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fx")
class SecondDrawerViewTest {
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

    private final MetricsHub hub = LiveHistory.hub(END);
    private final Remembered remembered = new Remembered();

    private LivePage page() {
        return OnFx.get(() -> new LivePage(
                new LiveSources(hub, () -> LiveHistory.BUFFERS, Optional::empty, Clock.fixed(END, ZoneOffset.UTC),
                        LiveHistory.NO_RECORDINGS),
                new PageTools(new DirectTaskRunner(), new DirectTaskRunner(), _ -> {}, remembered), () -> {}, _ -> {}));
    }

    private static Bounds place(LivePage page, String id) {
        return OnFx.get(() -> {
            Node node = page.view().lookup(id);
            return node.localToScene(node.getLayoutBounds());
        });
    }

    private static String title(LivePage page) {
        return OnFx.get(() -> ((Label) page.view().lookup("#second-title")).getText());
    }

    private static void assertControlsAreInside(Region heading) {
        heading.getChildrenUnmodifiable().stream().filter(Node::isManaged).forEach(
                control -> assertTrue(control.getBoundsInParent().getMaxX() <= heading.getWidth() + 0.5,
                        () -> control + " ends at " + control.getBoundsInParent().getMaxX() + " of "
                                + heading.getWidth()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           LIGHT, 1104, 706
                           DARK,  1104, 706
                           LIGHT, 744,  520
                           DARK,  744,  520
                           """)
    void theDrawerFollowsTheCrossHairAndMovesNothingBesideIt(Themes.Choice theme, int width, int height)
            throws Exception {
        new LiveHistory().publish(hub, END, 110);
        LivePage page = page();
        Stage stage = LivePageViewTest.open(page, theme, width, height);
        assertFalse(OnFx.get(() -> page.view().lookup("#second").isVisible()));
        Action action = page.actions().stream().filter(each -> each.id().equals("live.second")).findFirst()
                .orElseThrow();
        OnFx.run(action::fire);
        Frames.await(stage.getScene(), 3);
        assertTrue(OnFx.get(() -> ((ToggleButton) page.view().lookup("#showSecond")).isSelected()));
        String newest = title(page);
        Bounds chart = place(page, "#chart-throughput");

        OnFx.run(() -> page.model().window().cursor(END.minusSeconds(50).toEpochMilli()));
        Frames.await(stage.getScene(), 3);

        assertFalse(newest.equals(title(page)), newest);
        assertEquals(chart, place(page, "#chart-throughput"));
        assertTrue(chart.getWidth() > 300, "a chart is " + chart.getWidth() + " wide");
        assertTrue(place(page, "#second").getMaxX() <= width + 0.5, "inside the page");
        OnFx.run(() -> {
            Node content = page.view().lookup(".second-content");
            assertTrue(content.minWidth(-1) <= content.getLayoutBounds().getWidth() + 0.5, "no figure is cut");
        });
        assertEquals(width > 1000, place(page, "#chart-latency").getMinX() > chart.getMaxX(), "two columns");
        OnFx.all(page.view()).filter(node -> node.getStyleClass().contains("live-chart-heading"))
                .forEach(heading -> OnFx.run(() -> assertControlsAreInside((Region) heading)));
        OnFx.get(() -> ChartPicture.of(page.view()))
                .write(Files.createDirectories(Path.of("target", "screens")).resolve(String.format(Locale.ROOT,
                        "live-second-%s-%d.png", theme.name().toLowerCase(Locale.ROOT), width)));
        LivePageViewTest.close(page, stage);
        LivePage next = page();
        Stage again = LivePageViewTest.show(next, theme, width, height);
        assertTrue(OnFx.get(() -> next.view().lookup("#second").isVisible()), "it is remembered");
        LivePageViewTest.close(next, again);
    }
}
