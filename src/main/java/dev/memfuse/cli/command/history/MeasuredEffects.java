package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.RecordingTables;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.lab.effect.FlagEffects;
import dev.memfuse.lab.effect.MeasuredEffect;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.metrics.SteadyClock;
import picocli.CommandLine.Command;

/// Lists the newest measured effect of each setting, as the Flags page shows it.
@Command(name = "effects", description = "List the newest measured effect of each setting, from comparisons, trials "
        + "and scorecards.")
final class MeasuredEffects extends RecordingCommand {

    MeasuredEffects(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        // Scorecards compare profiles of the program; the folder of a user's own is not needed.
        Collection<MeasuredEffect> found = new FlagEffects(all, new FileProfiles(all.folder())).latest().values();
        print(found.isEmpty()
                ? List.of("No setting was measured yet: compare --set-a KEY=VALUE --set-b KEY=VALUE measures one.")
                : RecordingTables.effects(found, SteadyClock.now()));
    }
}
