package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The form for another database while a load runs.
@Tag("fx")
class ServerChangeViewTest extends OpenConsole {
    private Button shown(String text) {
        return OnFx.all(node("url").getParent()).filter(Button.class::isInstance).map(Button.class::cast)
                .filter(button -> button.getText().equals(text)).findFirst().orElseThrow();
    }

    private static ScrollPane pageOf(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof ScrollPane scroll) {
                return scroll;
            }
        }
        throw new AssertionError("the page does not scroll");
    }

    @Test
    void aDatabaseThatCannotBeUsedIsNamedWhereTheButtonWasAndTheLoadRunsOn() {
        host.checked = new CompletableFuture<>();
        loads.start(ScenarioDefaults.WORKLOAD);
        OnFx.run(() -> {
            console.showPage("database");
            console.scene().getRoot().applyCss();
            console.scene().getRoot().layout();
            ((TextField) node("url")).setText("jdbc:postgresql://good/db");
            Button connect = (Button) node("connect");
            connect.requestFocus();
            connect.fire();
            Button stop = shown("Stop the load and connect");
            stop.requestFocus();
            stop.fire();
        });
        ScrollPane page = OnFx.get(() -> pageOf(node("url")));
        double before = OnFx.get(page::getVvalue);
        host.checked.completeExceptionally(new EngineException("The password is wrong."));
        PageStage.await(() -> ((Label) node("changeProblem")).getText().equals("The password is wrong."));
        OnFx.run(() -> console.scene().snapshot(null));

        Node focused = OnFx.get(() -> Objects.requireNonNull(console.scene().getFocusOwner()));
        Node form = OnFx.get(() -> node("url").getParent());
        assertTrue(OnFx.get(() -> OnFx.all(form).anyMatch(focused::equals)), focused.toString());
        assertEquals(before, OnFx.get(page::getVvalue));
        assertEquals(0, loads.last().requests.size(), "the load runs on");
    }
}
