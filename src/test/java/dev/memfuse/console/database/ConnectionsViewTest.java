package dev.memfuse.console.database;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way through the connections of the Database page, by keyboard where a key does it.
@Tag("fx")
class ConnectionsViewTest {
    private static final String GOOD = "jdbc:postgresql://good:5432/db";

    private final Fakes.Host host = new Fakes.Host();
    private final List<String> said = new ArrayList<>();
    private final ConsoleContext context;
    private final PageStage stage;

    ConnectionsViewTest(@TempDir Path folder) {
        Fakes.Loads loads = new Fakes.Loads();
        context = Fakes.context(folder, host, loads);
        context.settings().connections().add(new SavedConnection("reports", GOOD, Optional.of("legacy"), false));
        stage = PageStage.open(() -> new DatabasePage(context.engine(), loads, context.settings(),
                new PageTools(new DirectTaskRunner(), said::add)));
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded"));
        await(() -> table().getItems().size() == 2 && cell(4, 0).equals("In use"));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private TableView<?> table() {
        return (TableView<?>) stage.node("table");
    }

    private String cell(int column, int row) {
        return String.valueOf(table().getColumns().get(column).getCellData(row));
    }

    private void type(String id, String text) {
        ((TextField) stage.node(id)).setText(text);
    }

    private void fire(String id) {
        ((Button) stage.node(id)).fire();
    }

    private void select(int row) {
        table().requestFocus();
        table().getSelectionModel().select(row);
    }

    private List<String> names() {
        return context.settings().connections().list().all().stream().map(SavedConnection::name).toList();
    }

    @Test
    void savesTheTypedUrlAndEnterConnectsToIt() {
        OnFx.run(() -> {
            type("url", "jdbc:postgresql://good:5432/other");
            type("name", "other");
            fire("save");
        });
        assertEquals(List.of("other", "reports"), names());
        await(() -> cell(0, 1).equals("other"));

        OnFx.run(() -> {
            table().requestFocus();
            stage.press(KeyCode.ENTER);
        });
        host.connected.complete(null);

        assertEquals(List.of("connect jdbc:postgresql://good:5432/other"), host.requests);
        await(() -> said.contains("other is in use.") && cell(4, 1).equals("In use"));
    }

    @Test
    void deleteAsksAndEnterKeepsTheConnection() {
        OnFx.run(() -> {
            select(1);
            stage.press(KeyCode.DELETE);
        });
        await(() -> stage.node("confirm").isVisible());
        OnFx.run(() -> ((Button) stage.node("confirm").lookup("#keep")).fire());
        assertEquals(List.of("reports"), names());
        assertFalse(OnFx.get(() -> stage.node("confirm").isVisible()));

        OnFx.run(() -> {
            fire("removeSaved");
            fire("confirmRemove");
        });
        assertEquals(List.of(), names());
        await(() -> table().getItems().size() == 1);
    }

    @Test
    void theEmbeddedServerCanBeConnectedButNeitherChangedNorRemoved() {
        OnFx.run(() -> {
            select(0);
            assertFalse(stage.node("connectSaved").isDisabled());
            assertTrue(stage.node("changeSaved").isDisabled());
            assertTrue(stage.node("removeSaved").isDisabled());
            stage.press(KeyCode.DELETE);
            assertFalse(stage.node("confirm").isVisible());
        });
    }

    @Test
    void changesASavedConnectionInTheForm() {
        OnFx.run(() -> {
            select(1);
            fire("changeSaved");
            assertEquals("Change reports", stage.text("title"));
            assertEquals(GOOD, ((TextField) stage.node("url")).getText());
            type("name", "archive");
            fire("save");
            assertEquals("Another PostgreSQL server", stage.text("title"));
        });

        assertEquals(List.of("archive"), names());
    }

    @Test
    void testsTheSelectedConnection() {
        OnFx.run(() -> {
            select(1);
            fire("testSaved");
            assertEquals("reports", stage.text("tested"));
            assertTrue(stage.node("report").isVisible());
        });
    }
}
