package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;

/// An option that names a file for a result, as a mixin.
abstract class FileOutput {
    private final String name;
    private @Nullable Path file;

    /// @param name name of the option: `--json`
    FileOutput(String name) {
        this.name = name;
    }

    final void write(Path target) {
        file = target;
    }

    /// Requires that the file can be written.
    public final void check(OutputFiles outputs) {
        outputs.file(name, file);
    }

    /// Writes the result when the option is present.
    ///
    /// @param content computes the text
    public final void write(Callable<String> content, Terminal terminal) {
        if (file != null) {
            ResultJson.write(file, text(content));
            terminal.step("Result written to " + file);
        }
    }

    private static String text(Callable<String> content) {
        try {
            return content.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
