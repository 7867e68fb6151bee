package dev.memfuse.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.memfuse.engine.DamagedLetter;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.journal.JournalEntryCodec.MalformedException;
import dev.memfuse.file.FileFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps refused rounds on the disk: one file for each, named by its round, in a folder for each user. A file is
/// written under another name, forced, and renamed, so that it is complete whenever it exists. Several processes may
/// use one folder. Thread-safe.
public final class DeadLetterFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterFolder.class);
    private static final String SUFFIX = ".letter";
    private static final String UNFINISHED = ".new";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final long RECOUNT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Path folder;
    private final Disk disk;
    /// Sessions of the letters, by file.
    private final Map<Path, SessionKey> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile long countedNanos;

    /// A dead letter with the token counts of its round.
    ///
    /// @param round the round, as the journal held it
    public record Stored(DeadLetter letter, JournalEntry.Round round) {}

    /// @param folder created with the first letter
    public DeadLetterFolder(Path folder) {
        this(folder, new RealDisk());
    }

    DeadLetterFolder(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
        recount();
    }

    /// Returns the folder, which may not exist.
    public Path path() {
        return folder;
    }

    /// Returns the number of letters; letters of other processes are counted within seconds. Cheap.
    public int count() {
        if (System.nanoTime() - countedNanos > RECOUNT_NANOS) {
            recount();
        }
        return count.get();
    }

    private void recount() {
        countedNanos = System.nanoTime();
        try (Stream<Path> letters = letters()) {
            count.set(Math.toIntExact(letters.count()));
        } catch (EngineException | UncheckedIOException e) {
            LOG.debug("Journal: dead letters in {} cannot be counted", folder, e);
        }
    }

    private Stream<Path> letters() {
        return users().stream().flatMap(user -> letters(user).stream());
    }

    private List<Path> users() {
        return list(folder, file -> isId(file.getFileName().toString()) && Files.isDirectory(file));
    }

    private static List<Path> letters(Path user) {
        return list(user, file -> {
            String name = file.getFileName().toString();
            return name.endsWith(SUFFIX) && isId(name.substring(0, name.length() - SUFFIX.length()));
        });
    }

    /// Returns whether a name is an id as this class writes it. Other files belong to others.
    private static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    private static List<Path> list(Path parent, DirectoryStream.Filter<Path> filter) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(parent, filter)) {
            files.forEach(found::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failure("read", parent, e);
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private static EngineException failure(String action, Path path, IOException cause) {
        return new EngineException("The dead letters in " + path + " could not be " + action + ": " + cause.getMessage()
                + ". Check the folder, its rights and its disk.", cause.toString(), cause);
    }

    /// Adds a letter durably; replaces a letter of the same round.
    ///
    /// @param reason why storage refuses the round, a sentence
    /// @throws EngineException when it could not be written
    public void add(JournalEntry.Round round, Instant refusedAt, String reason) {
        Path user = folder.resolve(round.session().userId().toString());
        Path file = user.resolve(round.roundId() + SUFFIX);
        Path unfinished = user.resolve(round.roundId() + "-" + UUID.randomUUID() + UNFINISHED);
        try {
            createFolders(user);
            boolean isNew = !Files.exists(file);
            try {
                write(unfinished, DeadLetterCodec.encode(round, refusedAt, reason));
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            if (isNew) {
                count.incrementAndGet();
            }
            disk.forceFolder(user);
        } catch (IOException e) {
            throw failure("written", folder, e);
        }
    }

    private void createFolders(Path user) throws IOException {
        if (!Files.isDirectory(user)) {
            Files.createDirectories(user);
            disk.forceFolder(folder);
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                disk.forceFolder(parent);
            }
        }
    }

    private void write(Path file, ByteBuffer bytes) throws IOException {
        try (Disk.DiskFile open = disk.open(file)) {
            open.write(bytes, 0);
            open.forceAll();
        }
    }

    /// Reads a letter, which another process may have deleted.
    ///
    /// @throws MalformedException when it is damaged
    private static Optional<Stored> read(Path file) throws MalformedException {
        try {
            Stored stored = DeadLetterCodec.decode(ByteBuffer.wrap(Files.readAllBytes(file)));
            if (!file.getFileName().toString().equals(stored.letter().roundId() + SUFFIX)) {
                throw new MalformedException("The file has the name of another round.");
            }
            return Optional.of(stored);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new MalformedException("The file cannot be read: " + FileFailures.reason(e));
        } catch (RuntimeException e) {
            LOG.debug("Journal: dead letter {} cannot be read", file, e);
            throw new MalformedException("The file holds no round that can be read.");
        }
    }

    private static Optional<Stored> readIfSound(Path file) {
        try {
            return read(file);
        } catch (MalformedException e) {
            LOG.debug("Journal: dead letter {} is damaged: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /// Returns the letters that cannot be read.
    public List<DamagedLetter> damaged() {
        return letters().flatMap(file -> damage(file).stream()).toList();
    }

    private static Optional<DamagedLetter> damage(Path file) {
        try {
            Optional<Stored> _ = read(file);
            return Optional.empty();
        } catch (MalformedException e) {
            return Optional.of(new DamagedLetter(userId(file), roundId(file),
                    file.toFile().length(), String.valueOf(e.getMessage())));
        }
    }

    private static UUID userId(Path file) {
        return UUID.fromString(Objects.requireNonNull(file.getParent()).getFileName().toString());
    }

    private static UUID roundId(Path file) {
        String name = file.getFileName().toString();
        return UUID.fromString(name.substring(0, name.length() - SUFFIX.length()));
    }

    /// A letter, which may be damaged.
    ///
    /// @param userId id under which its user is known here
    /// @param session session of the round; empty when the letter is damaged
    public record Place(UUID userId, UUID roundId, Optional<SessionKey> session) {}

    /// Returns the places of all letters. Reads each letter once.
    public List<Place> places() {
        List<Path> files = letters().toList();
        sessions.keySet().retainAll(Set.copyOf(files));
        return files.stream().map(file -> new Place(userId(file), roundId(file),
                Optional.ofNullable(sessions.computeIfAbsent(file,
                        added -> readIfSound(added).map(stored -> stored.letter().session()).orElse(null)))))
                .toList();
    }

    /// Visits the letters, one in memory at a time.
    public void forEach(Consumer<Stored> each) {
        for (Path user : users()) {
            for (Path file : letters(user)) {
                readIfSound(file).ifPresent(each);
            }
        }
    }

    /// Deletes the letter of a round durably.
    ///
    /// @return whether there was one
    public boolean delete(UUID userId, UUID roundId) {
        Path user = folder.resolve(userId.toString());
        try {
            boolean deleted = Files.deleteIfExists(user.resolve(roundId + SUFFIX));
            if (deleted) {
                count.decrementAndGet();
                disk.forceFolder(user);
            }
            return deleted;
        } catch (IOException e) {
            throw failure("deleted", folder, e);
        }
    }

    /// Deletes the folder of a user without letters, with unfinished files.
    public void removeIfEmpty(UUID userId) {
        Path user = folder.resolve(userId.toString());
        if (list(user, file -> !file.getFileName().toString().endsWith(UNFINISHED)).isEmpty()) {
            deleteUser(user);
        }
    }

    /// Removes erased messages from the letters, and letters of which none remain.
    ///
    /// @return number of removed messages
    public int erase(JournalEntry.Erasure erasure) {
        Path user = folder.resolve(erasure.userId().toString());
        Tombstones tombstones = new Tombstones();
        tombstones.add(1, erasure);
        int erased = 0;
        for (Path file : letters(user)) {
            Optional<Stored> stored = readIfSound(file);
            if (stored.isEmpty()) {
                continue;
            }
            JournalEntry.Round round = stored.get().round();
            Optional<JournalEntry.Round> rest = tombstones.filter(0, round);
            int remaining = rest.map(kept -> kept.messages().size()).orElse(0);
            if (remaining < round.messages().size()) {
                erased += round.messages().size() - remaining;
                rest.ifPresentOrElse(
                        kept -> add(kept, stored.get().letter().refusedAt(), stored.get().letter().reason()),
                        () -> delete(erasure.userId(), round.roundId()));
            }
        }
        if (erasure.sessionId().isEmpty()) {
            deleteUser(user);
        }
        return erased;
    }

    /// Deletes a user's folder with unreadable letters and unfinished files.
    private void deleteUser(Path user) {
        try {
            for (Path file : list(user, _ -> true)) {
                Files.deleteIfExists(file);
            }
            if (Files.deleteIfExists(user)) {
                disk.forceFolder(folder);
            }
        } catch (IOException e) {
            throw failure("deleted", folder, e);
        } finally {
            recount();
        }
    }
}
