package dev.memfuse.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.Watchdog;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.connection.SavedConnections;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.profile.ProfilesOfStart;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.section.MonitoringConfig;
import dev.memfuse.config.yaml.FileConnections;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.context.EngineControl;
import dev.memfuse.console.context.Monitoring;
import dev.memfuse.console.context.Settings;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.lab.layers.LayersMeasurement;
import dev.memfuse.lab.retrieval.MeasurementContext;
import dev.memfuse.lab.retrieval.RetrievalMeasurement;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Sampler;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.alert.AlertLimits;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import dev.memfuse.monitoring.MetricsFile;
import dev.memfuse.monitoring.PrometheusMetrics;
import dev.memfuse.postgres.embedded.DataDirectories;
import dev.memfuse.postgres.embedded.ServerOptions;
import dev.memfuse.postgres.probe.Credentials;
import dev.memfuse.postgres.probe.PgServerView;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerControl;
import dev.memfuse.server.local.LocalAddress;
import dev.memfuse.target.Targets;
import dev.memfuse.target.jmx.JmxTargets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All services of one run of the program: configuration, metrics, engine host and loads. Constructs them in order and
/// closes them in the opposite order: loads, engine, sampler. Held by the caller of [DefaultProgramServices].
/// Thread-safe.
final class AppGraph implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppGraph.class);
    private static final Duration METRICS_INTERVAL = Duration.ofSeconds(10);
    /// Time for the shutdown steps after the buffers: extraction, models, pool.
    private static final Duration EXIT_MARGIN = Duration.ofSeconds(15);

    private final ProgramLog log;
    private final Optional<RemoteServer> remote;
    private final Path dataFolder;
    private final boolean temporary;
    private final LiveTunables tunables;
    private final ConfigProfiles profiles;
    private final SavedConnections connections;
    private final MetricsHub metrics;
    private final PerformanceMonitor monitor;
    private final Sampler sampler;
    private final Optional<MetricsFile> metricsFile;
    private final Watchdog watchdog;
    private final LocalEngineHost host;
    private final LabGraph lab;
    private final List<Runnable> beforeClose = new CopyOnWriteArrayList<>();
    private final ServerControl serverControl;
    private final Targets targets = new JmxTargets();
    private @Nullable LocalEndpoint endpoint;
    private boolean closed;

    /// Constructs the services and starts only the sampler.
    ///
    /// @param log applies the log level of the configuration
    /// @throws dev.memfuse.config.ConfigException when the configuration is invalid
    AppGraph(LaunchOptions options, ProgramLog log) {
        this(options, log, Credentials::fromEnvironment);
    }

    /// @param credentials returns the login for an external server
    AppGraph(LaunchOptions options, ProgramLog log, Supplier<Credentials> credentials) {
        this(options, log, credentials, Optional.empty());
    }

    /// Returns a graph whose loads drive a server; its engine is never started.
    static AppGraph onServer(LaunchOptions options, ProgramLog log, RemoteServer server) {
        return new AppGraph(options, log, Credentials::fromEnvironment, Optional.of(server));
    }

    private AppGraph(LaunchOptions options, ProgramLog log, Supplier<Credentials> credentials,
            Optional<RemoteServer> remote) {
        this.remote = remote;
        this.log = log;
        dataFolder = dataFolder(options);
        temporary = options.ephemeral();
        connections = new FileConnections(dataFolder.resolve("connections.yaml"));
        ConfigProfiles files = profiles(options);
        MemFuseConfig config = LaunchConfiguration.of(options, files);
        profiles = new ProfilesOfStart(files, config);
        HeapCheck.require();
        log.level(config.monitoring().logLevel());
        NativeReadsCheck.warn();
        Clock clock = SteadyClock.process();
        tunables = new LiveTunables(config, clock);
        metrics = new MetricsHub(clock);
        monitor = new PerformanceMonitor(metrics, () -> limits(tunables.get().monitoring().thresholds()),
                new AlertRulesFile(dataFolder).load(), this::preparesLoad);
        metrics.onMark(mark -> {
            if (mark.kind() == EventMark.Kind.ALERT || mark.kind() == EventMark.Kind.ALERT_END) {
                LOG.info("Alert: {}", mark.text());
            }
        });
        tunables.onChange(change -> metrics.mark(EventMark.Kind.CHANGE, describe(change)));
        tunables.onChange(_ -> log.level(tunables.get().monitoring().logLevel()));
        host = new LocalEngineHost(
                (options.ephemeral() ? ServerOptions.temporary(dataFolder) : ServerOptions.keptIn(dataFolder))
                        .withExitGrace(config.buffer().performance().shutdownTimeout().plus(EXIT_MARGIN)),
                config.postgres().url(), tunables, metrics, credentials, log::location);
        serverControl = new ServerControl(server());
        lab = new LabGraph(options, dataFolder,
                new LabGraph.Environment(tunables, metrics, host, profiles, log, remote));
        // Last: they work from here on.
        metricsFile = options.metricsFile().map(this::metricsFile);
        sampler = new Sampler(metrics, () -> tunables.get().monitoring().sampleRate(), monitor::evaluate, clock);
        watchdog = new Watchdog(
                problems -> monitor.background(problems, clock.instant(), log.location().hint()));
    }

    /// Returns whether the running load is being prepared or warms up.
    private boolean preparesLoad() {
        return lab.phase().filter(phase -> phase == LoadRun.Phase.PREPARING || phase == LoadRun.Phase.WARMUP)
                .isPresent();
    }

    /// Returns the folder for the window's native libraries.
    static Path libraries(LaunchOptions options) {
        return dataFolder(options).resolve("libraries");
    }

    private static Path dataFolder(LaunchOptions options) {
        return dataFolder(options.dataDir());
    }

    /// The data folder of the command line, or the usual one of this account.
    static Path dataFolder(Optional<Path> named) {
        return named.orElseGet(DataDirectories::standard).toAbsolutePath();
    }

    static ConfigProfiles profiles(LaunchOptions options) {
        return new FileProfiles(dataFolder(options).resolve("profiles"));
    }

    static AlertLimits limits(MonitoringConfig.ThresholdsConfig thresholds) {
        return new AlertLimits(thresholds.connectionPoolAccess().toNanos(), thresholds.add().toNanos(),
                thresholds.query().toNanos(), thresholds.errorRate(), thresholds.heapUsed());
    }

    private static String describe(Tunables.Change change) {
        String keys = change.keys().stream().limit(3).map(Object::toString).collect(Collectors.joining(", "));
        int more = change.keys().size() - 3;
        return keys + (more > 0 ? " and " + more + " more" : "");
    }

    /// Returns one line about the database in use, or about the server that loads drive.
    String database() {
        return remote.map(RemoteServer::description).orElseGet(host::database);
    }

    /// Returns the host, which holds the running engine.
    LocalEngineHost host() {
        return host;
    }

    /// Returns loads, experiments and recordings.
    LabGraph lab() {
        return lab;
    }

    /// Returns the recordings of a data folder.
    static Recordings recordings(Optional<Path> dataDir) {
        return LabGraph.recordings(dataFolder(dataDir));
    }

    /// Returns a measurement of retrieval quality on the running engine, for one run.
    RetrievalMeasurement retrieval() {
        MemoryEngine engine = host.engine().orElseThrow();
        return new RetrievalMeasurement(engine, new MeasurementContext(host::databaseBytes,
                () -> metrics.buffered().extraction(), properties(engine, "embedding."),
                metrics::retrievalMeasured));
    }

    /// Returns a measurement of facts and episodes on the running engine, for one run.
    LayersMeasurement layers() {
        MemoryEngine engine = host.engine().orElseThrow();
        Map<String, String> properties = properties(engine, "layers.");
        properties.put("llm.provider", ConfigValues.print(ConfigValues.get(tunables.get(), "llm.provider")));
        return new LayersMeasurement(engine, metrics.extraction(), () -> tunables.get().llm(), properties);
    }

    /// Returns the database, the model and the settings of a section, for a report.
    private Map<String, String> properties(MemoryEngine engine, String section) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("database", host.database());
        properties.put("embedding_model", engine.reembedding().status().model());
        ConfigSchema.keys().stream().filter(key -> key.path().startsWith(section)).forEach(key -> properties
                .put(key.path(), ConfigValues.print(ConfigValues.get(tunables.get(), key.path()))));
        return properties;
    }

    private MetricsFile metricsFile(Path file) {
        try {
            return MetricsFile.start(file, new PrometheusMetrics(metrics, EnvironmentInfo.PROGRAM_VERSION),
                    METRICS_INTERVAL);
        } catch (IOException e) {
            throw new EngineException("The metrics file " + file + " cannot be written.", e.toString(), e);
        }
    }

    /// Returns what a server of the running engine needs.
    HttpServer.Dependencies server() {
        return new HttpServer.Dependencies(host::engine, () -> tunables.get().buffer().maxBatchBytes(), metrics,
                () -> tunables.get().server());
    }

    /// Returns the control of the server, for the window and for commands.
    ServerControl serverControl() {
        return serverControl;
    }

    /// Accepts clients of this account until the graph is closed; unless its data is temporary, they find it by the
    /// data folder. A second call has no effect.
    ///
    /// @throws EngineException when the graph is closed, or cannot listen
    synchronized LocalAddress publish() {
        if (closed) {
            throw new EngineException("The program is ending.");
        }
        LocalEndpoint opened = endpoint;
        if (opened == null) {
            opened = temporary
                    ? LocalEndpoint.hidden(dataFolder, server())
                    : LocalEndpoint.published(dataFolder, server());
            endpoint = opened;
        }
        return opened.address();
    }

    ProgramLog log() {
        return log;
    }

    MetricsHub metrics() {
        return metrics;
    }

    Tunables tunables() {
        return tunables;
    }

    /// Registers an action that [#close] runs before it closes the engine.
    ///
    /// @param action stops work that uses the engine; must return soon
    void beforeClose(Runnable action) {
        beforeClose.add(action);
    }

    /// Returns the context of the window.
    ConsoleContext console() {
        return console(dataFolder);
    }

    /// Returns the context of a window for pictures. Its state is stored apart from that of the user's window.
    ConsoleContext pictureConsole() {
        return console(dataFolder.resolve("headless"));
    }

    private ConsoleContext console(Path stateFolder) {
        return new ConsoleContext(new EngineControl(host, host.probe(), new PgServerView(host::target), host.plans(),
                this::stop),
                new Settings(tunables, profiles, connections), new Monitoring(metrics, monitor), lab.loads(),
                lab.scenarios(), lab.services(),
                serverControl, targets, log.location(), stateFolder);
    }

    /// Starts to close in the background, so that the window can display the states of the shutdown. A later [#close]
    /// waits for the end.
    private void stop() {
        BackgroundThreads.platform("engine-shutdown").daemon(false).start(this::close);
    }

    /// Ends a running load, drains and stops the engine, and stops the sampler. Blocks; a second call has no effect.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // The host says meanwhile what the program waits for.
        OrderedClose.all(() -> Optional.ofNullable(endpoint).ifPresent(LocalEndpoint::close), serverControl::close,
                targets::close, () -> OrderedClose.all(
                        beforeClose.stream().<OrderedClose.Step>map(one -> one::run).toArray(OrderedClose.Step[]::new)),
                lab::close, host::close, () -> remote.ifPresent(RemoteServer::close),
                () -> metricsFile.ifPresent(MetricsFile::close), sampler::close, watchdog::close);
    }
}
