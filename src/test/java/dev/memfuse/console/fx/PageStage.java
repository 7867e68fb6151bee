package dev.memfuse.console.fx;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

import org.testfx.util.WaitForAsyncUtils;

/// A page on a stage of its own, used by keys.
public final class PageStage implements AutoCloseable {
    private final Page page;
    private final Stage stage;

    private PageStage(Page page) {
        this.page = page;
        stage = new Stage();
        stage.setScene(new Scene((Parent) page.view(), 1000, 700));
        new Themes(stage.getScene(), Themes.Choice.LIGHT).close();
        stage.show();
        page.onShown();
    }

    /// Shows a page in the light theme.
    public static PageStage open(Callable<? extends Page> page) {
        return OnFx.get(() -> new PageStage(page.call()));
    }

    /// Returns the node with an `fx:id`.
    public Node node(String id) {
        return OnFx.node(page.view(), id);
    }

    /// Returns the text of a label.
    public String text(String id) {
        return ((Label) node(id)).getText();
    }

    /// Returns the control that has the focus.
    public Node focused() {
        return Objects.requireNonNull(stage.getScene().getFocusOwner());
    }

    /// Presses a key in the focused control.
    public void press(KeyCode key) {
        Node focused = focused();
        // A control that was added since the last frame has no behaviour yet; nobody presses a key before that frame.
        focused.applyCss();
        focused.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false));
        focused.fireEvent(new KeyEvent(KeyEvent.KEY_RELEASED, "", "", key, false, false, false, false));
    }

    /// Waits until a condition holds; not on the FX thread.
    public static void await(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> OnFx.get(condition));
        } catch (TimeoutException e) {
            throw new AssertionError("the page did not change in time", e);
        }
    }

    @Override
    public void close() {
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }
}
