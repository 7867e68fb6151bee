package dev.memfuse.load.recording;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FolderRemoval;
import dev.memfuse.load.report.WriteFailure;

/// The recordings in a folder. Reading needs no engine. Thread-safe; every method reads or writes files, so none is for
/// the FX thread.
public final class Recordings {
    /// Stands for the newest recording wherever an id is expected.
    public static final String LAST = "last";
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_NAME = 200;
    private static final int MAX_TAGS = 50;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");
    private static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,39}");

    private final Path folder;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// @param folder holds one folder for each recording; created when the first one is written
    public Recordings(Path folder) {
        this.folder = folder;
    }

    /// Returns the folder that holds the recordings.
    public Path folder() {
        return folder;
    }

    /// Calls `listener` after recordings were added, changed or removed through this object, on any thread.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /// Returns all recordings, newest first, those that cannot be opened included.
    ///
    /// @throws UncheckedIOException when the folder cannot be read
    public List<RecordingEntry> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(path -> Files.isDirectory(path) || Files.isSymbolicLink(path)).map(Recordings::inspect)
                    .sorted(Comparator.comparing(RecordingEntry::at).thenComparing(RecordingEntry::id).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read: " + FileFailures.reason(e)
                    + ".", e);
        }
    }

    private static RecordingEntry inspect(Path place) {
        String id = place.getFileName().toString();
        try {
            return new RecordingEntry.Intact(check(place), size(place));
        } catch (RecordingException e) {
            return new RecordingEntry.Damaged(id, String.valueOf(e.getMessage()), size(place), lastChange(place));
        }
    }

    /// Reads the manifest and compares the sizes of the files with it.
    private static Manifest check(Path place) {
        if (!ID.matcher(place.getFileName().toString()).matches()) {
            throw new RecordingException("The name of the folder is not the id of a recording.");
        }
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new RecordingException("It is a link to another folder.");
        }
        Manifest manifest = ManifestFile.read(place);
        for (Map.Entry<String, Long> expected : manifest.files().entrySet()) {
            checkFile(place, expected.getKey(), expected.getValue());
        }
        return manifest;
    }

    private static void checkFile(Path place, String name, long bytes) {
        if (!isFileName(name)) {
            throw new RecordingException("manifest.json lists a file whose name is not allowed.");
        }
        Path file = place.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new RecordingException("The file " + name + " is missing.");
        }
        try {
            long actual = Files.size(file);
            if (actual != bytes) {
                throw new RecordingException(String.format(Locale.ROOT,
                        "The file %s has %,d bytes instead of %,d.", name, actual, bytes));
            }
        } catch (IOException e) {
            throw new RecordingException("The file " + name + " cannot be read: " + FileFailures.reason(e) + ".", e);
        }
    }

    /// Returns whether a name can be that of a file of a recording.
    static boolean isFileName(String name) {
        return FILE.matcher(name).matches();
    }

    private static long size(Path place) {
        try (Stream<Path> files = Files.list(place)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
            }
            return bytes;
        } catch (IOException _) {
            return 0; // It was removed meanwhile, or cannot be read, which its entry says.
        }
    }

    private static Instant lastChange(Path place) {
        try {
            return Files.getLastModifiedTime(place, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException _) {
            return Instant.EPOCH;
        }
    }

    /// Returns the recording that a user named.
    ///
    /// @param given id, unique beginning of an id, or [#LAST]
    /// @throws IllegalArgumentException when there is none, or several begin so; the message is for the user
    public RecordingEntry find(String given) {
        List<RecordingEntry> all = list();
        String wanted = given.strip();
        List<RecordingEntry> found = wanted.equals(LAST)
                ? all.stream().limit(1).toList()
                : all.stream().filter(entry -> entry.id().startsWith(wanted)).toList();
        for (RecordingEntry entry : found) {
            if (entry.id().equals(wanted)) {
                return entry;
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new IllegalArgumentException(found.isEmpty()
                ? "There is no recording \"" + wanted + "\"; 'history list' shows all."
                : String.format(Locale.ROOT, "%d recordings begin with \"%s\": give more of the id.", found.size(),
                        wanted));
    }

    /// Returns the manifest of the recording that a user named.
    ///
    /// @param given id, unique beginning of an id, or [#LAST]
    /// @throws IllegalArgumentException when there is none, or several begin so; the message is for the user
    /// @throws RecordingException when it cannot be opened; the message is for the user
    public Manifest open(String given) {
        return switch (find(given)) {
            case RecordingEntry.Intact readable -> readable.manifest();
            case RecordingEntry.Damaged damaged -> throw new RecordingException(
                    "The recording " + damaged.id() + " cannot be opened. " + damaged.reason());
        };
    }

    /// Opens a file of a recording.
    ///
    /// @throws RecordingException when the recording has no such file; the message is for the user
    InputStream read(Manifest manifest, String file) throws IOException {
        if (!manifest.files().containsKey(file)) {
            throw new RecordingException("The recording " + manifest.id() + " has no " + file + ".");
        }
        return new BufferedInputStream(Files.newInputStream(place(manifest.id()).resolve(file)));
    }

    /// Returns the text of a small file of a recording.
    ///
    /// @param file name of the file
    /// @throws RecordingException when the file is missing, not readable, or larger than 16 MiB; the message is for the
    ///         user
    public String text(Manifest manifest, String file) {
        try (InputStream in = read(manifest, file)) {
            return BoundedBytes.text(in, file);
        } catch (IOException e) {
            throw failed(manifest, file, e);
        }
    }

    /// Returns the exception for a file that cannot be read.
    static RecordingException failed(Manifest manifest, String file, Exception cause) {
        return new RecordingException("The file " + file + " of the recording " + manifest.id() + " cannot be read: "
                + (cause instanceof IOException io ? FileFailures.reason(io) : cause.getMessage()) + ".", cause);
    }

    /// Returns the folder of a recording.
    Path place(String id) {
        return folder.resolve(id);
    }

    /// Writes a recording: its folder appears complete or not at all. Then removes the oldest recordings that are not
    /// pinned, until all together have no more than `limitBytes`.
    ///
    /// @param limitBytes maximum size of all recordings
    /// @return its manifest
    /// @throws RecordingException when it alone, or with the pinned ones, is larger than the limit; nothing is written
    /// @throws UncheckedIOException when it cannot be written; nothing is left behind
    public synchronized Manifest add(NewRecording recording, long limitBytes) {
        try {
            Manifest manifest = new RecordingWriter(folder).write(recording, limitBytes - protectedBytes());
            Retention.apply(this, limitBytes, manifest.id());
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("The recording cannot be written into " + folder + ": "
                    + WriteFailure.describe(e), e);
        } finally {
            changed();
        }
    }

    /// Returns the size of the recordings that retention keeps.
    private long protectedBytes() {
        return list().stream().filter(entry -> !Retention.removable(entry)).mapToLong(RecordingEntry::bytes).sum();
    }

    /// Changes name, note, tags or pin of a recording.
    ///
    /// @param given id, unique beginning of an id, or [#LAST]
    /// @return its manifest afterwards
    /// @throws IllegalArgumentException when there is none, or a text is not allowed; the message is for the user
    /// @throws RecordingException when it cannot be opened; the message is for the user
    /// @throws UncheckedIOException when it cannot be written
    public synchronized Manifest update(String given, UnaryOperator<Manifest> change) {
        Manifest changed = change.apply(open(given));
        require(!changed.name().isBlank() && changed.name().length() <= MAX_NAME && isLine(changed.name()),
                "A name has 1 to " + MAX_NAME + " characters in one line.");
        require(changed.note().length() <= MAX_TEXT, "A note has at most " + MAX_TEXT + " characters.");
        require(isUnicode(changed.name()) && isUnicode(changed.note()),
                "Name or note contains half of a character (an unpaired surrogate), which no file can hold: remove "
                        + "it.");
        require(changed.tags().size() <= MAX_TAGS && changed.tags().stream().allMatch(TAG.asMatchPredicate()),
                "A tag is a word of at most 40 letters, digits, '.', '_' and '-', and a recording has at most "
                        + MAX_TAGS + ".");
        try {
            ManifestFile.write(place(changed.id()), changed);
        } catch (IOException e) {
            throw new UncheckedIOException("The recording " + changed.id() + " cannot be changed: "
                    + WriteFailure.describe(e), e);
        }
        changed();
        return changed;
    }

    private static boolean isLine(String text) {
        return text.codePoints().noneMatch(Character::isISOControl);
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(one -> Character.getType(one) == Character.SURROGATE);
    }

    private static void require(boolean valid, String sentence) {
        if (!valid) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /// Deletes a recording, also a damaged one.
    ///
    /// @param given id, unique beginning of an id, or [#LAST]
    /// @return its id
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws UncheckedIOException when it cannot be deleted
    public synchronized String delete(String given) {
        String id = find(given).id();
        remove(id);
        changed();
        return id;
    }

    /// Removes the folder of a recording: first it disappears from the list, then its files are deleted.
    void remove(String id) {
        Path gone = folder.resolve(RecordingWriter.TEMPORARY + "deleted-" + id);
        try {
            FolderRemoval.remove(gone);
            Files.move(place(id), gone);
            FolderRemoval.remove(gone);
        } catch (IOException e) {
            throw new UncheckedIOException("The recording " + id + " cannot be deleted: " + FileFailures.reason(e)
                    + ".", e);
        }
    }

    /// Writes a recording as one file that [#importFrom] reads. An existing file is replaced.
    ///
    /// @param given id, unique beginning of an id, or [#LAST]
    /// @return its manifest
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it cannot be opened; the message is for the user
    /// @throws UncheckedIOException when the file cannot be written
    public Manifest exportTo(String given, Path file) {
        Manifest manifest = open(given);
        try {
            RecordingArchive.write(place(manifest.id()), manifest, file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be written: " + WriteFailure.describe(e),
                    e);
        }
        return manifest;
    }

    /// Adds the recording of an exported file. The file is not trusted: its names, sizes and content are checked.
    ///
    /// @return its manifest
    /// @throws RecordingException when the file is not a recording, or is present already; the message is for the user
    /// @throws UncheckedIOException when the file cannot be read or the recording cannot be written
    public synchronized Manifest importFrom(Path file) {
        try {
            return new RecordingWriter(folder).place(part -> {
                String id = RecordingArchive.unpack(file, part);
                if (!ID.matcher(id).matches()) {
                    throw new RecordingException("The file " + file + " is not a recording: its id is not valid.");
                }
                if (Files.exists(place(id), LinkOption.NOFOLLOW_LINKS)) {
                    throw new RecordingException("The recording " + id + " is present already.");
                }
                Manifest manifest = ManifestFile.read(part).withId(id);
                checkFiles(part, manifest);
                return manifest;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The recording of the file " + file + " cannot be added to " + folder + ": "
                    + FileFailures.sentence(e), e);
        } finally {
            changed();
        }
    }

    private static void checkFiles(Path place, Manifest manifest) throws IOException {
        List<String> known = new ArrayList<>(manifest.files().keySet());
        manifest.files().forEach((name, bytes) -> checkFile(place, name, bytes));
        known.add(ManifestFile.NAME);
        try (Stream<Path> files = Files.list(place)) {
            if (!files.allMatch(path -> known.contains(path.getFileName().toString()))) {
                throw new RecordingException("The file holds more files than its manifest lists.");
            }
        }
    }
}
