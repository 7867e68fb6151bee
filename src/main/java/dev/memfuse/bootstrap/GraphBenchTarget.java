package dev.memfuse.bootstrap;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.bench.BenchTarget;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.journal.JournalStatus;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.metrics.SpeculationStats;
import dev.memfuse.store.pool.DatabaseTarget;

/// The running program as benchmarks see it.
record GraphBenchTarget(AppGraph graph) implements BenchTarget {

    private EngineStack stack() {
        return graph.host().stack().orElseThrow();
    }

    @Override
    public MemoryEngine engine() {
        return stack().engine();
    }

    @Override
    public MemoryStore store() {
        return stack().store();
    }

    @Override
    public DatabaseTarget target() {
        return stack().target();
    }

    @Override
    public JournalStatus journal() {
        return stack().journal().status();
    }

    @Override
    public SpeculationStats.Counts speculation() {
        return graph.metrics().speculation().counts();
    }

    @Override
    public Tunables tunables() {
        return graph.tunables();
    }

    @Override
    public String database() {
        return graph.host().database();
    }

    @Override
    public Path folder() {
        return stack().folder();
    }

    @Override
    public Started start(Path folder) throws InterruptedException {
        AppGraph other = new AppGraph(new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(),
                Optional.empty(), Optional.of(folder), false, List.of()), graph.log());
        try {
            DefaultProgramServices.awaitReady(other, _ -> {});
        } catch (RuntimeException | InterruptedException e) {
            other.close();
            throw e;
        }
        return new Started() {
            @Override
            public MemoryEngine engine() {
                return other.host().engine().orElseThrow();
            }

            @Override
            public void close() {
                other.close();
            }
        };
    }
}
