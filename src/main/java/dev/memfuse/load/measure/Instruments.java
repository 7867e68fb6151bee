package dev.memfuse.load.measure;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.load.LoadResult.ExtractionResult;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.LeaseStats;
import dev.memfuse.metrics.MetricsHub;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The instruments of a run besides the operations: pool, leases, pauses, and the timeline. Owns the threads
/// `load-timeline` and `load-hiccups`. For the thread of the run; the timeline is thread-safe.
public final class Instruments implements AutoCloseable {
    private static final long CUT_MILLIS = 250;
    /// The layer of the facts.
    private static final String FACTS = "M2";

    private final MetricsHub hub;
    private final PoolWatch pool;
    private final BacklogWatch backlog;
    private final ProcessHealth health = new ProcessHealth();
    private final ProcessorMeter processors = new ProcessorMeter();
    private final Timeline timeline;
    private final ScheduledExecutorService ticker = BackgroundThreads.timer("load-timeline");
    private final ExtractionStats.Counts extractedBefore;
    private final ExtractionStats.Ages facts;
    private LeaseStats leases;
    private volatile Runnable onSecond = () -> {};
    private int seconds;

    /// Subscribes to the pool's gauges and the leases; starts no thread.
    public Instruments(MetricsHub hub, Measurements measurements) {
        this.hub = hub;
        this.pool = new PoolWatch(hub);
        this.backlog = new BacklogWatch(hub);
        this.timeline = new Timeline(measurements, pool);
        this.leases = hub.collectLeases();
        this.extractedBefore = hub.extraction().counts();
        this.facts = hub.extraction().collectAges(FACTS);
    }

    /// Starts the threads.
    public void start() {
        health.start();
        timeline.start();
        ticker.scheduleAtFixedRate(this::tick, CUT_MILLIS, CUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Sets the work that is done after each second of the timeline, on the thread `load-timeline`.
    public void onSecond(Runnable work) {
        onSecond = work;
    }

    private void tick() {
        timeline.cut();
        processors.take();
        backlog.take();
        int now = timeline.size();
        if (now != seconds) {
            seconds = now;
            try {
                onSecond.run();
            } catch (RuntimeException e) {
                BackgroundHealth.report("load timeline", e);
            }
        }
    }

    /// Starts the measured part: discards the leases and pauses of the warm-up.
    ///
    /// @param from start of the measured part on the clock of [System#nanoTime]
    public void startMeasuring(long from) {
        timeline.startMeasuring(from);
        leases.close();
        leases = hub.collectLeases();
        health.startMeasuring();
        processors.start();
    }

    /// Returns the timeline of the run.
    public Timeline timeline() {
        return timeline;
    }

    /// Returns the backlog of the run so far, oldest first.
    public List<BacklogWatch.Sample> backlog() {
        backlog.take();
        return backlog.samples();
    }

    /// Returns the figures of the pool since [#startMeasuring]. Call once.
    public PoolResult pool() {
        return ResultBuilder.pool(leases.takeWaits(), leases.timeouts(), timeline.measuredPool());
    }

    /// Returns the layers that were built since the run began; null when there was no extraction. Call once.
    ///
    /// @param llm prices of the language model
    public @Nullable ExtractionResult extraction(LlmConfig llm) {
        return ExtractionResult.of(hub.extraction().counts().since(extractedBefore), facts.take(),
                hub.buffered().extraction(), llm);
    }

    /// Returns the pauses since [#startMeasuring] in nanoseconds.
    public Histogram pauses() {
        return health.pauses();
    }

    /// Returns whether this process gets its time.
    ///
    /// @param seconds time since [#startMeasuring]
    public GeneratorHealth health(double seconds) {
        return GeneratorHealth.of(processorsBusy(), gcMillis(), pauses(), seconds);
    }

    /// Returns the mean share of the machine's processor time in use since [#startMeasuring], 0..1; NaN when not known.
    public double processorsBusy() {
        return processors.mean();
    }

    /// Returns the milliseconds of pauses of the collector since [#startMeasuring].
    public long gcMillis() {
        return health.gcMillis();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        health.close();
        leases.close();
        facts.close();
        pool.close();
        backlog.close();
    }
}
