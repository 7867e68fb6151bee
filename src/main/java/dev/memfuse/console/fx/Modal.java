package dev.memfuse.console.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

/// Makes an overlay modal: while it is visible, Tab moves the focus inside it only, shortcuts of the window do nothing,
/// Esc closes it wherever the focus is, and the focus returns to its place afterwards. FX thread only.
public final class Modal {
    private final Parent overlay;
    private final Runnable close;
    private final Predicate<KeyEvent> allowed;
    private final EventHandler<KeyEvent> filter = this::press;
    private @Nullable Scene scene;
    private @Nullable Node before;

    private Modal(Parent overlay, Runnable close, Predicate<KeyEvent> allowed) {
        this.overlay = overlay;
        this.close = close;
        this.allowed = allowed;
    }

    /// Makes an overlay modal, now and whenever it is shown.
    ///
    /// @param close called for Esc
    public static void install(Parent overlay, Runnable close) {
        install(overlay, close, _ -> false);
    }

    /// Makes an overlay modal, now and whenever it is shown.
    ///
    /// @param close called for Esc
    /// @param allowed accepts the shortcuts of the window that work nevertheless
    public static void install(Parent overlay, Runnable close, Predicate<KeyEvent> allowed) {
        Modal modal = new Modal(overlay, close, allowed);
        Subscription unused = overlay.visibleProperty().subscribe(modal::update)
                .and(overlay.sceneProperty().subscribe(modal::update));
        // Lives as long as the overlay.
        overlay.getProperties().put(Modal.class, unused);
    }

    private void update() {
        Scene shownIn = overlay.isVisible() ? overlay.getScene() : null;
        Scene was = scene;
        if (Objects.equals(shownIn, was)) {
            return;
        }
        scene = shownIn;
        if (was != null) {
            was.removeEventFilter(KeyEvent.KEY_PRESSED, filter);
            if (before != null) {
                before.requestFocus();
                before = null;
            }
        }
        if (shownIn != null) {
            before = shownIn.getFocusOwner();
            shownIn.addEventFilter(KeyEvent.KEY_PRESSED, filter);
            move(shownIn, true);
        }
    }

    private void press(KeyEvent event) {
        Scene in = scene;
        if (in == null) {
            return;
        }
        if (event.getCode() == KeyCode.ESCAPE) {
            close.run();
            event.consume();
        } else if (event.getCode() == KeyCode.TAB) {
            move(in, !event.isShiftDown());
            event.consume();
        } else if (!isInside(event.getTarget()) || isShortcut(in, event)) {
            if (!allowed.test(event)) {
                event.consume();
            }
        }
    }

    private static boolean isShortcut(Scene in, KeyEvent event) {
        return in.getAccelerators().keySet().stream().anyMatch(keys -> keys.match(event));
    }

    private boolean isInside(Object target) {
        for (Node node = target instanceof Node found ? found : null; node != null; node = node.getParent()) {
            if (node.equals(overlay)) {
                return true;
            }
        }
        return false;
    }

    private void move(Scene in, boolean forward) {
        List<Node> targets = new ArrayList<>();
        collect(overlay, targets);
        if (targets.isEmpty()) {
            overlay.requestFocus();
            return;
        }
        int now = targets.indexOf(in.getFocusOwner());
        int next = now < 0 ? 0 : Math.floorMod(now + (forward ? 1 : -1), targets.size());
        targets.get(next).requestFocus();
    }

    private static void collect(Node node, List<Node> into) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()) {
            into.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
        }
    }
}
