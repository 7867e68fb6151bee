package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.util.function.Supplier;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option `--json` of the commands that measure, as a mixin.
public final class JsonOutput {
    private static final String NAME = "--json";

    @Option(names = NAME, paramLabel = "FILE", description = "Write the result to this file as JSON.")
    private @Nullable Path file;

    /// Requires that the file can be written.
    public void check(OutputFiles outputs) {
        outputs.file(NAME, file);
    }

    /// Writes the result when the option is present.
    ///
    /// @param json computes the JSON text
    public void write(Supplier<String> json, Terminal terminal) {
        if (file != null) {
            ResultJson.write(file, json.get());
            terminal.step("Result written to " + file);
        }
    }
}
