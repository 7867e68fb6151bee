package dev.memfuse.cli.command;

import java.util.List;

import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Follower;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.LayerBuild.Scope;
import dev.memfuse.engine.LayerBuild.State;
import dev.memfuse.engine.LayerBuild.Status;
import dev.memfuse.progress.Progress;

/// Shows the cost of building a layer, builds it, and shows progress and result on the terminal.
///
/// @param costOnly whether to show the cost only
record LayerBuildFollower(Terminal terminal, LayerBuild job, Scope scope, boolean costOnly) {

    /// Builds a layer and returns the exit code. Blocks.
    int build(DerivedLayer layer, StopOnInterrupt interrupt) throws InterruptedException {
        String cost = job.cost(layer, scope).sentence(layer, scope);
        if (costOnly) {
            terminal.print(List.of(cost));
            return ExitCodes.FINE;
        }
        terminal.step(cost);
        job.start(layer, scope);
        interrupt.stopWith(job::cancel);
        Status end = new Follower(terminal).poll(job::status, now -> now.state() == State.RUNNING,
                now -> Progress.of("Building " + layer, now.done(), now.total()));
        terminal.print(List.of(end.sentence(layer, scope)));
        return end.state() == State.DONE && end.failed() == 0 ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
