package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import javafx.scene.Node;
import javafx.scene.control.Button;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.WriteGuard;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Buttons that write while the database is open read-only.
@Tag("fx")
class WriteGuardViewTest extends OpenConsole {
    private void open(boolean readOnly) {
        host.readOnly = readOnly;
        host.become(new EngineState.Ready("PostgreSQL 18"));
        PageStage.await(() -> node("readOnly").isVisible() == readOnly && !node("bypass").isDisabled());
    }

    /// Returns the guarded buttons of the window and of all pages, each while its page is shown.
    private Set<Button> guarded() {
        Set<Button> found = new LinkedHashSet<>();
        for (Page page : console.pages()) {
            OnFx.run(() -> {
                console.showPage(page.id());
                OnFx.all(console.scene().getRoot()).filter(WriteGuard.class::isInstance).map(WriteGuard.class::cast)
                        .forEach(guard -> found.add((Button) guard.getContent()));
            });
        }
        return found;
    }

    @Test
    void areDisabledWithTheReasonOnEveryPage() {
        open(true);

        Set<Button> buttons = guarded();

        assertTrue(buttons.size() >= 20, buttons.size() + " buttons");
        assertTrue(buttons.contains(node("run")));
        OnFx.run(() -> assertEquals(List.of(), buttons.stream().filter(button -> button.getScene() != null)
                .filter(button -> !button.isDisabled()
                        || !ReadOnlyException.SENTENCE.equals(button.getAccessibleHelp()))
                .map(Button::getText).toList()));
        Node guard = OnFx.get(() -> node("run").getParent().getParent());
        assertFalse(OnFx.get(guard::isDisabled), "what has the tooltip gets the events of the mouse");
    }

    @Test
    void areAsWithoutTheirGuardOnceTheDatabaseIsOpenForWriting() {
        open(true);
        assertTrue(OnFx.get(() -> node("run").isDisabled()));

        open(false);

        PageStage.await(() -> !node("run").isDisabled());
        assertEquals(null, OnFx.get(() -> node("run").getAccessibleHelp()));
    }

    @Test
    void aGuardIsVisibleWithItsButtonAndTakesItsPlace() {
        open(false);
        OnFx.run(() -> {
            Button button = new Button("Add");
            WriteGuard guard = new WriteGuard(button);
            button.setVisible(false);
            button.setManaged(false);

            assertFalse(guard.isVisible() || guard.isManaged());
            assertEquals(button.maxWidth(-1), guard.maxWidth(-1));
        });
    }
}
