package dev.memfuse.bootstrap;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.client.KeptConnections;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.OnnxEmbeddingModel;
import dev.memfuse.engine.model.Passage;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.metrics.FirstAccesses;
import dev.memfuse.metrics.SpeculationStats;
import dev.memfuse.metrics.WorkStats;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerSettings;
import dev.memfuse.store.baseline.CopyBaseline;
import dev.memfuse.store.baseline.InsertBaseline;
import dev.memfuse.store.baseline.RoundTrip;
import dev.memfuse.store.baseline.StorageStats;

/// Gives the benchmarks access to the engine of an [AppGraph] and to the resources of its [EngineStack].
///
/// @param graph a graph whose engine is ready
record GraphBenchTarget(AppGraph graph) implements BenchTarget {

    private EngineStack stack() {
        return graph.host().stack().orElseThrow();
    }

    @Override
    public MemoryEngine engine() {
        return stack().engine();
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
    public long journalBytes() {
        return stack().journal().status().backlogBytes();
    }

    @Override
    public SpeculationStats.Counts speculation() {
        return graph.metrics().speculation().counts();
    }

    @Override
    public FirstAccesses collectFirstAccesses() {
        return graph.metrics().collectFirstAccesses();
    }

    @Override
    public void store(SessionKey session, List<NewMessage> messages, List<float[]> vectors) {
        // The name that the index expects; with another one it would embed every message again.
        String model = EmbeddingModels.chunkName(tunables().get().embedding());
        List<Chunk> chunks = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            NewMessage message = messages.get(i);
            chunks.add(new Chunk(UuidCreator.getTimeOrderedEpochPlus1(), List.of(message.id()), message.content(),
                    "message", 1, vectors.get(i), model));
        }
        stack().store().rounds().store(session.userId(), List.of(round(session, messages, chunks)), Duration.ZERO);
    }

    private static StoredRound round(SessionKey session, List<NewMessage> messages, List<Chunk> chunks) {
        return new StoredRound(UuidCreator.getTimeOrderedEpochPlus1(), session, Instant.now(), messages, List.of(),
                chunks, Set.of());
    }

    @Override
    public RoundWriter openInsert() {
        InsertBaseline insert = InsertBaseline.open(stack().target());
        return new BaselineWriter(insert::store, insert::close);
    }

    @Override
    public RoundWriter openCopy() {
        CopyBaseline copy = CopyBaseline.open(stack().target());
        return new BaselineWriter(copy::store, copy::close);
    }

    private record BaselineWriter(Consumer<StoredRound> statement, Runnable closing) implements RoundWriter {
        @Override
        public void store(SessionKey session, List<NewMessage> messages) {
            statement.accept(round(session, messages, List.of()));
        }

        @Override
        public void close() {
            closing.run();
        }
    }

    @Override
    public RoundTrips openRoundTrips(boolean proxied) {
        NetworkService network = stack().network();
        if (!proxied) {
            return new OpenRoundTrips(RoundTrip.open(stack().target()), () -> {});
        }
        NetworkService.Hold hold = network.hold();
        try {
            return new OpenRoundTrips(RoundTrip.open(stack().target().through(network::route, new WorkStats())), hold);
        } catch (Throwable e) {
            hold.close();
            throw e;
        }
    }

    private record OpenRoundTrips(RoundTrip trips, NetworkService.Hold hold) implements RoundTrips {
        @Override
        public void run() {
            trips.run();
        }

        @Override
        public void close() {
            trips.close();
            hold.close();
        }
    }

    @Override
    public ServedEngine openServer() {
        HttpServer server = HttpServer.start(ServerSettings.loopback(0), graph.server());
        return new OpenServer(server, new KeptConnections(URI.create(server.url())));
    }

    private record OpenServer(HttpServer server, KeptConnections client) implements ServedEngine {
        @Override
        public Runnable client(SessionKey session, List<List<NewMessage>> batches) {
            return client.caller(session.sessionId(), batches)::add;
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    @Override
    public StorageStats openStorageStats() {
        return StorageStats.open(stack().target());
    }

    @Override
    public Embedder loadEmbedder(EmbeddingModelKind kind) {
        OnnxEmbeddingModel model = OnnxEmbeddingModel.load(kind);
        return new PooledEmbedder(model, EmbeddingModels.over(model, embedding().context()),
                new EmbeddingPool(() -> embedding().threads(), () -> embedding().batchSize()));
    }

    private EmbeddingConfig embedding() {
        return tunables().get().embedding();
    }

    private record PooledEmbedder(OnnxEmbeddingModel model, EmbeddingModel contextual, EmbeddingPool pool)
            implements
                Embedder {
        @Override
        public String name() {
            return model.name();
        }

        @Override
        public List<String> inContext(List<String> messages, int round) {
            List<Passage> passages = IntStream.range(0, messages.size())
                    .mapToObj(i -> new Passage(i == 0 ? "" : messages.get(i - 1), messages.get(i))).toList();
            return IntStream.iterate(0, from -> from < passages.size(), from -> from + round)
                    .mapToObj(from -> passages.subList(from, Math.min(from + round, passages.size())))
                    .flatMap(together -> contextual.texts(together).stream()).toList();
        }

        @Override
        public List<float[]> embedDirectly(List<String> texts) {
            return model.embed(texts);
        }

        @Override
        public List<float[]> embedInPool(List<String> texts) {
            return pool.embed(model, texts);
        }

        @Override
        public void close() {
            pool.close();
            model.close();
        }
    }

    @Override
    public StartedEngine start(Path folder) throws InterruptedException {
        AppGraph other = new AppGraph(new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(),
                Optional.empty(), Optional.of(folder), false, List.of()), graph.log());
        try {
            DefaultProgramServices.awaitReady(other, _ -> {});
        } catch (Throwable e) {
            other.close();
            throw e;
        }
        return new StartedEngine() {
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

    @Override
    public StartedProgram startProgram(Path folder) throws InterruptedException {
        return ProgramProcess.start(folder);
    }
}
