package dev.memfuse.console.lab.export;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.load.report.ResultJson;

/// Writes files off the FX thread and tells the user where they are. FX thread only.
///
/// @param inform shows one sentence to the user
/// @param fail shows why a file was not written
public record ResultFiles(TaskRunner tasks, Consumer<String> inform, Consumer<Throwable> fail) {

    /// Writes a file.
    @FunctionalInterface
    private interface Writer {
        void write() throws Exception;
    }

    /// Writes a text; an existing file is replaced.
    ///
    /// @param content makes the text; not on the FX thread
    public void text(Path file, Callable<String> content) {
        write(file, () -> ResultJson.write(file, content.call()));
    }

    /// Writes a picture; an existing file is replaced.
    public void picture(Path file, ChartPicture picture) {
        write(file, () -> picture.write(file));
    }

    private void write(Path file, Writer writer) {
        tasks.call("write file", () -> {
            writer.write();
            return file;
        }).onSuccess(written -> inform.accept("Written to " + written + ".")).onFailure(fail).start();
    }
}
