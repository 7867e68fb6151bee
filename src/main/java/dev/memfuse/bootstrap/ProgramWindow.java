package dev.memfuse.bootstrap;

import java.io.Console;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StartTimes;
import dev.memfuse.config.ConfigException;
import dev.memfuse.console.ConsoleLauncher;
import dev.memfuse.console.fx.DisplayConnection;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.shell.FailureWindow;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.server.local.LocalAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program with its window: the toolkit starts while the services are constructed, and the engine starts once the
/// first frame is on the screen.
///
/// @param graphs constructs the services of a start
/// @param log named by the window of a failure
record ProgramWindow(Function<LaunchOptions, AppGraph> graphs, ProgramLog log) {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramWindow.class);

    /// Shows the window, and the next one when the user chooses another data folder; blocks until the user has
    /// finished. A failure of the start gets a window of its own, unless it is wrong usage and there is a terminal.
    ///
    /// @return the exit code of the program
    int show(LaunchOptions options) {
        ConsoleLauncher.keepLibrariesIn(AppGraph.libraries(options));
        ConsoleLauncher.prepare();
        Optional<LaunchOptions> next = Optional.of(options);
        try {
            while (next.isPresent()) {
                next = openWindowOn(next.get());
            }
            return 0;
        } catch (DisplayConnection.LostException e) {
            // The engine is closed, and there is no display that could show a failure.
            LOG.info("Program: ended with exit code {}", ExitCodes.FAILED);
            DisplayConnection.endProcess(ExitCodes.FAILED);
            return ExitCodes.FAILED;
        } catch (Throwable e) {
            // An Error too: started from a desktop, the program has no terminal that could say it.
            if (!(isUsage(e) && hasTerminal())) {
                ConsoleLauncher.showFailure(new FailureWindow.Failure(Sentences.of(e), Sentences.details(e),
                        log.location()));
            }
            throw e;
        } finally {
            ConsoleLauncher.exit();
        }
    }

    /// Shows the window until it is closed.
    ///
    /// @return the options of the next window; empty when the user has finished
    private Optional<LaunchOptions> openWindowOn(LaunchOptions options) {
        try (AppGraph graph = graphs.apply(options)) {
            if (!options.ephemeral()) {
                graph.host().onState(state -> publish(graph, state));
            }
            graph.host().onState(state -> {
                if (state instanceof EngineState.Ready) {
                    StartTimes.engineReady();
                }
            });
            Runnable shown = () -> {
                StartTimes.windowShown();
                graph.host().start();
            };
            return ConsoleLauncher.openAndWait(graph.console(), shown).map(options::withDataDir);
        }
    }

    /// Clients such as `mcp` find the engine of the window.
    private static void publish(AppGraph graph, EngineState state) {
        if (state instanceof EngineState.Ready) {
            BackgroundThreads.virtual("local-endpoint").start(() -> {
                LocalAddress _ = graph.publish();
            });
        }
    }

    private static boolean isUsage(Throwable failure) {
        return failure instanceof ConfigException || failure instanceof IllegalArgumentException;
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 returns null when there is no terminal
    private static boolean hasTerminal() {
        Console terminal = System.console();
        return terminal != null && terminal.isTerminal();
    }
}
