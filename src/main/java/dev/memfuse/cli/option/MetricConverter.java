package dev.memfuse.cli.option;

import dev.memfuse.lab.paired.Metric;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Parses the name of a metric such as `query.p99`.
public final class MetricConverter implements ITypeConverter<Metric> {

    @Override
    public Metric convert(String text) {
        try {
            return Metric.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
