package dev.memfuse.console.live;

import java.util.List;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.chart.Sparkline;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;

/// A figure with its name, its value and its course; a button that shows the chart of the figure. FX thread only.
public final class LiveTile extends VBox {
    private static final PseudoClass ALARM = PseudoClass.getPseudoClass("alarm");
    private static final double MEANING_WIDTH = 380;

    private final Label caption = new Label();
    private final Label value = new Label();
    private final Sparkline course = new Sparkline();
    private final Tooltip meaning = new Tooltip();
    private Runnable action = () -> {};

    public LiveTile() {
        getStyleClass().add("live-tile");
        caption.getStyleClass().add("live-tile-caption");
        caption.setMinWidth(Region.USE_PREF_SIZE);
        value.getStyleClass().add("live-tile-value");
        value.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(caption, value, course);
        meaning.setWrapText(true);
        meaning.setMaxWidth(MEANING_WIDTH);
        Tooltip.install(this, meaning);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        accessibleTextProperty().bind(Bindings.concat(caption.textProperty(), ": ", value.textProperty(), ". Shows the "
                + "chart"));
        accessibleHelpProperty().bind(meaning.textProperty());
        addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
                action.run();
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                event.consume();
                action.run();
            }
        });
    }

    @Override
    public void executeAccessibleAction(AccessibleAction asked, Object... parameters) {
        if (asked == AccessibleAction.FIRE) {
            action.run();
        } else {
            super.executeAccessibleAction(asked, parameters);
        }
    }

    /// Shows a figure.
    ///
    /// @param explanation what it is, of which time and from where
    void show(ReadOnlyBooleanProperty alarm, ObservableValue<String> text, ObservableValue<String> explanation) {
        value.textProperty().bind(text);
        meaning.textProperty().bind(explanation);
        alarm.subscribe(now -> value.pseudoClassStateChanged(ALARM, now));
    }

    /// Shows the course of the figure in a span: the sum of some series.
    void course(SampleRing samples, List<Integer> series, Span span) {
        course.show(samples, series, span);
    }

    /// Sets what a click does.
    void onAction(Runnable next) {
        action = next;
    }

    /// Returns the name of the figure with its unit.
    public StringProperty captionProperty() {
        return caption.textProperty();
    }

    public String getCaption() {
        return caption.getText();
    }

    public void setCaption(String text) {
        caption.setText(text);
    }

    /// Returns the line of the course.
    Sparkline sparkline() {
        return course;
    }
}
