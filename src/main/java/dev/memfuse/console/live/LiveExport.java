package dev.memfuse.console.live;

import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

import javafx.scene.Node;
import javafx.stage.FileChooser;

import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.file.PrivateFiles;

/// Exports charts and samples to a file that the user chooses. FX thread only; files are written off the FX thread.
public final class LiveExport {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final TaskRunner tasks;
    private final Clock clock;

    public LiveExport(TaskRunner tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /// Saves a picture of `charts` as PNG.
    void picture(Node owner, Node charts) {
        ChartPicture picture = ChartPicture.of(charts);
        chooseFile(owner, "Save the charts as PNG", "PNG picture", "png")
                .ifPresent(file -> tasks.call("save picture", () -> {
                    picture.write(file);
                    return file;
                }).start());
    }

    /// Saves a table as CSV.
    void table(Node owner, String csv) {
        chooseFile(owner, "Save the visible values as CSV", "CSV table", "csv").ifPresent(file -> tasks
                .call("save table", () -> PrivateFiles.writeString(file, csv)).start());
    }

    private Optional<Path> chooseFile(Node owner, String title, String type, String extension) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(type, "*." + extension));
        chooser.setInitialFileName(
                "memfuse-live-" + STAMP.format(clock.instant().atZone(ZoneId.systemDefault())) + "." + extension);
        return Optional.ofNullable(chooser.showSaveDialog(owner.getScene().getWindow())).map(File::toPath);
    }
}
