package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A durable log of what was acknowledged and is not yet in the database.
///
/// [#append] returns when its entry is on the disk: after any kill of the process or loss of power it is among
/// [#recovered], until it is released. The reverse does not hold: an entry whose append failed may come back, and so
/// may one that was released shortly before the end; whoever replays must do so by the ids of the messages. Entries are
/// written in the order of their numbers. Thread-safe; appends block and are meant for virtual threads.
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final JournalSetup setup;
    private final FolderLock lock;
    private final List<Damage> damage;
    private final Backlog backlog;
    private final Segments segments;
    private final PreallocatedSegment spare;
    private final SegmentSource source;
    private final Maintenance upkeep;
    private final ForceMeter meter;
    private final JournalWriter writer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SortedMap<Long, RecoveredRound> recovered = new ConcurrentSkipListMap<>();

    /// Opens the folder, which is created when missing; repairs a torn tail, quarantines damage, and reads what
    /// survived.
    ///
    /// @throws JournalException when the folder is in use, unreadable, or of another version
    public static Journal open(Path folder, Supplier<JournalLimits> limits) {
        return open(folder, limits, InstantSource.system());
    }

    /// The same by another wall clock, which only serves to estimate the age of what survived.
    public static Journal open(Path folder, Supplier<JournalLimits> limits, InstantSource clock) {
        return open(new JournalSetup(folder, limits, clock, System::nanoTime, new RealDisk()));
    }

    static Journal open(JournalSetup setup) {
        try {
            createFolder(setup);
            FolderLock lock = FolderLock.take(setup.folder());
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
        Recovery.Result found = new Recovery(disk, setup.folder()).run(checkpoint);
        this.damage = found.damage();
        var survivors = new RecoveredState(setup, found);
        this.backlog = survivors.backlog();
        survivors.rounds().forEach(round -> recovered.put(round.lsn(), round));
        this.segments = new Segments(disk, setup.folder(), found.segments());
        this.spare = new PreallocatedSegment(disk, setup.folder());
        this.upkeep = new Maintenance(checkpoint, segments, spare, this::checkpoint);
        this.source = new SegmentSource(setup, spare, segments, found.nextSequence(),
                () -> upkeep.prepareSpare(setup.limits().get().segmentBytes()));
        this.meter = new ForceMeter(setup.nanos().getAsLong());
        this.writer = new JournalWriter(new WriterParts(setup.folder(), source, backlog, meter, setup.nanos()),
                found.next());
    }

    private Journal start() throws IOException {
        upkeep.begin();
        setup.disk().forceFolder(setup.folder());
        writer.start();
        upkeep.start();
        upkeep.prepareSpare(setup.limits().get().segmentBytes());
        LOG.info("Journal: open in {}, {} rounds recovered, {} damaged places", setup.folder(), recovered.size(),
                damage.size());
        return this;
    }

    private Checkpoint.Values checkpoint() {
        return new Checkpoint.Values(backlog.mark(), writer.durable(), source.nextSequence());
    }

    /// Appends an entry. Returns its log sequence number when it is on the disk. An erasure does not wait for room, so
    /// that a removal is never refused for a full journal.
    ///
    /// @throws JournalException when nothing was acknowledged: no room for as long as the limits' patience, a disk that
    ///     failed, or a journal that is closed
    public long append(JournalEntry entry) {
        requireUsable();
        byte[] payload = JournalEntryCodec.encode(entry);
        long room = entry instanceof JournalEntry.Round ? RecordFormat.HEADER + (long) payload.length : 0;
        if (room > 0) {
            backlog.reserve(setup.folder().toString(), room);
        }
        var append = new Append(JournalEntryCodec.type(entry), payload, room, setup.nanos().getAsLong());
        writer.submit(append);
        try {
            return await(append.done());
        } catch (JournalException e) {
            backlog.forget(room);
            throw e;
        }
    }

    private void requireUsable() {
        if (closed.get()) {
            throw new JournalException("The journal in " + setup.folder() + " is closed.");
        }
        writer.poison().ifPresent(Journal::rethrow);
    }

    private static void rethrow(JournalException why) {
        throw new JournalException(String.valueOf(why.getMessage()), why.detail(), why);
    }

    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalException why) {
                throw new JournalException(String.valueOf(why.getMessage()), why.detail(), why);
            }
            throw e;
        }
    }

    /// The rows of this entry are in the database: it need not be kept. Any order, any number of times.
    public void release(long lsn) {
        backlog.release(lsn);
        if (!recovered.isEmpty()) {
            recovered.remove(lsn);
        }
    }

    /// Rounds that survived the last process and are not released, oldest first, each without the messages that were
    /// erased after it. They are held in memory until they are released.
    public List<RecoveredRound> recovered() {
        return List.copyOf(recovered.values());
    }

    /// Takes over what survived in the journal of another process that is dead: appended here, recovered from here.
    void adopt(List<RecoveredRound> others) {
        for (RecoveredRound other : others) {
            long lsn = append(other.round());
            recovered.put(lsn, new RecoveredRound(lsn, other.round()));
        }
    }

    /// What could not be read when the journal was opened; empty when it was sound.
    public List<Damage> damage() {
        return damage;
    }

    /// The journal now. Cheap.
    public JournalStatus status() {
        Backlog.Totals totals = backlog.totals();
        return new JournalStatus(totals.entries(), totals.bytes(), totals.age(),
                segments.bytes() + source.openBytes() + spare.bytes(),
                writer.poison().map(why -> String.valueOf(why.getMessage())), totals.appended(), totals.released(),
                meter.latest(setup.nanos().getAsLong()));
    }

    /// Ends the current segment when its first entry is older than the age, and deletes the segments in which everything
    /// is released. Called regularly, it bounds how long an erased text stays on the disk: until the age has passed,
    /// the rounds of its segment and before it are released, and this was called again. Blocks.
    ///
    /// @throws JournalException when the disk failed; the deletion is tried again
    public void retire(Duration age) {
        requireUsable();
        var retire = new Request.Retire(age.toNanos(), new CompletableFuture<>());
        writer.submit(retire);
        await(retire.done());
        try {
            upkeep.tidy();
        } catch (IOException e) {
            throw new JournalException("Released segments of the journal in " + setup.folder()
                    + " could not be deleted: " + e.getMessage() + ". It is tried again.", e.toString(), e);
        }
    }

    /// Waits for appends that are under way, writes the checkpoint, and frees the folder. Later appends fail. What is
    /// not released is recovered at the next opening.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        writer.close();
        upkeep.close();
        try {
            upkeep.tidy();
        } catch (IOException e) {
            LOG.warn("Journal: the last checkpoint could not be written; released entries may be replayed: {}",
                    e.getMessage());
        } finally {
            spare.discard();
            lock.close();
            LOG.info("Journal: closed in {}, {} entries wait", setup.folder(), backlog.totals().entries());
        }
    }
}
