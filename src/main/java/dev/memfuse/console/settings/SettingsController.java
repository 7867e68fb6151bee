package dev.memfuse.console.settings;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javafx.beans.property.IntegerProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.fx.Accent;
import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Preferences;
import dev.memfuse.console.fx.Switch;
import dev.memfuse.console.fx.Themes;

/// Binds the Settings page to its view model.
public final class SettingsController {
    private static final int MIB_BITS = 20;

    @FXML
    private ComboBox<Themes.Choice> theme;
    @FXML
    private ComboBox<Accent> accent;
    @FXML
    private ComboBox<Integer> textSize;
    @FXML
    private ComboBox<Integer> redraws;
    @FXML
    private Switch compact;
    @FXML
    private Switch notify;
    @FXML
    private ComboBox<Integer> sampleRate;
    @FXML
    private ComboBox<Integer> recordings;
    @FXML
    private ComboBox<LogLevel> logLevel;
    @FXML
    private GridPane folders;

    private final SettingsViewModel model;

    SettingsController(SettingsViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        showLook();
        model.sampleRate().show(sampleRate, rate -> rate + " per second");
        model.recordings().show(recordings,
                mib -> mib == 0 ? "Record nothing" : "at most " + Formats.size((long) mib << MIB_BITS));
        model.logLevel().show(logLevel, level -> level.name().toLowerCase(Locale.ROOT));
        showFolders();
    }

    private void showLook() {
        Preferences preferences = model.preferences();
        offer(theme, List.of(Themes.Choice.values()), Themes.Choice::label);
        model.themes().choiceProperty().subscribe(theme::setValue);
        theme.valueProperty().subscribe((_, next) -> {
            if (next != model.themes().choiceProperty().get()) {
                model.themes().choose(next);
            }
        });
        offer(accent, List.of(Accent.values()), Accent::label);
        accent.valueProperty().bindBidirectional(preferences.accentProperty());
        offer(textSize, IntStream.rangeClosed(Preferences.MIN_TEXT, Preferences.MAX_TEXT).boxed().toList(),
                size -> size + " px" + (size == Preferences.TEXT ? " (normal)" : ""));
        bind(textSize, preferences.textSizeProperty());
        offer(redraws, Stream.of(1, 2, Preferences.REDRAWS, 10, Preferences.MAX_REDRAWS).toList(),
                count -> count + " per second");
        bind(redraws, preferences.redrawsProperty());
        compact.selectedProperty().bindBidirectional(preferences.compactProperty());
        notify.selectedProperty().bindBidirectional(preferences.notifyProperty());
    }

    /// The object view of an integer property would be collected as garbage, and the binding with it.
    private static void bind(ComboBox<Integer> box, IntegerProperty property) {
        property.subscribe(now -> box.setValue(now.intValue()));
        box.valueProperty().subscribe((_, next) -> property.set(next));
    }

    private static <T> void offer(ComboBox<T> box, List<T> values, Function<T, String> text) {
        box.getItems().setAll(values);
        box.setConverter(Choices.of(text));
    }

    private void showFolders() {
        int line = 0;
        for (Folder folder : model.folders()) {
            Label name = new Label(folder.name());
            name.setMinWidth(Region.USE_PREF_SIZE);
            Label path = new Label(folder.path().toString());
            path.getStyleClass().add("flag-path");
            path.setWrapText(true);
            Button open = new Button("Open");
            open.setMinWidth(Region.USE_PREF_SIZE);
            open.setAccessibleText("Open the folder: " + folder.name());
            open.setOnAction(_ -> model.open(folder));
            folders.addRow(line++, name, path, open);
        }
    }

    @FXML
    void onReset() {
        model.reset();
    }
}
