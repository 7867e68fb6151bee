package dev.memfuse.cli.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.memfuse.cli.terminal.PrintableText;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// Converters of option values to the types of the JDK. Those of the library name Java types and exceptions, and accept
/// numbers that nobody means, such as `NaN` and `0x1p3`.
public final class ValueConverters {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,300}(\\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private ValueConverters() {}

    /// Replaces the converters of a command and its subcommands.
    public static void register(CommandLine line) {
        line.registerConverter(int.class, ValueConverters::wholeNumber);
        line.registerConverter(Integer.class, ValueConverters::wholeNumber);
        line.registerConverter(long.class, ValueConverters::longNumber);
        line.registerConverter(double.class, ValueConverters::decimalNumber);
        line.registerConverter(Double.class, ValueConverters::decimalNumber);
        line.registerConverter(Path.class, ValueConverters::path);
        line.registerConverter(UUID.class, ValueConverters::id);
        line.registerConverter(Instant.class, new InstantConverter());
    }

    static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw wrong(text, "is not a whole number, or is too large");
        }
    }

    static long longNumber(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw wrong(text, "is not a whole number, or is too large");
        }
    }

    /// Parses a finite decimal number.
    static double decimalNumber(String text) {
        double number = DECIMAL.matcher(text.strip()).matches() ? Double.parseDouble(text.strip()) : Double.NaN;
        if (Double.isFinite(number)) {
            return number;
        }
        throw wrong(text, Double.isNaN(number) ? "is not a number" : "is not a number, or is too large");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw wrong(text, "cannot be the path of a file or folder on this machine");
        }
    }

    private static UUID id(String text) {
        if (ID.matcher(text.strip()).matches()) {
            return UUID.fromString(text.strip());
        }
        throw wrong(text, "is not an id; an example is 0199f3a1-7f2e-7c11-9d5f-2b1c8e4a6d70");
    }

    /// Returns the exception for a value that cannot be read.
    ///
    /// @param problem continues a sentence that begins with the value
    static TypeConversionException wrong(String text, String problem) {
        return new TypeConversionException(
                String.format(Locale.ROOT, "'%s' %s", PrintableText.excerpt(text), problem));
    }
}
