package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes: takes all that waits, writes it in one go, forces once, then acknowledges.
///
/// A failed write or force ends acknowledging for good, since the disk may hold anything then, and a second force may
/// report success for bytes that are lost. Room cannot run out in a segment, which is preallocated with zeros, so a
/// write that fails there is of that kind too. Only a new segment can find the disk full; that leaves the log whole.
final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int GROUP_BYTES = 1 << 20;
    private static final int GROUP_ENTRIES = 4096;

    private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(GROUP_BYTES);
    private final List<Append> group = new ArrayList<>();
    private final WriterParts parts;
    private final Thread thread;
    private @Nullable OpenSegment open;
    private long nextLsn;
    private volatile long durable;
    private volatile boolean ended;
    private volatile @Nullable JournalException poison;

    /// @param nextLsn the first number to give out
    JournalWriter(WriterParts parts, long nextLsn) {
        this.parts = parts;
        this.nextLsn = nextLsn;
        this.durable = nextLsn - 1;
        this.thread = Thread.ofPlatform().name("engine-journal").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Hands over; what comes after the end is refused at once.
    void submit(Request request) {
        queue.add(request);
        if (ended) {
            refuseQueued();
        }
    }

    private void refuseQueued() {
        for (Request late = queue.poll(); late != null; late = queue.poll()) {
            late.refuse(new JournalException("The journal in " + parts.folder() + " is closed."));
        }
    }

    /// Writes what was handed over before, and ends.
    void close() {
        submit(new Request.Stop());
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Optional<JournalException> poison() {
        return Optional.ofNullable(poison);
    }

    /// The highest number that is on the disk.
    long durable() {
        return durable;
    }

    private void run() {
        List<Request> batch = new ArrayList<>();
        boolean running = true;
        while (running) {
            batch.clear();
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                LOG.debug("Journal: an interrupt of the writer is ignored.");
                continue;
            }
            queue.drainTo(batch, GROUP_ENTRIES - 1);
            running = handle(batch);
        }
        seal();
        ended = true;
        refuseQueued();
    }

    /// @return whether to go on
    private boolean handle(List<Request> batch) {
        boolean running = true;
        for (Request request : batch) {
            switch (request) {
                case Append append -> guarded(append, () -> write(append));
                case Request.Retire retire -> guarded(retire, () -> retire(retire));
                case Request.Stop _ -> running = false;
            }
        }
        commit();
        return running;
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Request request, Step step) {
        if (poison != null) {
            request.refuse(poison);
            return;
        }
        try {
            step.run();
        } catch (JournalException e) {
            request.refuse(e);
        } catch (IOException | RuntimeException | Error e) {
            poison(e);
            request.refuse(poison().orElseThrow());
        }
    }

    private void write(Append append) throws IOException {
        OpenSegment current = open;
        if (current == null || !current.hasRoom(append.bytes())) {
            commit();
            if (poison != null) {
                throw poison;
            }
            parts.source().prepare(ChecksummedBlock.BYTES + (long) append.bytes(), append.since());
            current = turnTo(parts.source().next(buffer));
        }
        append.number(nextLsn++);
        current.put(append);
        group.add(append);
    }

    private OpenSegment turnTo(OpenSegment next) {
        seal();
        open = next;
        return next;
    }

    private void seal() {
        OpenSegment current = open;
        if (current != null) {
            parts.source().seal(current, nextLsn - 1);
            open = null;
        }
    }

    /// Forces the group and acknowledges it.
    private void commit() {
        OpenSegment current = open;
        if (group.isEmpty() || current == null || poison != null) {
            return;
        }
        try {
            long start = parts.nanos().getAsLong();
            current.force();
            parts.meter().record(parts.nanos().getAsLong() - start);
            durable = nextLsn - 1;
            parts.backlog().add(group);
        } catch (IOException | RuntimeException | Error e) {
            poison(e);
            return;
        }
        group.forEach(Append::acknowledge);
        group.clear();
    }

    private void poison(Throwable cause) {
        var why = new JournalException("The journal in " + parts.folder() + " could not be written: "
                + cause.getMessage() + ". Nothing is acknowledged until a restart; check the disk, then restart.",
                cause.toString(), cause);
        poison = why;
        LOG.error("Journal: {}", why.getMessage(), cause);
        group.forEach(append -> append.refuse(why));
        group.clear();
    }

    private void retire(Request.Retire retire) {
        OpenSegment current = open;
        if (current != null && !current.isEmpty()
                && parts.nanos().getAsLong() - current.firstSince() >= retire.ageNanos()) {
            commit();
            seal();
        }
        CompletableFuture<Void> done = retire.done();
        done.complete(null);
    }
}
