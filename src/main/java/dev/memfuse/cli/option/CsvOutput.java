package dev.memfuse.cli.option;

import java.nio.file.Path;

import picocli.CommandLine.Option;

/// The option `--csv` of the commands that measure, as a mixin.
public final class CsvOutput extends FileOutput {
    private static final String NAME = "--csv";

    public CsvOutput() {
        super(NAME);
    }

    @Option(names = NAME, paramLabel = "FILE", description = "Write the figures to this file as CSV.")
    void file(Path target) {
        write(target);
    }
}
