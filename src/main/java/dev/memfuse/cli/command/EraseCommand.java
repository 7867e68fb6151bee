package dev.memfuse.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.CountTable;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.NotFoundException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Deletes a user or a session permanently.
@Command(name = "erase", description = "Delete a user or a session permanently from all layers, and print the number "
        + "of deleted items.",
        exitCodeList = {"0:the user or session was deleted", "1:the deletion failed",
                "2:wrong usage or configuration"})
public final class EraseCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "Name of the user.")
    private String user = "";

    @Option(names = "--session", paramLabel = "ID", description = "Delete only this session of the user.")
    private @Nullable UUID session;

    @Option(names = "--yes", description = "Confirm the deletion. It cannot be undone.")
    private boolean yes;

    /// @param terminal receives result and progress
    public EraseCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.name("--user", user);
        standard.require(yes, "A deletion cannot be undone. Add --yes to confirm it, or run 'export' first.");
        return launcher.run(launch.options(), (running, _) -> erase(running.memory()));
    }

    private int erase(MemoryEngine memory) {
        UUID userId = UserLookup.find(memory, user).id();
        terminal.print(CountTable.lines(counts(session == null
                ? memory.deleteUser(userId)
                : deleteSession(memory, new SessionKey(userId, session)))));
        terminal.step("Erased " + (session == null ? "user " + user : "session " + session + " of " + user));
        return ExitCodes.FINE;
    }

    private DeleteResult deleteSession(MemoryEngine memory, SessionKey key) {
        if (memory.sessions(key.userId()).stream().noneMatch(existing -> existing.key().equals(key))) {
            throw new NotFoundException("The user " + user + " has no session " + key.sessionId() + ".");
        }
        return memory.deleteSession(key);
    }

    private static Map<String, Integer> counts(DeleteResult result) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("sessions", result.sessions());
        counts.put("messages in buffers", result.buffered());
        counts.put("messages (M0)", result.messages());
        counts.put("chunks (M1)", result.chunks());
        counts.put("episodes (M1)", result.episodes());
        counts.put("facts (M2)", result.facts());
        return counts;
    }
}
