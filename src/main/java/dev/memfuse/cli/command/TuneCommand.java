package dev.memfuse.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.DurationConverter;
import dev.memfuse.cli.option.GoalConverter;
import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.option.TrialLoadArguments;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Follower;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.cli.terminal.TuneTable;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.lab.compare.StandardBlock;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.tune.Goal;
import dev.memfuse.lab.tune.KnownProfiles;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.lab.tune.TuneRun;
import dev.memfuse.lab.tune.TunedProfile;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Searches for better settings and proves the best of them.
@Command(name = "tune", description = {
        "Search for settings that reach a goal, by successive halving, and prove the best by a paired comparison.",
        "Takes the budget; the settings from before are in force again at the end."},
        exitCodeList = {"0:the best settings are better than the start and keep every condition",
                "1:the tuning failed", "2:wrong usage or configuration",
                "3:nothing was shown to be better than the start", "130:the tuning was stopped by hand"})
public final class TuneCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ProgramServices services;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final TrialLoadArguments load = new TrialLoadArguments();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Option(names = "--goal", required = true, converter = GoalConverter.class, paramLabel = "GOAL",
            description = "For instance \"minimise query.p99 subject to throughput >= 500/s and recall >= 0.95 of "
                    + "start\". Conditions are optional.")
    private Goal goal = Goal.parse("minimise add.p50");

    @Option(names = "--budget", defaultValue = "10m", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Time for everything, at least 1m (default: ${DEFAULT-VALUE}).")
    private Duration budget = Duration.ofMinutes(10);

    @Option(names = "--keep", paramLabel = "KEY|SECTION",
            description = "Setting or section that stays as it is, such as layers. May be repeated.")
    private List<String> kept = new ArrayList<>();

    @Option(names = "--save-profile", paramLabel = "NAME",
            description = "Save the best settings as a profile, if they are proven better. An existing profile is "
                    + "refused.")
    private @Nullable String saveProfile;

    @Option(names = "--replace", description = "Let --save-profile replace a saved profile.")
    private boolean replace;

    /// @param terminal receives result and progress
    public TuneCommand(ProgramServices services, Terminal terminal) {
        this.services = services;
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.require(load.validRate(), "--rate is a number of operations per second, or auto.");
        Workload workload = load.over(StandardBlock.workload().withDuration(Duration.ofSeconds(5)));
        WorkloadCheck.check(workload);
        json.check(standard.outputs());
        if (saveProfile != null) {
            requireFree(services.profiles(launch.options()), saveProfile);
        }
        Arms arms = services.arms(launch.options());
        TunePlan plan = TunePlan.of(arms.arm(Optional.empty(), List.of()), goal,
                KnownProfiles.of(arms.profiles()), kept, workload, load.autoRate(true), budget);
        return launcher.run(launch.options(), (session, interrupt) -> run(session, interrupt, plan, arms));
    }

    /// Refuses a name before the search, so that its result is not lost at the end.
    private void requireFree(ConfigProfiles profiles, String name) {
        TunedProfile.problem(profiles, name)
                .ifPresent(problem -> standard.require(false, "--save-profile: " + problem + "."));
        standard.require(replace || !TunedProfile.taken(profiles, name),
                "--save-profile: there is a profile " + name + "; choose another name, or give --replace.");
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt, TunePlan plan, Arms arms)
            throws InterruptedException {
        terminal.step("Database: " + session.database());
        terminal.step("Goal: " + goal.text() + "; budget " + Numbers.seconds(budget.toMillis() / 1e3));
        TuneRun run = session.tunes().start(plan);
        interrupt.stopWith(run::stop);
        TuneResult result = new Follower(terminal).follow(run.result(), () -> TuneTable.progress(run.progress()));
        terminal.print(TuneTable.lines(result));
        json.write(() -> ResultJson.of(result), terminal);
        save(arms, result);
        session.recorded().ifPresent(outcome -> terminal.step(outcome.sentence()));
        return ExitCodes.of(result);
    }

    private void save(Arms arms, TuneResult result) {
        if (saveProfile == null) {
            return;
        }
        if (!result.proven()) {
            terminal.step("No profile was saved, since nothing was shown to be better.");
            return;
        }
        requireFree(arms.profiles(), saveProfile);
        terminal.step("Profile " + saveProfile + " written to "
                + arms.profiles().save(saveProfile, TunedProfile.settings(arms.running(), result)));
    }
}
