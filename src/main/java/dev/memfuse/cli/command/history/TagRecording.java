package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Adds tags to a recording, or removes some.
@Command(name = "tag", description = "Add tags to a recording, or remove some.")
final class TagRecording extends RecordingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id = "";

    @Parameters(index = "1..*", paramLabel = "TAG", description = "Tags to add: words.")
    private List<String> added = new ArrayList<>();

    @Option(names = "--remove", paramLabel = "TAG", description = "Tag to remove. May be repeated.")
    private List<String> removed = new ArrayList<>();

    TagRecording(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        standard.require(!added.isEmpty() || !removed.isEmpty(), "Give the tags to add, or --remove TAG.");
        Manifest manifest = all.update(id, old -> {
            Set<String> tags = new LinkedHashSet<>(old.tags());
            removed.forEach(tags::remove);
            tags.addAll(added);
            return old.withTags(List.copyOf(tags));
        });
        print("Tags of " + manifest.id() + ": "
                + (manifest.tags().isEmpty() ? "none" : String.join(" ", manifest.tags())));
    }
}
