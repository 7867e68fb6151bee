package dev.memfuse.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.ProgramVersion;
import dev.memfuse.cli.terminal.CountTable;
import dev.memfuse.cli.terminal.DistinctLines;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.NotFoundException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Deletes a user, or one session, for good.
@Command(name = "erase", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Delete a user, or one session, from all layers for good, and print how much that was.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:it is deleted", "1:it failed", "2:wrong usage or configuration"})
public final class EraseCommand implements Callable<Integer> {
    private final ProgramServices application;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "The user.")
    private String user = "";

    @Option(names = "--session", paramLabel = "ID", description = "Only this session of the user.")
    private @Nullable UUID session;

    @Option(names = "--yes", description = "Really do it; it cannot be taken back.")
    private boolean yes;

    public EraseCommand(ProgramServices application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (spec != null && !yes) {
            throw new ParameterException(spec.commandLine(),
                    "What is erased cannot be brought back. Add --yes to do it, or 'export' it first.");
        }
        try (HeadlessSession engine = application.start(launch.options(), new DistinctLines(terminal))) {
            MemoryEngine memory = engine.memory();
            UUID userId = UserLookup.find(memory, user).id();
            terminal.print(CountTable.lines(counts(session == null
                    ? memory.deleteUser(userId)
                    : deleteSession(memory, new SessionKey(userId, session)))));
            terminal.step("Erased " + (session == null ? "user " + user : "session " + session + " of " + user));
        }
        return ExitCodes.FINE;
    }

    private DeleteResult deleteSession(MemoryEngine memory, SessionKey key) {
        if (memory.sessions(key.userId()).stream().noneMatch(known -> known.key().equals(key))) {
            throw new NotFoundException("The user " + user + " has no session " + key.sessionId() + ".");
        }
        return memory.deleteSession(key);
    }

    static Map<String, Integer> counts(DeleteResult result) {
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
