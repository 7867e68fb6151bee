package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;

import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.stage.Stage;

import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The menus in the headings of the charts of the Live page.
@Tag("fx")
class ChartArrangementViewTest {
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

    private LivePage page;
    private Stage stage;

    @BeforeEach
    void open() {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        page = LivePageViewTest.page(hub);
        stage = LivePageViewTest.open(page, Themes.Choice.LIGHT, 1104, 712);
    }

    @AfterEach
    void close() {
        LivePageViewTest.close(page, stage);
    }

    private List<String> charts() {
        return OnFx.get(() -> page.view().lookupAll(".live-chart").stream().filter(Node::isVisible).map(Node::getId)
                .toList());
    }

    private double height(String chart) {
        return OnFx.get(() -> page.view().lookup("#plot-" + chart).getLayoutBounds().getHeight());
    }

    private void choose(String chart, String item) {
        OnFx.run(() -> {
            ChartMenu menu = (ChartMenu) page.view().lookup("#chart-" + chart).lookup(".chart-menu");
            // A popup of the headless platform must not reach over the edge of the screen.
            menu.fireEvent(new Event(MenuButton.ON_SHOWING));
            MenuItem chosen = menu.getItems().stream().filter(one -> item.equals(one.getText())).findFirst()
                    .orElseThrow();
            assertTrue(!chosen.isDisable(), item);
            chosen.fire();
        });
        Frames.await(stage.getScene(), 3);
    }

    @Test
    void aChartIsEnlargedAndTheOthersComeBack() {
        double before = height("pool");
        choose("pool", "Enlarge");
        assertEquals(List.of("chart-pool"), charts());
        assertTrue(height("pool") > 2 * before, before + " became " + height("pool"));

        choose("pool", "Show the other charts");
        assertEquals(List.of("chart-throughput", "chart-latency", "chart-pool", "chart-stages", "chart-buffers",
                "chart-errors"), charts());
    }

    @Test
    void aChartIsMovedAndHiddenAndTheUsualOrderReturns() {
        choose("latency", "Move to the place before");
        choose("buffers", "Hide");
        assertEquals(List.of("chart-latency", "chart-throughput", "chart-pool", "chart-stages", "chart-errors"),
                charts());

        choose("errors", "Show 1 hidden chart");
        assertEquals(6, charts().size());
        choose("errors", "Show all in the usual order");
        assertEquals("chart-throughput", charts().getFirst());
    }
}
