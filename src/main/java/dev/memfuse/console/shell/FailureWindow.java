package dev.memfuse.console.shell;

import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TextClipboard;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.log.LogLocation;

/// A window that says why the program did not start. It uses no service of the program. FX thread only.
public final class FailureWindow {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 360;

    private FailureWindow() {}

    /// What the window says.
    ///
    /// @param sentence what failed and what to do
    /// @param details the failure and its causes, for a report; no stack trace
    /// @param log path of the log, or why there is none
    public record Failure(String sentence, String details, LogLocation log) {}

    /// Shows the window.
    ///
    /// @return the stage; closing it is the end of the program
    public static Stage show(Failure failure) {
        Stage stage = new Stage();
        Label title = new Label("MemFuse Console did not start");
        title.getStyleClass().add("page-title");
        Label sentence = new Label(Sentences.shortened(failure.sentence()));
        sentence.setId("sentence");
        sentence.setWrapText(true);
        Label log = new Label(failure.log().hint());
        log.getStyleClass().add("hint");
        log.setWrapText(true);
        TextArea details = new TextArea(failure.details());
        details.setEditable(false);
        details.setAccessibleText("Details of the failure");
        VBox.setVgrow(details, Priority.ALWAYS);
        Button copy = new Button("Copy details");
        copy.setOnAction(_ -> TextClipboard
                .copy(String.join(System.lineSeparator(), failure.sentence(), log.getText(), failure.details())));
        Button quit = new Button("Quit");
        quit.getStyleClass().add("accent");
        quit.setDefaultButton(true);
        quit.setCancelButton(true);
        quit.setOnAction(_ -> stage.hide());
        HBox buttons = new HBox(copy, quit);
        buttons.getStyleClass().add("tool-row");
        VBox root = new VBox(title, sentence, log, details, buttons);
        root.getStyleClass().addAll("shell", "dialog-card");
        stage.setTitle("MemFuse Console");
        stage.setScene(new Scene(root, WIDTH, HEIGHT));
        new Themes(stage.getScene(), Themes.Choice.SYSTEM).close();
        WindowIcon.put(stage);
        stage.show();
        return stage;
    }
}
