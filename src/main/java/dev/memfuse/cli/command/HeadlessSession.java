package dev.memfuse.cli.command;

import java.util.Optional;

import dev.memfuse.bench.BenchTask;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.lab.advice.run.AdviceService;
import dev.memfuse.lab.advice.run.TrialService;
import dev.memfuse.lab.compare.ComparisonService;
import dev.memfuse.lab.layers.LayersMeasurement;
import dev.memfuse.lab.retrieval.RetrievalMeasurement;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.lab.scorecard.ScorecardService;
import dev.memfuse.lab.sweep.SweepService;
import dev.memfuse.lab.tune.TuneService;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recorder;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerSettings;
import dev.memfuse.server.local.LocalAddress;

/// A running engine without a window. Closed by the command that started it.
public interface HeadlessSession extends AutoCloseable {

    /// Returns one line with product, version and address of the database.
    String database();

    /// Returns the engine.
    MemoryEngine memory();

    /// Returns the service that runs loads on the engine.
    LoadService loads();

    /// Returns the runner of scenarios on the engine.
    ScenarioRunner scenarios();

    /// Returns how the last run was recorded; empty when it was not to be recorded.
    Optional<Recorder.Outcome> recorded();

    /// Returns the service that compares settings on the engine.
    ComparisonService comparisons();

    /// Returns the service that measures throughput and latency against one parameter.
    SweepService sweeps();

    /// Returns the service that derives advice from loads on the engine.
    AdviceService advice();

    /// Returns the service that tries advice on the engine.
    TrialService trials();

    /// Returns the service that searches for better settings of the engine.
    TuneService tunes();

    /// Returns the service that measures the promises of the plan on the engine.
    ScorecardService scorecards();

    /// Returns the benchmarks of the engine, for one run.
    BenchTask bench();

    /// Returns a measurement of retrieval quality, for one run.
    RetrievalMeasurement retrieval();

    /// Returns a measurement of facts and episodes, for one run.
    LayersMeasurement layers();

    /// Returns the job that replaces the vectors of other embedding models.
    Reembedding reembedding();

    /// Returns how the database executes the statements of the store.
    StatementPlans plans();

    /// Records what the engine measured, at most of the last two hours. Blocks.
    ///
    /// @throws RecordingException with the reason when nothing was recorded
    Manifest observe();

    /// Starts a server of the engine. Closing the session closes it before the engine.
    HttpServer serve(ServerSettings settings);

    /// Accepts clients of this account until the session is closed; unless its data is temporary, they find it by the
    /// data folder. A second call has no effect.
    ///
    /// @return the address
    LocalAddress publish();

    /// Ends loads, engine and database, in this order. Blocks; a second call has no effect.
    @Override
    void close();
}
