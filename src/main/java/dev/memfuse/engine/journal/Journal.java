package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FolderLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A write-ahead log of acknowledged entries that are not yet in the database.
///
/// [#append] returns when its entry is on the disk: after a kill of the process or a loss of power,
/// [#forEachUnreleased] visits it until it is released. It may visit more: an entry whose append failed, and one that
/// was released shortly before the end. A replay must therefore be idempotent by the ids of the messages. Entries are
/// written in the order of their numbers. Memory holds sixteen bytes for each unreleased entry and no texts, which are
/// read back from the disk. Thread-safe; appends block and are meant for virtual threads.
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final JournalSetup setup;
    private final FolderLock lock;
    private final List<CorruptRegion> corruptRegions;
    private final UnreleasedEntries unreleased;
    private final Segments segments;
    private final PreallocatedSegment spare;
    private final SegmentSource source;
    private final Maintenance maintenance;
    private final ForceMeter meter;
    private final JournalWriter writer;
    private final Tombstones tombstones;
    private final RoundReader rounds;
    private final List<RecoveredCreation> recoveredCreations;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// Opens a journal and recovers its entries. Creates the folder when it is missing, cuts a torn tail, and copies
    /// corrupt bytes to the quarantine.
    ///
    /// @param limits read at each use
    /// @throws JournalLockedException when another journal uses the folder
    /// @throws JournalException when the folder is unreadable or of another version
    public static Journal open(Path folder, Supplier<JournalLimits> limits) {
        return open(folder, limits, InstantSource.system());
    }

    /// Opens a journal with a given wall clock, whose time the headers of segments name.
    ///
    /// @see #open(Path, Supplier)
    public static Journal open(Path folder, Supplier<JournalLimits> limits, InstantSource clock) {
        return open(new JournalSetup(folder, limits, clock, System::nanoTime, new RealDisk()));
    }

    static Journal open(JournalSetup setup) {
        try {
            createFolder(setup);
            FolderLock lock = lock(setup.folder());
            boolean opened = false;
            try {
                Journal journal = new Journal(setup, lock);
                journal.start();
                opened = true;
                return journal;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new JournalException("The journal in " + setup.folder() + " could not be opened: "
                    + FileFailures.reason(e) + ". Check the folder, its rights and its disk.", e.toString(), e);
        }
    }

    private static FolderLock lock(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        return FolderLock.tryLock(file)
                .orElseThrow(() -> new JournalLockedException("The journal in " + folder + " is in use by "
                        + FolderLock.holder(file) + ". Stop that one, or start with another folder."));
    }

    private static void createFolder(JournalSetup setup) throws IOException {
        Path folder = setup.folder().toAbsolutePath();
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        Path parent = folder.getParent();
        if (parent != null) {
            setup.disk().forceFolder(parent);
        }
    }

    private Journal(JournalSetup setup, FolderLock lock) throws IOException {
        this.setup = setup;
        this.lock = lock;
        Disk disk = setup.disk();
        var checkpoint = new Checkpoint(disk, setup.folder());
        var found = new RecoveredEntries(setup);
        Recovery.Result recovery = new Recovery(disk, setup.folder(), found).run(checkpoint);
        this.corruptRegions = recovery.corruptRegions();
        this.unreleased = found.unreleased(recovery.next());
        this.tombstones = found.tombstones();
        this.recoveredCreations = new ArrayList<>(found.creations());
        this.spare = new PreallocatedSegment(disk, setup.folder());
        this.segments = new Segments(setup, spare, recovery.segments(), recovery.byFirst());
        this.rounds = new RoundReader(setup, segments, unreleased, tombstones);
        discardErased();
        this.maintenance = new Maintenance(checkpoint, segments, spare, this::checkpoint,
                () -> setup.limits().get().segmentBytes());
        this.source = new SegmentSource(setup, spare, segments, recovery.nextSequence(), maintenance::prepareSpare);
        this.meter = new ForceMeter(setup.nanos().getAsLong());
        this.writer = new JournalWriter(
                new WriterDependencies(setup.folder(), source, unreleased, meter, setup.nanos()), recovery.next());
    }

    /// Releases the recovered rounds of which no message remains, and the creations whose result was erased.
    private void discardErased() throws IOException {
        if (tombstones.isEmpty()) {
            return;
        }
        recoveredCreations.removeIf(recovered -> {
            boolean erased = tombstones.erases(recovered.lsn(), recovered.creation());
            if (erased) {
                unreleased.discard(recovered.lsn());
            }
            return erased;
        });
        rounds.discardErased();
    }

    private void start() throws IOException {
        boolean started = false;
        try {
            maintenance.writeFirstCheckpoint();
            setup.disk().forceFolder(setup.folder());
            writer.start();
            maintenance.start();
            maintenance.prepareSpare();
            started = true;
        } finally {
            if (!started) {
                writer.close();
                maintenance.close();
                spare.discard();
            }
        }
        LOG.info("Journal: open in {}, {} rounds recovered, {} corrupt regions", setup.folder(),
                unreleased.totals().entries(), corruptRegions.size());
    }

    private Checkpoint.Values checkpoint() {
        long lowWaterMark = unreleased.lowWaterMark();
        if (!segments.areRead()) {
            // Otherwise released rounds are still asked for: see withoutErased.
            tombstones.removeBelow(lowWaterMark);
        }
        return new Checkpoint.Values(lowWaterMark, writer.durable(), source.nextSequence());
    }

    /// Appends an entry and returns its log sequence number when it is on the disk. An erasure needs no room, so that a
    /// full journal never refuses a removal.
    ///
    /// @throws JournalException when the entry is not acknowledged: no room within [JournalLimits#appendTimeout], a
    ///     failed disk, or a closed journal
    public long append(JournalEntry entry) {
        requireUsable();
        byte[] payload = JournalEntryCodec.encode(entry);
        long room = entry instanceof JournalEntry.Erasure ? 0 : RecordFormat.HEADER + (long) payload.length;
        if (room > 0) {
            unreleased.reserve(setup.folder().toString(), room);
        }
        boolean submitted = false;
        try {
            var append = new Append(JournalEntryCodec.type(entry), payload, room, setup.nanos().getAsLong());
            writer.submit(append);
            submitted = true;
            long lsn = await(append.done());
            if (entry instanceof JournalEntry.Erasure erasure) {
                tombstones.add(lsn, erasure);
            }
            return lsn;
        } catch (Throwable e) {
            // After another failure of a submitted entry the writer may still store it and take the room.
            if (!submitted || e instanceof JournalException) {
                unreleased.cancel(room);
            }
            throw e;
        }
    }

    private void requireUsable() {
        if (closed.get()) {
            throw new JournalException("The journal in " + setup.folder() + " is closed.");
        }
        writer.failure().ifPresent(Journal::rethrow);
    }

    private static void rethrow(JournalException cause) {
        throw new JournalException(String.valueOf(cause.getMessage()), cause.detail(), cause);
    }

    static <T> T await(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalException failure) {
                throw new JournalException(String.valueOf(failure.getMessage()), failure.detail(), failure);
            }
            throw e;
        }
    }

    /// Releases an entry whose rows are in the database. Releases may come in any order and repeatedly.
    public void release(long lsn) {
        unreleased.release(lsn);
    }

    /// Returns the recovered creations of users, agents and sessions in their order, without those that were erased
    /// after them. Each must be stored before the rounds that need it, and then released.
    public List<RecoveredCreation> recoveredCreations() {
        return List.copyOf(recoveredCreations);
    }

    /// Visits the unreleased rounds, oldest first, each without the messages that were erased after it. Reads them from
    /// the disk one by one. Rounds that are released meanwhile may be left out.
    ///
    /// @throws JournalException when the disk cannot be read
    public void forEachUnreleased(Consumer<RecoveredRound> each) {
        rounds.forEach(each);
    }

    /// Reads unreleased rounds back from the disk, each without the messages that were erased after it. Leaves out
    /// rounds that are released or have no message left.
    ///
    /// @param lsns log sequence numbers, best in ascending order
    /// @throws JournalException when the disk cannot be read
    public void read(LongStream lsns, Consumer<RecoveredRound> each) {
        rounds.read(lsns, each);
    }

    /// Visits the rounds that are released but still on the disk, oldest first, each without the messages that were
    /// erased after it: at least those of the last [JournalLimits#keepReleased]. No segment is deleted meanwhile.
    ///
    /// @throws JournalException when the disk cannot be read
    public void forEachReleased(Consumer<RecoveredRound> each) {
        new ReleasedRounds(setup, segments, unreleased).forEach(each);
    }

    /// Keeps released rounds, and what is erased of them, until it is closed.
    public interface Keeping extends AutoCloseable {
        @Override
        void close();
    }

    /// Keeps released rounds on the disk, and for [#withoutErased] what is erased from now on, until the result is
    /// closed.
    public Keeping keepReleased() {
        return segments.read()::close;
    }

    /// Returns a round that [#forEachReleased] passed on without the messages that were erased since it passed it on;
    /// empty when none remains. Call within [#keepReleased].
    public Optional<RecoveredRound> withoutErased(RecoveredRound round) {
        return tombstones.filter(round.lsn(), round.round()).map(rest -> new RecoveredRound(round.lsn(), rest));
    }

    /// Appends the unreleased entries of another journal, whose process ended, and releases them there. Ignores the
    /// limits of this journal, since the entries were acknowledged before. Forces once for many entries.
    ///
    /// @throws JournalException when an entry could not be appended; it and those after it remain in the other journal
    void adopt(Journal other) {
        var adoption = new Adoption(writer::submit);
        // First, so that rounds follow what they need.
        for (RecoveredCreation creation : other.recoveredCreations()) {
            adoption.add(creation.creation(), other.submittedNanos(creation.lsn()), lsn -> {
                recoveredCreations.add(new RecoveredCreation(lsn, creation.creation()));
                other.release(creation.lsn());
            });
        }
        other.forEachUnreleased(round -> adoption.add(round.round(), other.submittedNanos(round.lsn()),
                _ -> other.release(round.lsn())));
        adoption.finish();
    }

    private long submittedNanos(long lsn) {
        return unreleased.place(lsn).map(UnreleasedEntries.Place::submittedNanos).orElse(setup.nanos().getAsLong());
    }

    /// Returns the regions that could not be read when the journal was opened.
    public List<CorruptRegion> corruptRegions() {
        return corruptRegions;
    }

    /// Returns the current state. Cheap.
    public JournalStatus status() {
        UnreleasedEntries.Totals totals = unreleased.totals();
        return new JournalStatus(totals.entries(), totals.bytes(), totals.age(),
                segments.bytes() + source.openBytes() + spare.bytes(),
                writer.failure().map(failure -> String.valueOf(failure.getMessage())), totals.appended(),
                totals.released(), meter.latest(setup.nanos().getAsLong()));
    }

    /// Seals the current segment when its first entry is older than `age` less [JournalLimits#keepReleased] and no
    /// sealed segment is left, and deletes released segments or uses them again. Regular calls bound the time that an
    /// erased text stays on the disk: until the age has passed, the rounds of its segment and of earlier segments are
    /// released, and this method is called again. Blocks.
    ///
    /// @throws JournalException when the disk failed; the deletion is repeated later
    public void retire(Duration age) {
        requireUsable();
        var retire = new Request.Retire(age.minus(setup.limits().get().keepReleased()).toNanos(),
                new CompletableFuture<>());
        writer.submit(retire);
        await(retire.done());
        try {
            maintenance.deleteReleased();
            if (source.openBytes() == 0) {
                maintenance.prepareSpare();
            }
        } catch (IOException e) {
            throw new JournalException("Released segments of the journal in " + setup.folder()
                    + " could not be deleted: " + FileFailures.reason(e) + ". The deletion is repeated later.",
                    e.toString(), e);
        }
    }

    /// Waits for pending appends, writes the checkpoint, and unlocks the folder. Later appends fail. The next opening
    /// recovers the entries that are not released.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        writer.close();
        maintenance.close();
        segments.closing();
        try {
            maintenance.deleteReleased();
        } catch (IOException e) {
            LOG.warn("Journal: the last checkpoint could not be written; released entries may be replayed: {}",
                    e.getMessage());
        } finally {
            spare.discard();
            unlock();
            LOG.info("Journal: closed in {}, {} entries are still to be stored", setup.folder(),
                    unreleased.totals().entries());
        }
    }

    private void unlock() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("Journal: the lock could not be released: {}", e.getMessage());
        }
    }
}
