package dev.memfuse.console.flags;

import java.util.function.UnaryOperator;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ValueType;
import dev.memfuse.console.fx.FloatingSentence;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Switch;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.lab.effect.OneSetting;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// One key as a row: its texts at the left, its editor at the right.
final class FlagRow {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final FlagModel flag;
    private final ReadOnlyObjectProperty<EffectsModel.Shown> effect;
    private final Runnable measure;

    private FlagRow(FlagModel flag, ReadOnlyObjectProperty<EffectsModel.Shown> effect, Runnable measure) {
        this.flag = flag;
        this.effect = effect;
        this.measure = measure;
    }

    /// Returns the row of a key; it is visible while the key matches the search.
    ///
    /// @param effect what was measured of the setting
    /// @param measure offers to measure it
    static Node of(FlagModel flag, ReadOnlyObjectProperty<EffectsModel.Shown> effect, Runnable measure) {
        return new FlagRow(flag, effect, measure).create();
    }

    private Node create() {
        HBox row = new HBox(texts(), editorBox());
        row.getStyleClass().add("flag-row");
        row.visibleProperty().bind(flag.shownProperty());
        row.managedProperty().bind(flag.shownProperty());
        return row;
    }

    /// Returns the node id of the editor of a setting.
    static String editorId(String path) {
        return "flag-" + path.replace('.', '-');
    }

    private Node texts() {
        ConfigKey key = flag.key();
        VBox text = new VBox(label(key.title(), "flag-title"), KeyPath.of(key.path()),
                label(key.description(), "flag-text"));
        if (!key.planExpectation().isEmpty()) {
            text.getChildren().add(label(key.planExpectation(), "hint"));
        }
        if (OneSetting.comparable(key)) {
            text.getChildren().add(effectLine());
        }
        text.getStyleClass().add("flag-meaning");
        HBox.setHgrow(text, Priority.ALWAYS);
        return text;
    }

    /// Returns the node id of the button that measures a setting.
    static String measureId(String path) {
        return "try-" + path.replace('.', '-');
    }

    private Node effectLine() {
        Label shown = label("", "flag-effect");
        shown.textProperty().bind(effect.map(EffectsModel.Shown::text));
        effect.subscribe(
                now -> shown.pseudoClassStateChanged(STALE, now.state() != EffectsModel.State.CURRENT));
        Button tryIt = new Button("Try it");
        tryIt.getStyleClass().add("small");
        tryIt.setId(measureId(flag.key().path()));
        tryIt.setMinWidth(Region.USE_PREF_SIZE);
        tryIt.setAccessibleText("Measure the effect of " + flag.key().title());
        tryIt.setOnAction(_ -> measure.run());
        HBox line = new HBox(tryIt, shown);
        line.getStyleClass().add("flag-effect-line");
        return line;
    }

    private Node defaultLine() {
        Label usual = label("", "hint");
        usual.textProperty().bind(flag.otherDefaultProperty().map(text -> "Default: " + text));
        HBox line = new HBox(usual);
        if (flag.key().hot()) {
            Button reset = new Button("Reset");
            reset.getStyleClass().add("small");
            reset.setMinWidth(Region.USE_PREF_SIZE);
            reset.setAccessibleText("Put the default of " + flag.key().title() + " in force");
            reset.setOnAction(_ -> flag.reset());
            line.getChildren().add(reset);
        }
        line.getStyleClass().add("flag-default");
        Visibility.bind(line, flag.otherDefaultProperty().isNotEmpty());
        return line;
    }

