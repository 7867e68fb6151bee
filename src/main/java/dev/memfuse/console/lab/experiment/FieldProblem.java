package dev.memfuse.console.lab.experiment;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;

import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.Visibility;

/// Marks the fields of a form that are wrong. FX thread only.
public final class FieldProblem {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private FieldProblem() {}

    /// Shows a problem below its fields.
    ///
    /// @param problem empty for none
    public static void show(Label label, String problem, Node... fields) {
        String sentence = Sentences.shortened(problem);
        label.setText(sentence);
        Visibility.set(label, !sentence.isEmpty());
        for (Node field : fields) {
            field.pseudoClassStateChanged(WRONG, !sentence.isEmpty());
            field.setAccessibleHelp(sentence);
        }
    }
}
