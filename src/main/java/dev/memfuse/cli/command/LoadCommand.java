package dev.memfuse.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import dev.memfuse.cli.option.AddressConverter;
import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.OutputFiles;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.option.WorkloadArguments;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioCheck;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.dataset.DatasetCorpus;
import dev.memfuse.load.report.HtmlReport;
import dev.memfuse.load.report.JUnitXml;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.LoadSummary;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts the engine, runs one load and prints its result.
@Command(name = "load", description = "Run a load without a window and print the result.", exitCodeList = {
        "0:the run is good: it kept every limit and threshold", "1:the run failed, or missed a threshold",
        "2:wrong usage or configuration", "3:the run is void: its figures do not describe the load",
        "130:the run was stopped by hand"})
public final class LoadCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final WorkloadArguments load = new WorkloadArguments();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Option(names = "--report", paramLabel = "DIR", description = "Write an HTML report with charts, CSV and JSON.")
    private @Nullable Path report;

    @Option(names = "--junit", paramLabel = "FILE",
            description = "Write verdict and thresholds as JUnit's XML, one test case each, for build servers.")
    private @Nullable Path junit;

    @Option(names = "--scenario", paramLabel = "FILE",
            description = "Scenario: a YAML file, or the name of a shipped one: smoke, steady, spike, soak or outage. "
                    + "Other options override its values.")
    private @Nullable Path scenarioFile;

    @Option(names = "--save-scenario", paramLabel = "FILE",
            description = "Write the scenario that runs, with the values of the options.")
    private @Nullable Path saveFile;

    @Option(names = "--keep-data", description = "Keep the users that the load makes; the same as --set "
            + "load.keep_data=true. 'load-data remove' removes them later.")
    private boolean keepData;

    @Option(names = "--database-away", description = "The database is away on purpose: messages that wait in the "
            + "journal at the end do not fail the run; the same as --set load.database_away=true.")
    private boolean databaseAway;

    @Option(names = "--target", converter = AddressConverter.class, paramLabel = "URL",
            description = "Put the load on this server with MemFuse's API, for instance http://127.0.0.1:8000, instead "
                    + "of the engine of this program. An API key comes from the environment (MEMFUSE_API_KEY).")
    private @Nullable URI target;

    /// @param terminal receives result and progress
    public LoadCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        Scenario scenario = checkedScenario();
        LaunchOptions options = launch.options(switches());
        if (options.profile().isEmpty() && !scenario.profiles().isEmpty()) {
            standard.require(scenario.profiles().size() == 1, "The scenario has several profiles ("
                    + String.join(", ", scenario.profiles()) + "); choose one of them with --profile.");
            options = options.withProfile(scenario.profiles().getFirst());
        }
        String roundTrip = options.settings().get("network.round_trip");
        if (roundTrip != null) {
            // The command line overrides the file; only a named profile can be saved.
            scenario = scenario.with(Stream.of(NetworkProfile.values()).filter(profile -> ConfigValues
                    .seconds(profile.roundTrip()).toPlainString().equals(roundTrip)).findFirst());
        }
        Scenario effective = withProfile(scenario, options);
        checkTarget(options, effective);
        if (saveFile != null) {
            standard.require(options.changes().isEmpty() && options.faults().isEmpty(),
                    "--save-scenario holds neither --change nor --fault, whose times count from the start of the load; "
                            + "write them into the scenario.");
            Scenarios.write(effective, saveFile);
            terminal.step("Scenario written to " + saveFile);
        }
        EngineLauncher.Work work = (session, interrupt) -> run(session, interrupt, effective);
        return target == null ? launcher.run(options, work) : launcher.run(options, target, work);
    }

    private void checkTarget(LaunchOptions options, Scenario scenario) {
        if (target == null) {
            return;
        }
        String scheme = target.getScheme();
        standard.require(("http".equals(scheme) || "https".equals(scheme)) && target.getHost() != null,
                "--target must be the address of a server, for instance http://127.0.0.1:8000.");
        standard.require(target.getUserInfo() == null,
                "--target must not have a password. Set an API key in the environment (MEMFUSE_API_KEY).");
        standard.require(target.getRawQuery() == null && target.getRawFragment() == null,
                "--target must be the address of a server alone, without '?' and '#'.");
        standard.require(options.changes().isEmpty() && options.faults().isEmpty() && options.db().isEmpty()
                && scenario.changes().isEmpty() && scenario.faults().isEmpty(),
                "A load on --target changes neither settings nor database nor network: they are the server's.");
    }

    private static Scenario withProfile(Scenario scenario, LaunchOptions options) {
        return options.profile().map(name -> scenario.withProfiles(List.of(name))).orElse(scenario);
    }

    private Map<String, String> switches() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (keepData) {
            settings.put("load.keep_data", "true");
        }
        if (databaseAway) {
            settings.put("load.database_away", "true");
        }
        return settings;
    }

    /// Checks the arguments before the database is started.
    private Scenario checkedScenario() {
        Scenario base = scenarioFile == null
                ? Scenario.of(ScenarioDefaults.WORKLOAD)
                : Scenarios.read(scenarioFile);
        Scenario scenario = base.with(load.over(base.workload()));
        List<WorkloadCheck.Problem> problems = ScenarioCheck.problems(scenario);
        standard.require(problems.isEmpty(), problems.isEmpty() ? "" : problems.getFirst().sentence());
        Workload workload = scenario.workload();
        workload.dataset().ifPresent(path -> DatasetCorpus.read(path, workload.users()));
        OutputFiles outputs = standard.outputs();
        json.check(outputs);
        outputs.folder("--report", report);
        outputs.file("--junit", junit);
        outputs.file("--save-scenario", saveFile);
        return scenario;
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt, Scenario scenario)
            throws InterruptedException {
        terminal.step("Database: " + session.database());
        LoadRun run = session.scenarios().start(scenario);
        new LoadFollower(terminal).follow(run, interrupt);
        int code = print(LoadReport.of(run));
        session.recorded().ifPresent(outcome -> terminal.step(outcome.sentence()));
        return code;
    }

    private int print(LoadReport measured) {
        terminal.print(LoadSummary.lines(measured));
        json.write(() -> ResultJson.of(measured), terminal);
        if (junit != null) {
            ResultJson.write(junit, JUnitXml.of(measured));
            terminal.step("Test cases written to " + junit);
        }
        if (report != null) {
            HtmlReport.write(measured, report);
            terminal.step("Report written to " + report.resolve("index.html"));
        }
        return ExitCodes.of(measured.result().verdict().outcome());
    }
}
