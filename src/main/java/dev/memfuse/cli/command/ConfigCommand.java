package dev.memfuse.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.convert.Conversion;
import dev.memfuse.config.convert.Conversion.Outcome;
import dev.memfuse.config.convert.Converter;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.load.report.WriteFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Works on configuration files. Starts nothing.
@Command(name = "config", description = "Convert the configuration of a MemFuse server.",
        exitCodeList = {"0:success", "1:the result cannot be written", "2:wrong usage, or not a configuration"})
public final class ConfigCommand implements Callable<Integer> {
    /// The work of the command.
    enum Action {
        CONVERT
    }

    private final Terminal terminal;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Parameters(index = "0", paramLabel = "ACTION",
            description = "convert: write MemFuse's configuration as one of this program, and list the outcome of each "
                    + "key.")
    private Action action = Action.CONVERT;

    @Parameters(index = "1", paramLabel = "PATH",
            description = "MemFuse's folder config, with config.yaml and its folders, or one file.")
    private Path source = Path.of("");

    @Option(names = "--out", paramLabel = "FILE",
            description = "File to write; an existing file is replaced (default: print it).")
    private @Nullable Path out;

    /// @param terminal receives the list and, without `--out`, the configuration
    public ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        standard.require(Files.exists(source), "There is no file or folder " + source + ".");
        standard.outputs().file("--out", out);
        return switch (action) {
            case CONVERT -> convert();
        };
    }

    private int convert() {
        Conversion result = Converter.convert(source);
        TextTable table = new TextTable(3);
        for (Outcome outcome : Outcome.values()) {
            result.lines().stream().filter(line -> line.outcome() == outcome)
                    .forEach(line -> table.row(line.key(), outcome.label(), line.detail()));
        }
        if (out == null) {
            table.lines().forEach(terminal::step);
            terminal.step(summary(result));
            terminal.print(result.yaml().lines().toList());
            return ExitCodes.FINE;
        }
        terminal.print(table.lines());
        try {
            result.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + out + " cannot be written: " + WriteFailure.describe(e), e);
        }
        terminal.step(summary(result) + ". Written to " + out + "; use it with --config " + out);
        return ExitCodes.FINE;
    }

    private static String summary(Conversion result) {
        return Arrays.stream(Outcome.values()).map(outcome -> String.format(Locale.ROOT, "%,d %s",
                result.lines().stream().filter(line -> line.outcome() == outcome).count(), label(outcome)))
                .collect(Collectors.joining(", "));
    }

    private static String label(Outcome outcome) {
        return outcome == Outcome.NEEDS_A_DECISION
                ? "need a decision"
                : outcome == Outcome.NO_COUNTERPART ? "without a counterpart" : "taken over";
    }
}
