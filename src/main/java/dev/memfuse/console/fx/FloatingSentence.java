package dev.memfuse.console.fx;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

/// A sentence about an editor that floats below it, over what follows: nothing moves when it appears or goes, and the
/// mouse reaches what lies beneath. FX thread only.
public final class FloatingSentence {
    private static final double GAP = 2;
    private static final double WIDEST = 320;
    private static final String RAISED_IN = "card";
    /// Key of the number of shown sentences in the properties of an ancestor.
    private static final String SENTENCES = "dev.memfuse.sentences";

    private final Label label = new Label();
    private final Pane parent;
    private final Node editor;
    private boolean raised;

    private FloatingSentence(Pane parent, Node editor, String styleClass) {
        this.parent = parent;
        this.editor = editor;
        label.getStyleClass().addAll(styleClass, "floating-sentence");
        label.setWrapText(true);
        label.setManaged(false);
        label.setMouseTransparent(true);
    }

    /// Shows a text below an editor while it is not empty.
    ///
    /// @param parent has the editor as its child
    /// @param styleClass class of the sentence
    /// @return the label
    public static Label always(Pane parent, Node editor, ObservableValue<String> text, String styleClass) {
        return of(parent, editor, text, styleClass, Bindings.createBooleanBinding(() -> true));
    }

    /// Shows a text below an editor while it is not empty and the editor has the focus or the mouse, for editors that
    /// stand close.
    ///
    /// @param parent has the editor as its child
    /// @param styleClass class of the sentence
    /// @return the label
    public static Label whileUsed(Pane parent, Node editor, ObservableValue<String> text, String styleClass) {
        return of(parent, editor, text, styleClass,
                Bindings.or(editor.focusedProperty(), editor.hoverProperty()));
    }

    private static Label of(Pane parent, Node editor, ObservableValue<String> text, String styleClass,
            ObservableBooleanValue when) {
        FloatingSentence sentence = new FloatingSentence(parent, editor, styleClass);
        Label label = sentence.label;
        label.textProperty().bind(text);
        label.visibleProperty().bind(Bindings.isNotEmpty(label.textProperty()).and(when));
        label.textProperty().subscribe(sentence::place);
        label.visibleProperty().subscribe(sentence::raise);
        editor.boundsInParentProperty().subscribe(sentence::place);
        parent.widthProperty().subscribe(sentence::place);
        parent.getChildren().add(label);
        return label;
    }

    /// Keeps the right end of the sentence at that of its parent, where the editors are.
    private void place() {
        if (!label.isVisible()) {
            return;
        }
        label.applyCss();
        Bounds field = editor.getBoundsInParent();
        double widest = Math.max(field.getWidth(), WIDEST);
        double width = Math.min(Math.ceil(label.prefWidth(-1)), widest);
        double right = Math.max(field.getMaxX(), parent.getWidth());
        label.resizeRelocate(right - width, field.getMaxY() + GAP, width, Math.ceil(label.prefHeight(width)));
    }

    /// Draws the sentence above what follows: the siblings of each of its ancestors within the card, and other cards.
    private void raise() {
        boolean raise = label.isVisible();
        if (raise != raised) {
            raised = raise;
            label.setViewOrder(raise ? -1 : 0);
            for (Node node = parent; node != null; node = node.getParent()) {
                int sentences = node.getProperties().get(SENTENCES) instanceof Integer shown ? shown : 0;
                int now = sentences + (raise ? 1 : -1);
                node.getProperties().put(SENTENCES, now);
                node.setViewOrder(now > 0 ? -1 : 0);
                if (node.getStyleClass().contains(RAISED_IN)) {
                    break;
                }
            }
        }
        place();
    }
}
