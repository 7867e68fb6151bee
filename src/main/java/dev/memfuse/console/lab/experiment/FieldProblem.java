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

    /// Shows a problem beside the button that runs the form, where it moves nothing, and marks its fields.
    ///
    /// @param name name of the field in the form, before the problem
    /// @param problem empty for none
    public static void show(Label label, String name, String problem, Node... fields) {
        mark(label, problem.isEmpty() ? "" : name + ": " + Sentences.shortened(problem), fields);
    }

    /// Shows a problem below its field, and marks the field.
    ///
    /// @param problem empty for none
    public static void showBelow(Label label, String problem, Node field) {
        mark(label, Sentences.shortened(problem), field);
    }

    private static void mark(Label label, String sentence, Node... fields) {
        label.setText(sentence);
        Visibility.set(label, !sentence.isEmpty());
        for (Node field : fields) {
            field.pseudoClassStateChanged(WRONG, !sentence.isEmpty());
            field.setAccessibleHelp(sentence);
        }
    }
}
