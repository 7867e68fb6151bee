package dev.memfuse.console.pool;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Pane;

import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The way through the Pool page: leases, the statement of one, a time-out, and a suspension after a question.
@Tag("fx")
class PoolPageViewTest {
    private final SamplePools pools = new SamplePools();
    private final PageStage stage = open();

    private PageStage open() {
        pools.freeze();
        MetricsHub hub = new MetricsHub(Clock.systemUTC());
        hub.connectionPools(pools);
        return PageStage.open(() -> new PoolPage(hub, new LiveTunables(new ConfigLoader().load()),
                new PageTools(new DirectTaskRunner(), _ -> {})));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private TableView<?> leases() {
        return (TableView<?>) stage.node("leases");
    }

    @Test
    void aLeaseShowsItsStatementAndATimeOutItsLeases() {
        await(() -> leases().getItems().size() == 2);
        OnFx.run(() -> leases().getSelectionModel().select(0));
        assertTrue(OnFx.get(() -> stage.text("statement")).startsWith("SELECT user_id"));
        pools.leases = List.of();
        await(() -> leases().getItems().isEmpty());

        OnFx.run(() -> ((ToggleButton) ((Pane) stage.node("snapshots")).getChildren().get(1)).fire());

        assertEquals(2, OnFx.get(() -> leases().getItems().size()));
    }

    @Test
    void aSuspensionIsConfirmedAndResumed() {
        await(() -> ((TableView<?>) stage.node("pools")).getItems().size() == 1);
        OnFx.run(() -> ((Button) stage.node("suspend")).fire());
        assertTrue(OnFx.get(() -> stage.focused().equals(stage.node("keep"))), "Enter must not suspend");
        OnFx.run(() -> ((Button) stage.node("confirmAction")).fire());
        await(() -> stage.node("resume").isVisible());
        assertFalse(OnFx.get(() -> stage.node("suspend").isVisible()));

        OnFx.run(() -> {
            ((Button) stage.node("resume")).fire();
            ((Button) stage.node("confirmAction")).fire();
        });

        await(() -> stage.node("suspend").isVisible());
        assertEquals(List.of("suspend", "resume"), pools.done);
    }

    @Test
    void theFiguresHaveTheirNamesInOtherTools() {
        List<String> helps = OnFx.get(() -> Stream.concat(Stream.of(stage.node("inUse"), stage.node("waiting")),
                ((Pane) stage.node("histograms")).getChildren().stream()
                        .map(histogram -> ((Pane) histogram).getChildren().getFirst()))
                .map(Node::getAccessibleHelp).toList());

        assertEquals(5, helps.size());
        for (String help : helps) {
            assertTrue(help.contains("OpenTelemetry: db.client.connection.")
                    && help.contains("Micrometer: hikaricp.connections."), help);
        }
    }
}
