package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.memfuse.file.FolderLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A write-ahead log of acknowledged entries that are not yet in the database.
///
/// [#append] returns when its entry is on the disk: after a kill of the process or a loss of power, [#recovered]
/// returns it until it is released. Recovery may return more: an entry whose append failed, and one that was released
/// shortly before the end. A replay must therefore be idempotent by the ids of the messages. Entries are written in the
/// order of their numbers. Thread-safe; appends block and are meant for virtual threads.
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
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SortedMap<Long, RecoveredRound> recovered = new ConcurrentSkipListMap<>();
    private final List<RecoveredCreation> recoveredCreations = new ArrayList<>();

    /// Opens a journal and recovers its entries. Creates the folder when it is missing, cuts a torn tail, and copies
    /// corrupt bytes to the quarantine.
    ///
    /// @param limits read at each use
    /// @throws JournalLockedException when another journal uses the folder
    /// @throws JournalException when the folder is unreadable or of another version
    public static Journal open(Path folder, Supplier<JournalLimits> limits) {
        return open(folder, limits, InstantSource.system());
    }

    /// Opens a journal with a given wall clock, which serves only to estimate the age of recovered entries.
    ///
    /// @see #open(Path, Supplier)
    public static Journal open(Path folder, Supplier<JournalLimits> limits, InstantSource clock) {
        return open(new JournalSetup(folder, limits, clock, System::nanoTime, new RealDisk()));
    }

    static Journal open(JournalSetup setup) {
        try {
            createFolder(setup);
            FolderLock lock = lock(setup.folder());
            try {
                return new Journal(setup, lock).start();
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalException("The journal in " + setup.folder() + " could not be opened: " + e.getMessage()
                    + ". Check the folder, its rights and its disk.", e.toString(), e);
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
        Recovery.Result recovery = new Recovery(disk, setup.folder()).run(checkpoint);
        this.corruptRegions = recovery.corruptRegions();
        var state = new RecoveredState(setup, recovery);
        this.unreleased = state.unreleased();
        state.rounds().forEach(round -> recovered.put(round.lsn(), round));
        recoveredCreations.addAll(state.creations());
        this.segments = new Segments(disk, setup.folder(), recovery.segments());
        this.spare = new PreallocatedSegment(disk, setup.folder());
        this.maintenance = new Maintenance(checkpoint, segments, spare, this::checkpoint);
        this.source = new SegmentSource(setup, spare, segments, recovery.nextSequence(),
                () -> maintenance.prepareSpare(setup.limits().get().segmentBytes()));
        this.meter = new ForceMeter(setup.nanos().getAsLong());
        this.writer = new JournalWriter(
                new WriterDependencies(setup.folder(), source, unreleased, meter, setup.nanos()), recovery.next());
    }

    private Journal start() throws IOException {
        maintenance.writeFirstCheckpoint();
        setup.disk().forceFolder(setup.folder());
        writer.start();
        maintenance.start();
        maintenance.prepareSpare(setup.limits().get().segmentBytes());
        LOG.info("Journal: open in {}, {} rounds recovered, {} corrupt regions", setup.folder(), recovered.size(),
                corruptRegions.size());
        return this;
    }

    private Checkpoint.Values checkpoint() {
        return new Checkpoint.Values(unreleased.lowWaterMark(), writer.durable(), source.nextSequence());
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
        var append = new Append(JournalEntryCodec.type(entry), payload, room, setup.nanos().getAsLong());
        writer.submit(append);
        try {
            return await(append.done());
        } catch (JournalException e) {
            unreleased.cancel(room);
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

    private static <T> T await(CompletableFuture<T> done) {
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
        if (!recovered.isEmpty()) {
            recovered.remove(lsn);
        }
    }

    /// Returns the recovered rounds that are not released, oldest first, each without the messages that were erased
    /// after it. They stay in memory until they are released.
    public List<RecoveredRound> recovered() {
        return List.copyOf(recovered.values());
    }

    /// Returns the recovered creations of users, agents and sessions in their order, without those that were erased
    /// after them. Each must be stored before the rounds that need it, and then released.
    public List<RecoveredCreation> recoveredCreations() {
        return List.copyOf(recoveredCreations);
    }

    /// Takes over the recovered creations of another journal, whose process ended: appends them here. Call it before
    /// [#adopt], so that rounds follow what they need.
    void adoptCreations(List<RecoveredCreation> others) {
        for (RecoveredCreation other : others) {
            recoveredCreations.add(new RecoveredCreation(append(other.creation()), other.creation()));
        }
    }

    /// Takes over the recovered rounds of another journal, whose process ended: appends them here.
    void adopt(List<RecoveredRound> others) {
        for (RecoveredRound other : others) {
            long lsn = append(other.round());
            recovered.put(lsn, new RecoveredRound(lsn, other.round()));
        }
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

    /// Seals the current segment when its first entry is older than `age`, and deletes released segments. Regular calls
    /// bound the time that an erased text stays on the disk: until the age has passed, the rounds of its segment and of
    /// earlier segments are released, and this method is called again. Blocks.
    ///
    /// @throws JournalException when the disk failed; the deletion is repeated later
    public void retire(Duration age) {
        requireUsable();
        var retire = new Request.Retire(age.toNanos(), new CompletableFuture<>());
        writer.submit(retire);
        await(retire.done());
        try {
            maintenance.deleteReleased();
        } catch (IOException e) {
            throw new JournalException("Released segments of the journal in " + setup.folder()
                    + " could not be deleted: " + e.getMessage() + ". The deletion is repeated later.",
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
