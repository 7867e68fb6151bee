package dev.memfuse.cli.command;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.ApiKeys;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.load.report.TextTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Creates, lists and revokes the keys of clients over HTTP.
@Command(name = "api-keys", description = {"Create, list or revoke the API keys of clients of 'serve'.",
        "A key is printed once, when it is created; the database holds a hash only."},
        exitCodeList = {"0:success", "1:the command failed, or there is no such key",
                "2:wrong usage or configuration"})
public final class ApiKeysCommand extends EngineCommand {
    /// What the command does.
    enum Action {
        CREATE,
        LIST,
        REVOKE
    }

    @Parameters(paramLabel = "ACTION", description = "create, list or revoke.")
    private Action action = Action.LIST;

    @Option(names = "--user", paramLabel = "NAME",
            description = "User whose data the key opens, given by name or id (default: all users).")
    private @Nullable String user;

    @Option(names = "--name", paramLabel = "TEXT", description = "Description of a new key.")
    private @Nullable String name;

    @Option(names = "--key", paramLabel = "ID", description = "Id of the key to revoke.")
    private @Nullable UUID key;

    /// @param terminal receives the keys
    public ApiKeysCommand(ProgramServices services, Terminal terminal) {
        super(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        check(action != Action.REVOKE || key != null,
                "Name the key by its id, with --key; 'api-keys list' shows the ids.");
        check(key == null || action == Action.REVOKE, "An id of a key is for 'api-keys revoke'.");
        check(name == null || action == Action.CREATE, "--name is for 'api-keys create'.");
        checkName("--user", user);
        checkName("--name", name);
        return launcher.run(launch.options(), (session, _) -> run(session.memory()));
    }

    private int run(MemoryEngine memory) {
        Optional<UUID> userId = Optional.ofNullable(user).map(given -> UserLookup.findId(memory, given));
        ApiKeys keys = memory.apiKeys();
        return switch (action) {
            case CREATE -> create(keys, userId);
            case LIST -> list(keys, userId);
            case REVOKE -> revoke(keys, userId);
        };
    }

    private int create(ApiKeys keys, Optional<UUID> userId) {
        ApiKeys.CreatedKey created = keys.create(userId, Optional.ofNullable(name), Optional.empty());
        terminal.step("Key " + created.key().id() + (userId.isPresent() ? " for one user" : " for all users")
                + ". It is shown this once:");
        terminal.print(List.of(created.text()));
        return ExitCodes.FINE;
    }

    private int list(ApiKeys keys, Optional<UUID> userId) {
        List<ApiKeys.ApiKey> found = keys.list(userId);
        if (!found.isEmpty()) {
            TextTable table = new TextTable(4).row("id", "name", "created at", "expires at");
            found.forEach(each -> table.row(each.id().toString(), each.name().orElse("-"),
                    each.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    each.expiresAt().map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never")));
            terminal.print(table.lines());
        }
        terminal.step(found.size() == 1 ? "1 key." : found.size() + " keys.");
        return ExitCodes.FINE;
    }

    private int revoke(ApiKeys keys, Optional<UUID> userId) {
        UUID id = Objects.requireNonNull(key, "checked");
        boolean revoked = keys.revoke(userId, id);
        terminal.step(revoked
                ? "Revoked key " + id + ". A server that runs refuses it within 10 s."
                : "There is no such key" + (userId.isPresent() ? " of this user." : " for all users."));
        return revoked ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
