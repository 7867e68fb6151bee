package dev.memfuse.cli.command.history;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Write a note to a recording.
@Command(name = "note", description = "Write a note to a recording.")
final class NoteRecording extends RecordingCommand {
    @Parameters(index = "0", paramLabel = "ID", description = ID)
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "The note; it replaces the old one.")
    private @Nullable String text;

    @Option(names = "--clear", description = "Remove the note.")
    private boolean clear;

    NoteRecording(Function<Optional<Path>, Recordings> recordings, Terminal terminal) {
        super(recordings, terminal);
    }

    @Override
    void run(Recordings all) {
        standard.require(clear == (text == null), "Give the text of the note, or --clear.");
        Manifest manifest = all.update(id, old -> old.withNote(text == null ? "" : text.strip()));
        print("Note of " + manifest.id() + (text == null ? " removed." : " written."));
    }
}
