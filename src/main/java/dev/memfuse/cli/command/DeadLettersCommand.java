package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.DamagedLetter;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.transfer.DeadLetterExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists, stores again, deletes or exports the rounds that the database refused for their content.
@Command(name = "dead-letters", description = "List, store again, delete or export acknowledged rounds that the "
        + "database refused for their content.",
        exitCodeList = {"0:success", "1:the command failed, or the database refused a round again",
                "2:wrong usage or configuration"})
public final class DeadLettersCommand implements Callable<Integer> {
    /// What the command does with the letters.
    enum Action {
        LIST,
        RETRY,
        DISCARD,
        EXPORT
    }

    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Parameters(paramLabel = "ACTION", description = "list, retry (store again), discard (delete) or export.")
    private Action action = Action.LIST;

    @Option(names = "--user", paramLabel = "NAME", description = "Only rounds of this user, given by name or id.")
    private @Nullable String user;

    @Option(names = "--round", paramLabel = "ID", description = "Only this round. May be repeated.")
    private List<UUID> rounds = new ArrayList<>();

    @Option(names = "--all", description = "Retry or discard every dead letter.")
    private boolean all;

    @Option(names = "--out", paramLabel = "FILE",
            description = "File to export to, one round a line (JSON Lines), readable by this account only. An "
                    + "existing file is replaced; a name that ends in .gz compresses it.")
    private @Nullable Path out;

    @Option(names = "--yes", description = "Confirm that discarded messages are lost.")
    private boolean yes;

    /// @param terminal receives result and progress
    public DeadLettersCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.name("--user", user);
        boolean changes = action == Action.RETRY || action == Action.DISCARD;
        standard.require(!changes || all || user != null || !rounds.isEmpty(),
                "Name the rounds with --round ID or --user NAME, or add --all.");
        standard.require(action != Action.DISCARD || yes,
                "Discarded messages are lost. Add --yes to confirm it, or run 'dead-letters export' first.");
        standard.require(action != Action.EXPORT || out != null, "An export needs --out FILE.");
        standard.require(action == Action.EXPORT || out == null, "--out is for 'dead-letters export'.");
        standard.outputs().file("--out", out);
        return launcher.run(launch.options(), (session, _) -> run(session.memory()));
    }

    private int run(MemoryEngine memory) {
        DeadLetters letters = memory.deadLetters();
        Wanted wanted = wanted(memory);
        return switch (action) {
            case LIST -> list(memory, wanted);
            case RETRY -> retry(letters, wanted);
            case DISCARD -> discard(letters, wanted);
            case EXPORT -> export(letters, wanted);
        };
    }

    /// Rounds that the options name.
    private record Wanted(Set<UUID> rounds, Optional<UUID> user) implements Predicate<DeadLetter> {
        @Override
        public boolean test(DeadLetter letter) {
            return test(letter.roundId(), letter.session().userId());
        }

        boolean test(UUID roundId, UUID userId) {
            return (rounds.isEmpty() || rounds.contains(roundId)) && (user.isEmpty() || user.get().equals(userId));
        }

        List<DamagedLetter> damaged(DeadLetters letters) {
            return letters.damaged().stream().filter(letter -> test(letter.roundId(), letter.userId())).toList();
        }
    }

    private Wanted wanted(MemoryEngine memory) {
        return new Wanted(Set.copyOf(rounds),
                Optional.ofNullable(user).map(given -> UserLookup.findId(memory, given)));
    }

    private int list(MemoryEngine memory, Wanted wanted) {
        DeadLetters letters = memory.deadLetters();
        UserNames names = new UserNames(memory);
        TextTable table = new TextTable(7).row("name", "round", "user", "session", "refused at", "messages", "reason",
                "bytes");
        Set<UUID> unknown = letters.unknown();
        int[] count = {0, 0};
        letters.forEach(letter -> {
            if (wanted.test(letter)) {
                boolean foreign = unknown.contains(letter.roundId());
                count[0]++;
                count[1] += foreign ? 1 : 0;
                table.row(names.of(letter.session().userId()), letter.roundId().toString(),
                        letter.session().userId().toString(), letter.session().sessionId().toString(),
                        letter.refusedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                        String.format(Locale.ROOT, "%,d", letter.messages().size()),
                        (foreign ? "not in this database: " : "") + oneLine(letter.reason()),
                        String.format(Locale.ROOT, "%,d", letter.bytes()));
            }
        });
        List<DamagedLetter> damaged = wanted.damaged(letters);
        for (DamagedLetter letter : damaged) {
            table.row(names.of(letter.userId()), letter.roundId().toString(), letter.userId().toString(), "-", "-",
                    "-", "damaged: " + letter.reason(), String.format(Locale.ROOT, "%,d", letter.bytes()));
        }
        if (count[0] + damaged.size() > 0) {
            terminal.print(table.lines());
        }
        terminal.step(sentence(count[0], "."));
        if (count[1] > 0) {
            terminal.step(String.format(Locale.ROOT, "%,d of them %s of users or sessions that this database does not "
                    + "have, for instance after an older backup was restored. They can be exported and discarded.",
                    count[1], count[1] == 1 ? "is" : "are"));
        }
        if (!damaged.isEmpty()) {
            terminal.step(String.format(Locale.ROOT, "%,d more %s damaged and can only be discarded.", damaged.size(),
                    damaged.size() == 1 ? "is" : "are"));
        }
        return ExitCodes.FINE;
    }

    private static String oneLine(String reason) {
        return reason.lines().findFirst().orElse("");
    }

    private static String sentence(int count, String after) {
        return (count == 1
                ? "1 dead letter"
                : String.format(Locale.ROOT, "%,d dead letters", count)) + after;
    }

    private static Set<UUID> ids(DeadLetters letters, Wanted wanted) {
        Set<UUID> ids = new HashSet<>();
        letters.forEach(letter -> {
            if (wanted.test(letter)) {
                ids.add(letter.roundId());
            }
        });
        return ids;
    }

    private int retry(DeadLetters letters, Wanted wanted) {
        DeadLetters.Retry result = letters.retry(ids(letters, wanted));
        terminal.print(List.of(sentence(result.stored(), " stored, ")
                + String.format(Locale.ROOT, "%,d refused again.", result.refused())));
        if (result.deleted() > 0) {
            terminal.step(sentence(result.deleted(), " removed, since the user or session was deleted."));
        }
        if (result.unknown() > 0) {
            terminal.step(sentence(result.unknown(), " kept, of users or sessions that this database does not have."));
        }
        return result.refused() + result.unknown() == 0 ? ExitCodes.FINE : ExitCodes.FAILED;
    }

    private int discard(DeadLetters letters, Wanted wanted) {
        Set<UUID> ids = ids(letters, wanted);
        wanted.damaged(letters).forEach(letter -> ids.add(letter.roundId()));
        terminal.print(List.of(sentence(letters.discard(ids), " discarded.")));
        return ExitCodes.FINE;
    }

    private int export(DeadLetters letters, Wanted wanted) {
        Path file = Objects.requireNonNull(out, "checked before the start");
        terminal.print(List.of(sentence(new DeadLetterExport(letters).write(file, wanted), " written to " + file)));
        return ExitCodes.FINE;
    }
}
