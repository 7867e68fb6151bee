package dev.memfuse.cli.command;

import java.util.concurrent.Callable;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/// A command that runs on a started engine.
abstract class EngineCommand implements Callable<Integer> {
    /// Receives result and progress.
    final Terminal terminal;
    final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    final LaunchArguments launch = new LaunchArguments();

    /// Requires that the arguments are valid.
    ///
    /// @param sentence printed to the user when they are not
    final void check(boolean valid, String sentence) {
        standard.require(valid, sentence);
    }

    /// Requires that a name can be one that is stored.
    ///
    /// @param label the option, for instance `--user`
    final void checkName(String label, @Nullable String name) {
        standard.name(label, name);
    }

    EngineCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }
}