    private Node editorBox() {
        Control editor = editor();
        editor.setId(editorId(flag.key().path()));
        editor.setAccessibleText(flag.key().title());
        editor.setDisable(!flag.key().hot());
        VBox box = new VBox(editor);
        if (!flag.key().hot()) {
            Label fixedAtStart = label("Fixed at start", "hint");
            fixedAtStart.setGraphic(new FontIcon(Icons.LOCK));
            box.getChildren().add(fixedAtStart);
        } else if (!flag.range().isEmpty()) {
            box.getChildren().add(boundLabel(flag.hintProperty(), "hint"));
        }
        box.getChildren().add(defaultLine());
        Label risk = boundLabel(flag.riskProperty(), "flag-risk");
        risk.setGraphic(new FontIcon(Icons.WARNING));
        // They come and go while a person types: no row moves then.
        FloatingSentence.always(box, editor, Bindings.createStringBinding(
                () -> flag.problemProperty().get().isEmpty() ? flag.unappliedProperty().get() : "",
                flag.problemProperty(), flag.unappliedProperty()), "hint");
        FloatingSentence.always(box, editor, flag.problemProperty(), "form-problem");
        flag.problemProperty().subscribe(text -> {
            editor.pseudoClassStateChanged(WRONG, !text.isEmpty());
            editor.setAccessibleHelp(text);
        });
        box.getChildren().add(risk);
        box.getStyleClass().add("flag-editor");
        return box;
    }

    private Control editor() {
        return switch (flag.key().range().type()) {
            case BOOLEAN -> toggle();
            case CHOICE -> choice();
            case INTEGER, SECONDS, FRACTION, TEXT, SERVER_SETTING -> field();
        };
    }

    private Control toggle() {
        Switch toggle = new Switch();
        toggle.textProperty().bind(toggle.selectedProperty().map(on -> on ? "On" : "Off"));
        flag.textProperty().subscribe(text -> toggle.setSelected(Boolean.parseBoolean(text)));
        toggle.selectedProperty().subscribe(on -> submit(Boolean.toString(on)));
        return toggle;
    }

    private Control choice() {
        ComboBox<String> choice = new ComboBox<>();
        choice.getItems().setAll(flag.key().range().choices());
        choice.setMaxWidth(Double.MAX_VALUE);
        // The list has space for the risk of a choice; the closed box has not, and the row shows it below.
        choice.setCellFactory(_ -> new ChoiceCell(flag.key()::label));
        choice.setButtonCell(new ChoiceCell(UnaryOperator.identity()));
        flag.textProperty().subscribe(choice::setValue);
        choice.valueProperty().subscribe(this::submit);
        return choice;
    }

    private void submit(String chosen) {
        if (!chosen.equals(flag.textProperty().get())) {
            flag.textProperty().set(chosen);
            flag.submit();
        }
    }

    /// A choice with its label.
    private static final class ChoiceCell extends ListCell<String> {
        private final UnaryOperator<String> labels;

        ChoiceCell(UnaryOperator<String> labels) {
            this.labels = labels;
        }

        @Override
        protected void updateItem(@Nullable String item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? "" : labels.apply(item));
        }
    }

    private Control field() {
        TextField field = new TextField();
        if (flag.key().range().type() != ValueType.TEXT) {
            field.getStyleClass().add("number-field");
        }
        field.textProperty().bindBidirectional(flag.textProperty());
        field.setOnAction(_ -> flag.submit());
        field.focusedProperty().subscribe(focused -> {
            if (!focused && isInActiveWindow(field)) {
                flag.submit();
            }
        });
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                flag.revert();
                event.consume();
            }
        });
        return field;
    }

    /// A person who leaves the window or the page, not the field, may come back to what is half typed.
    private static boolean isInActiveWindow(Node node) {
        Scene scene = node.getScene();
        return scene != null && scene.getWindow() != null && scene.getWindow().isFocused();
    }

    /// Returns a label that is visible while its text is not empty.
    private static Label boundLabel(ReadOnlyStringProperty text, String styleClass) {
        Label label = label("", styleClass);
        label.textProperty().bind(text);
        label.visibleProperty().bind(text.isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    private static Label label(String text, String styleClass) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(styleClass);
        return label;
    }
}
