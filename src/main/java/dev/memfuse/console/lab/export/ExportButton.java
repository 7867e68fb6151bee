package dev.memfuse.console.lab.export;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.stage.FileChooser;

import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.fx.Icons;
import org.kordamp.ikonli.javafx.FontIcon;

/// A button whose menu writes a result to a file of the user's choice: as a picture, and in the formats of the
/// experiment. FX thread only.
public final class ExportButton extends MenuButton {
    private static final Map<String, String> LABELS = Map.of("png", "Picture (PNG)…", "csv", "Table (CSV)…", "html",
            "Report (HTML)…", "json", "Data (JSON)…");

    public ExportButton() {
        super("Export", new FontIcon(Icons.SAVE));
        setAccessibleText("Export: write this result to a file");
    }

    /// Offers the formats of a result.
    ///
    /// @param name name of a file without its extension
    /// @param picture the node of which a picture is taken
    /// @param texts content by extension: `csv`, `html` or `json`; in the order of the menu
    public void offer(String name, Node picture, Map<String, Callable<String>> texts, ResultFiles files) {
        getItems().setAll(item(name, "png", file -> files.picture(file, ChartPicture.of(picture))));
        texts.forEach((extension, content) -> getItems()
                .add(item(name, extension, file -> files.text(file, content))));
    }

    private MenuItem item(String name, String extension, Consumer<Path> write) {
        MenuItem item = new MenuItem(LABELS.getOrDefault(extension, extension));
        item.setId("export-" + extension);
        item.setOnAction(_ -> choose(name, extension, write));
        return item;
    }

    private void choose(String name, String extension, Consumer<Path> write) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("File for the result");
        chooser.setInitialFileName(name + "." + extension);
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(extension.toUpperCase(Locale.ROOT), "*." + extension));
        File file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            write.accept(file.toPath());
        }
    }
}
