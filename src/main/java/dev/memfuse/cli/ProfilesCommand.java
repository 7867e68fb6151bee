package dev.memfuse.cli;

import java.util.concurrent.Callable;

import dev.memfuse.config.ConfigProfiles;
import dev.memfuse.load.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the profiles.
@Command(name = "profiles", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "List the profiles that --profile takes.")
final class ProfilesCommand implements Callable<Integer> {
    private final Application application;
    private final Terminal terminal;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    ProfilesCommand(Application application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TextTable table = new TextTable(3);
        for (ConfigProfiles.Profile profile : application.profiles(launch.options()).list()) {
            table.row(profile.name(), profile.shipped() ? "shipped" : "yours",
                    profile.description().lines().findFirst().orElse(""));
        }
        terminal.print(table.lines());
        return ExitCodes.FINE;
    }
}
