package dev.memfuse.cli.option;

import dev.memfuse.load.Threshold;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Parses a threshold such as `add.p99<50`.
public final class ThresholdConverter implements ITypeConverter<Threshold> {

    @Override
    public Threshold convert(String text) {
        try {
            return Threshold.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
