package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;

import javafx.event.Event;
import javafx.scene.AccessibleAction;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tiles of the Live page, and the charts that they show.
@Tag("fx")
class LiveTilesViewTest {
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

    private LivePage page;
    private Stage stage;

    @BeforeEach
    void open() {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        page = LivePageViewTest.page(hub);
        // One column: most charts are outside the viewport.
        stage = LivePageViewTest.open(page, Themes.Choice.LIGHT, 800, 600);
    }

    @AfterEach
    void close() {
        LivePageViewTest.close(page, stage);
    }

    private LiveTile tile(String id) {
        return (LiveTile) page.view().lookup("#" + id);
    }

    private String focused() {
        return OnFx.get(() -> stage.getScene().getFocusOwner().getId());
    }

    private boolean isInside(String chart) {
        return OnFx.get(() -> {
            Node scroll = page.view().lookup("#scroll");
            Node node = page.view().lookup(chart);
            var viewport = scroll.localToScene(scroll.getLayoutBounds());
            var bounds = node.localToScene(node.getLayoutBounds());
            return bounds.getMinY() >= viewport.getMinY() - 1 && bounds.getMinY() < viewport.getMaxY() - 50;
        });
    }

    @ParameterizedTest
    @CsvSource({"throughput, throughput", "median, latency", "p99, latency", "pool, pool", "waiting, pool",
            "errors, errors", "buffered, buffers", "cpu, program", "heap, program"})
    void aTileShowsItsChartByKeyboard(String tile, String chart) {
        OnFx.run(() -> tile(tile).fireEvent(
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false)));
        Frames.await(stage.getScene(), 2);

        assertEquals("chart-" + chart, focused());
        assertTrue(isInside("#chart-" + chart), chart);
    }

    @Test
    void aTileBringsAHiddenChartBack() {
        OnFx.run(() -> {
            ChartMenu menu = (ChartMenu) page.view().lookup("#chart-pool").lookup(".chart-menu");
            menu.fireEvent(new Event(MenuButton.ON_SHOWING));
            menu.getItems().stream().filter(item -> "Hide".equals(item.getText())).findFirst().orElseThrow().fire();
        });
        Frames.await(stage.getScene(), 2);
        assertEquals(null, OnFx.get(() -> page.view().lookup("#chart-pool")));

        OnFx.run(() -> tile("waiting").executeAccessibleAction(AccessibleAction.FIRE));
        Frames.await(stage.getScene(), 2);

        assertEquals("chart-pool", focused());
        assertTrue(isInside("#chart-pool"));
    }

    @Test
    void eachTileDrawsTheCourseOfItsFigure() {
        // The highest value of the sum of add, query, list and others; without the flushes.
        List<Double> highest = OnFx.get(() -> List.of(tile("throughput").sparkline().highest(),
                tile("pool").sparkline().highest(), tile("heap").sparkline().highest()));

        assertTrue(highest.getFirst() > 5_000 && highest.getFirst() < 7_000, highest.toString());
        assertEquals(30, highest.get(1));
        assertTrue(highest.get(2) > 35 && highest.get(2) < 45, highest.toString());
    }

    @Test
    void aTileTellsItsValueAndItsNamesElsewhere() {
        assertEquals("Pool: 18 / 30. Shows the chart",
                OnFx.get(() -> tile("pool").getAccessibleText()).replaceFirst("\\d+ /", "18 /"));
        String help = OnFx.get(() -> tile("pool").getAccessibleHelp());
        assertTrue(help.contains("db.client.connection.max") && help.contains("hikaricp.connections.max"), help);
    }

    @Test
    void theErrorsGiveTheirPlaceToThePausesAndTheFocusStaysOnTheChoice() {
        OnFx.run(() -> {
            ToggleButton pauses = (ToggleButton) page.view().lookup("#errors-form-pauses");
            pauses.requestFocus();
            pauses.fire();
        });
        Frames.await(stage.getScene(), 2);

        assertEquals("pauses-form-pauses", focused());
        assertEquals(List.of(true, false), OnFx.get(() -> List.of(page.view().lookup("#chart-pauses").isVisible(),
                page.view().lookup("#chart-errors").isVisible())));
    }
}
