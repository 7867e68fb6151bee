package dev.memfuse.load.recording;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a recording is: the content of its `manifest.json`.
///
/// @param formatVersion version of the format of the whole folder, 1
/// @param id name of the folder
/// @param kind what was run
/// @param name one line for people
/// @param note text of the user; may be empty
/// @param tags words of the user, in order, without duplicates
/// @param pinned whether retention keeps it
/// @param startedAt start of the measured part
/// @param endedAt end of the run
/// @param programVersion version of the program that ran it
/// @param seed seed of all random numbers
/// @param outcome verdict in one word, such as `good`
/// @param sentence verdict in one sentence
/// @param figures main figures, in display order
/// @param files size in bytes by name of every other file
public record Manifest(int formatVersion, String id, RecordingKind kind, String name, String note, List<String> tags,
        boolean pinned, Instant startedAt, Instant endedAt, String programVersion, long seed, String outcome,
        String sentence, List<Figure> figures, Map<String, Long> files) {
    /// The version that this program writes, and the newest that it reads.
    public static final int FORMAT_VERSION = 1;

    public Manifest {
        tags = List.copyOf(tags);
        figures = List.copyOf(figures);
        files = Map.copyOf(files);
    }

    /// Returns the manifest with another name.
    public Manifest withName(String other) {
        return with(other, note, tags, pinned);
    }

    /// Returns the manifest with another note.
    public Manifest withNote(String other) {
        return with(name, other, tags, pinned);
    }

    /// Returns the manifest with other tags.
    public Manifest withTags(List<String> others) {
        return with(name, note, others, pinned);
    }

    /// Returns the manifest pinned or not.
    public Manifest withPinned(boolean other) {
        return with(name, note, tags, other);
    }

    private Manifest with(String newName, String newNote, List<String> newTags, boolean newPinned) {
        return new Manifest(formatVersion, id, kind, newName, newNote, newTags, newPinned, startedAt, endedAt,
                programVersion, seed, outcome, sentence, figures, files);
    }

    /// Returns the manifest for a folder of another name.
    Manifest withId(String other) {
        return new Manifest(formatVersion, other, kind, name, note, tags, pinned, startedAt, endedAt, programVersion,
                seed, outcome, sentence, figures, files);
    }

    /// Returns the manifest of a folder with these files.
    Manifest withFiles(Map<String, Long> sizes) {
        return new Manifest(formatVersion, id, kind, name, note, tags, pinned, startedAt, endedAt, programVersion,
                seed, outcome, sentence, figures, sizes);
    }

    /// Returns a figure by its name.
    public Optional<Figure> figure(String figureName) {
        return figures.stream().filter(figure -> figure.name().equals(figureName)).findFirst();
    }
}
