package dev.memfuse.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.memfuse.cli.terminal.CountTable;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.LoadData.MarkedUser;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.load.LoadDataRemoval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows or removes the users that loads made.
@Command(name = "load-data", description = "Show or remove what loads left in the database: the users that they made, "
        + "with all their data. Other users are not touched.",
        exitCodeList = {"0:success", "1:the command failed, or left users", "2:wrong usage or configuration"})
public final class LoadDataCommand extends EngineCommand {
    /// Use of the command.
    enum Action {
        SHOW,
        REMOVE
    }

    @Parameters(paramLabel = "ACTION", arity = "0..1", defaultValue = "show",
            description = "show (default) or remove. A removal cannot be undone; users of loads that run now are kept.")
    private Action action = Action.SHOW;

    /// @param terminal receives result and progress
    public LoadDataCommand(ProgramServices services, Terminal terminal) {
        super(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        return launcher.run(launch.options(), (session, interrupt) -> switch (action) {
            case SHOW -> show(session.memory().loadData());
            case REMOVE -> remove(session.memory(), interrupt);
        });
    }

    private int show(LoadData data) {
        LoadData.Size size = data.size();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("users made by loads", size.users());
        counts.put("messages", size.messages());
        counts.put("bytes of text", size.textBytes());
        terminal.print(CountTable.lines(counts));
        Set<String> running = data.running();
        Map<String, Integer> runs = new TreeMap<>();
        for (MarkedUser user : data.users()) {
            String name = "users of run " + user.run();
            runs.merge(running.contains(user.run()) ? name + ", running" : name, 1, Integer::sum);
        }
        if (!runs.isEmpty()) {
            terminal.print(CountTable.lines(runs));
        }
        return ExitCodes.FINE;
    }

    private int remove(MemoryEngine memory, StopOnInterrupt interrupt) {
        LoadDataRemoval.Outcome removed = new LoadDataRemoval(memory).removeAll(terminal::progress,
                interrupt::requested);
        terminal.print(List.of(removed.sentence()));
        return removed.left() == 0 ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
