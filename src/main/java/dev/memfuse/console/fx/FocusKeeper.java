package dev.memfuse.console.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

/// Keeps the focus near a control that is hidden or disabled while it has the focus, such as a button that was pressed.
/// The toolkit would move the focus to the next control and scroll to it, away from the sentence about the outcome. A
/// control that was only disabled has the focus again when it is enabled, unless somebody did something meanwhile. FX
/// thread only.
public final class FocusKeeper {
    private final Scene scene;
    private Subscription watching = Subscription.EMPTY;
    private Subscription returning = Subscription.EMPTY;

    private FocusKeeper(Scene scene) {
        this.scene = scene;
    }

    /// Keeps the focus in a scene.
    public static void install(Scene scene) {
        FocusKeeper keeper = new FocusKeeper(scene);
        scene.focusOwnerProperty().subscribe(keeper::watch);
        scene.addEventFilter(InputEvent.ANY, keeper::used);
    }

    private void used(InputEvent event) {
        if (event.getEventType() == KeyEvent.KEY_PRESSED || event.getEventType() == MouseEvent.MOUSE_PRESSED) {
            returning.unsubscribe();
        }
    }

    private void watch(@Nullable Node owner) {
        watching.unsubscribe();
        if (owner == null) {
            return;
        }
        Subscription all = owner.disabledProperty().subscribe(() -> check(owner));
        for (Node node = owner; node != null; node = node.getParent()) {
            all = all.and(node.visibleProperty().subscribe(() -> check(owner)));
        }
        watching = all;
    }

    private void check(Node owner) {
        if (owner.equals(scene.getFocusOwner()) && !isUsable(owner)) {
            near(owner).ifPresent(substitute -> {
                boolean disabled = isShown(owner);
                substitute.requestFocus();
                if (disabled) {
                    returnTo(owner, substitute);
                }
            });
        }
    }

    /// Only while the substitute has the focus: later somebody else has given it to another control.
    private void returnTo(Node owner, Node substitute) {
        returning.unsubscribe();
        returning = owner.disabledProperty().subscribe(disabled -> {
            if (!disabled && substitute.equals(scene.getFocusOwner())) {
                returning.unsubscribe();
                owner.requestFocus();
            }
        });
    }

    /// Returns the control to have the focus: the nearest one before or after in the same form that is no button, so
    /// that a second Enter or Space starts nothing else. Outside a page that scrolls nothing jumps: empty.
    private static Optional<Node> near(Node lost) {
        boolean scrolled = isScrolled(lost);
        Node button = null;
        Node from = lost;
        for (Parent at = lost.getParent(); at != null; at = at.getParent()) {
            if (at instanceof ScrollPane) {
                return Optional.ofNullable(button);
            }
            if (isUsable(at)) {
                List<Node> candidates = around(at, from);
                Optional<Node> quiet = candidates.stream().filter(node -> !(node instanceof ButtonBase)).findFirst();
                if (quiet.isPresent()) {
                    return quiet.filter(_ -> scrolled);
                }
                if (button == null && !candidates.isEmpty()) {
                    button = candidates.getFirst();
                }
                if (button != null && at.getStyleClass().contains("card")) {
                    return Optional.of(button).filter(_ -> scrolled);
                }
            }
            from = at;
        }
        return Optional.empty();
    }

    /// Returns the controls of a parent by their distance: those before a child, the nearest first, and those after it.
    private static List<Node> around(Parent parent, Node child) {
        List<Node> children = parent.getChildrenUnmodifiable();
        int at = Math.max(0, children.indexOf(child));
        List<Node> before = new ArrayList<>();
        children.subList(0, at).forEach(node -> collect(node, before));
        List<Node> found = new ArrayList<>(before.reversed());
        children.subList(at + 1, children.size()).forEach(node -> collect(node, found));
        return found;
    }

    private static void collect(Node node, List<Node> into) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()) {
            into.add(node);
        }
        if (node instanceof Parent parent && (!(node instanceof Control) || node instanceof ScrollPane)) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
        }
    }

    private static boolean isScrolled(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof ScrollPane) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUsable(Node node) {
        return !node.isDisabled() && isShown(node);
    }

    private static boolean isShown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }
}
