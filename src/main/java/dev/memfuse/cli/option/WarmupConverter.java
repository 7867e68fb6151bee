package dev.memfuse.cli.option;

import dev.memfuse.load.Workload.Warmup;
import picocli.CommandLine.ITypeConverter;

/// Parses a warm-up: a time, or `auto` until throughput and latency have settled.
final class WarmupConverter implements ITypeConverter<Warmup> {
    private final DurationConverter times = new DurationConverter();

    @Override
    public Warmup convert(String text) {
        return text.strip().equals("auto") ? Warmup.AUTO : Warmup.fixed(times.convert(text));
    }
}
