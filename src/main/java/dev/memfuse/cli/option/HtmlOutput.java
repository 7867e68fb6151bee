package dev.memfuse.cli.option;

import java.nio.file.Path;

import picocli.CommandLine.Option;

/// The option `--html` of the commands that measure, as a mixin.
public final class HtmlOutput extends FileOutput {
    private static final String NAME = "--html";

    public HtmlOutput() {
        super(NAME);
    }

    @Option(names = NAME, paramLabel = "FILE", description = "Write the report to this file as one HTML page.")
    void file(Path target) {
        write(target);
    }
}
