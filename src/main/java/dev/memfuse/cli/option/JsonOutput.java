package dev.memfuse.cli.option;

import java.nio.file.Path;

import picocli.CommandLine.Option;

/// The option `--json` of the commands that measure, as a mixin.
public final class JsonOutput extends FileOutput {
    private static final String NAME = "--json";

    public JsonOutput() {
        super(NAME);
    }

    @Option(names = NAME, paramLabel = "FILE", description = "Write the result to this file as JSON.")
    void file(Path target) {
        write(target);
    }
}
