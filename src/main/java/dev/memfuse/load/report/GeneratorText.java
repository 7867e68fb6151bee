package dev.memfuse.load.report;

import java.util.Locale;

import dev.memfuse.load.LoadResult.GeneratorResult;
import dev.memfuse.metrics.stats.Numbers;

/// A load generator in its own process in one line.
final class GeneratorText {
    private GeneratorText() {}

    static String of(GeneratorResult generator) {
        return String.format(Locale.ROOT,
                "Load generator in a process of its own (%d), ms: channel p50 %s, p99 %s, max %s of %s; processor %s, "
                        + "collector %s, longest pause %s",
                generator.pid(), Numbers.percentile(generator.operations(), 50, generator.channelMs().p50()),
                Numbers.percentile(generator.operations(), 99, generator.channelMs().p99()),
                Numbers.value(generator.channelMs().max()), Numbers.count(generator.operations(), "call"),
                Numbers.value(generator.processorMs()), Numbers.count(generator.gcMs()),
                Numbers.value(generator.longestPauseMs()));
    }
}
