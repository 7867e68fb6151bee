package dev.memfuse.console.shell;

import java.io.File;
import java.util.function.Predicate;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.DirectoryChooser;

import dev.memfuse.console.fx.Modal;
import dev.memfuse.console.fx.Visibility;

/// The overlay of a window whose data folder another program uses. It covers the pages: nothing on them could work.
public final class FolderInUseController {
    @FXML
    private StackPane overlay;
    @FXML
    private Label problem;
    @FXML
    private Label folderUser;
    @FXML
    private Button again;

    private final FolderInUseViewModel model;
    private final Predicate<KeyEvent> quit;

    /// @param quit accepts the shortcut that closes the window
    public FolderInUseController(FolderInUseViewModel model, Predicate<KeyEvent> quit) {
        this.model = model;
        this.quit = quit;
    }

    @FXML
    void initialize() {
        overlay.visibleProperty().bind(model.inUseProperty());
        problem.textProperty().bind(model.problemProperty());
        folderUser.textProperty().bind(model.holderProperty());
        Visibility.whileFilled(folderUser);
        Visibility.bind(again, model.freeProperty());
        Modal.install(overlay, model::quit, quit);
    }

    @FXML
    void onAgain() {
        model.again();
    }

    @FXML
    void onOther() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Data folder");
        File folder = chooser.showDialog(overlay.getScene().getWindow());
        if (folder != null) {
            model.open(folder.toPath());
        }
    }

    @FXML
    void onShow() {
        model.show();
    }

    @FXML
    void onQuit() {
        model.quit();
    }
}
