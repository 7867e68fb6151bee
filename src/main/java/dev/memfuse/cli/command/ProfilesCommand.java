package dev.memfuse.cli.command;

import java.util.concurrent.Callable;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.load.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the configuration profiles.
@Command(name = "profiles", description = "List the profiles that --profile accepts.")
public final class ProfilesCommand implements Callable<Integer> {
    private static final int COLUMNS = 3;

    private final ProgramServices services;
    private final Terminal terminal;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    /// @param terminal receives the list
    public ProfilesCommand(ProgramServices services, Terminal terminal) {
        this.services = services;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TextTable table = new TextTable(COLUMNS);
        for (ConfigProfiles.Profile profile : services.profiles(launch.options()).list()) {
            table.row(profile.name(), profile.shipped() ? "shipped" : "yours",
                    profile.description().lines().findFirst().orElse(""));
        }
        terminal.print(table.lines());
        return ExitCodes.FINE;
    }
}
