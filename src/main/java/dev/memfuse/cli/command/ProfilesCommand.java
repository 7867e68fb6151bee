package dev.memfuse.cli.command;

import java.util.concurrent.Callable;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.ProgramVersion;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.load.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the profiles.
@Command(name = "profiles", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "List the profiles that --profile takes.")
public final class ProfilesCommand implements Callable<Integer> {
    private final ProgramServices application;
    private final Terminal terminal;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    public ProfilesCommand(ProgramServices application, Terminal terminal) {
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
