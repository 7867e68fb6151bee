package dev.memfuse.console.live;

import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import javafx.scene.Node;

import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.chart.PictureSheet;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.SaveDialog;
import dev.memfuse.file.PrivateFiles;

/// Exports charts and samples to a file that the user chooses, and says where it is. FX thread only; files are written
/// off the FX thread.
final class LiveExport {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final PageTools tools;
    private final Clock clock;
    private final SaveDialog dialog;

    LiveExport(PageTools tools, Clock clock, SaveDialog dialog) {
        this.tools = tools;
        this.clock = clock;
        this.dialog = dialog;
    }

    /// Saves a picture of `charts` as PNG.
    ///
    /// @param sheet title, time and marks around the charts
    void picture(Node charts, PictureSheet sheet) {
        ChartPicture picture = sheet.take(charts);
        dialog.choose(charts.getScene().getWindow(), proposal("Save the charts as PNG", "PNG picture", "png"))
                .ifPresent(file -> tools.tasks().call("save picture", () -> {
                    picture.write(file);
                    return file;
                }).onSuccess(written -> tools.inform().accept("Picture of the charts written to " + written + "."))
                        .start());
    }

    /// Saves a table as CSV.
    void table(Node owner, String csv) {
        dialog.choose(owner.getScene().getWindow(), proposal("Save the visible values as CSV", "CSV table", "csv"))
                .ifPresent(file -> tools.tasks().call("save table", () -> PrivateFiles.replace(file, csv))
                        .onSuccess(written -> tools.inform().accept("Values written to " + written + ".")).start());
    }

    private SaveDialog.Proposal proposal(String title, String type, String extension) {
        return new SaveDialog.Proposal(title, type, extension,
                "memfuse-live-" + STAMP.format(clock.instant().atZone(ZoneId.systemDefault())) + "." + extension);
    }
}
