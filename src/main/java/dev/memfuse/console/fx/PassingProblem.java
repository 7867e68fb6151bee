package dev.memfuse.console.fx;

import java.util.function.BooleanSupplier;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// A sentence about what could not be done, which is withdrawn when its reason is gone: the load that ran has ended,
/// the engine is ready, the field has another text. FX thread only.
public final class PassingProblem {
    private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");
    private BooleanSupplier reason = () -> true;

    /// Shows a sentence until the next one, or an empty text for none.
    public void set(String text) {
        set(text, () -> true);
    }

    /// Shows a sentence while its reason holds.
    ///
    /// @param holds returns whether the reason holds; asked by [#check]
    public void set(String text, BooleanSupplier holds) {
        reason = holds;
        sentence.set(text);
    }

    /// Withdraws the sentence when its reason is gone. Called after each change of what a reason depends on, or again
    /// and again while the sentence is visible.
    public void check() {
        if (!sentence.get().isEmpty() && !reason.getAsBoolean()) {
            set("");
        }
    }

    /// Withdraws one sentence; another one stays.
    public void withdraw(String text) {
        if (sentence.get().equals(text)) {
            set("");
        }
    }

    /// Returns the sentence; empty without a problem.
    public String get() {
        return sentence.get();
    }

    /// Returns the sentence; empty without a problem.
    public ReadOnlyStringProperty property() {
        return sentence.getReadOnlyProperty();
    }
}
