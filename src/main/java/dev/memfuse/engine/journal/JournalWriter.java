package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import dev.memfuse.background.BackgroundLoop;
import dev.memfuse.background.BackgroundThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only thread that writes to the journal. Group commit: it takes all queued requests, writes them, forces once,
/// then acknowledges them.
///
/// After a failed write or force the journal acknowledges nothing until a restart: the content of the disk is unknown,
/// and a second force may report success for lost bytes. A segment is preallocated with zeros and cannot run out of
/// room, so a failed write to it is such a failure too. Only the creation of a segment can find the disk full; that
/// leaves the log intact.
final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int GROUP_BYTES = 1 << 20;
    private static final int GROUP_ENTRIES = 4096;

    private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(GROUP_BYTES);
    private final List<Append> group = new ArrayList<>();
    private final WriterDependencies dependencies;
    private final List<Request> batch = new ArrayList<>();
    private final BackgroundLoop loop;
    private @Nullable OpenSegment open;
    private long nextLsn;
    private volatile long durable;
    private volatile boolean ended;
    private volatile @Nullable JournalException failure;

    /// @param nextLsn the first number to give out
    JournalWriter(WriterDependencies dependencies, long nextLsn) {
        this.dependencies = dependencies;
        this.nextLsn = nextLsn;
        this.durable = nextLsn - 1;
        // No daemon: the program must not end before acknowledged entries are on the disk.
        this.loop = new BackgroundLoop("engine-journal", this::turn,
                BackgroundThreads.platform("engine-journal").daemon(false).factory());
    }

    void start() {
        loop.start();
    }

    /// Queues a request. After the end of the thread it fails at once.
    void submit(Request request) {
        queue.add(request);
        if (ended) {
            failQueued();
        }
    }

    private void failQueued() {
        for (Request late = queue.poll(); late != null; late = queue.poll()) {
            late.fail(new JournalException("The journal in " + dependencies.folder() + " is closed."));
        }
    }

    /// Writes the queued requests and ends the thread.
    void close() {
        submit(new Request.Stop());
        loop.join();
    }

    /// Returns the failure after which nothing is acknowledged; empty without one.
    Optional<JournalException> failure() {
        return Optional.ofNullable(failure);
    }

    /// Returns the highest log sequence number on the disk.
    long durable() {
        return durable;
    }

    private boolean turn() throws InterruptedException {
        batch.clear();
        batch.add(loop.await(queue::take));
        boolean running = true;
        try {
            queue.drainTo(batch, GROUP_ENTRIES - 1);
            running = batch.stream().noneMatch(Request.Stop.class::isInstance);
            handle();
        } catch (Throwable e) {
            // The group may be written in part, and its callers must not wait forever.
            fail(e);
            JournalException reason = failure().orElseThrow();
            batch.forEach(request -> request.fail(reason));
            throw e;
        } finally {
            if (!running) {
                end();
            }
        }
        return running;
    }

    private void end() {
        try {
            seal();
        } finally {
            ended = true;
            failQueued();
        }
    }

    private void handle() {
        for (Request request : batch) {
            switch (request) {
                case Append append -> guarded(append, () -> write(append));
                case Request.Batch many -> many.appends().forEach(append -> guarded(append, () -> write(append)));
                case Request.Retire retire -> guarded(retire, () -> retire(retire));
                case Request.Stop _ -> {
                    // The last turn: the requests beside it are handled first.
                }
            }
        }
        commit();
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Request request, Step step) {
        if (failure != null) {
            request.fail(failure);
            return;
        }
        try {
            step.run();
        } catch (JournalException e) {
            request.fail(e);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            request.fail(failure().orElseThrow());
        }
    }

    private void write(Append append) throws IOException {
        OpenSegment current = open;
        if (current == null || !current.hasRoom(append.bytes())) {
            commit();
            if (failure != null) {
                throw failure;
            }
            dependencies.source().prepare(ChecksummedBlock.BYTES + (long) append.bytes(), append.submittedNanos());
            current = switchTo(dependencies.source().next(buffer, nextLsn));
        }
        append.assign(nextLsn++, current.end());
        current.put(append);
        if (current.end() >= current.capacity() / 2) {
            dependencies.source().prepareNext();
        }
        group.add(append);
    }

    private OpenSegment switchTo(OpenSegment next) {
        seal();
        open = next;
        return next;
    }

    private void seal() {
        OpenSegment current = open;
        if (current != null) {
            dependencies.source().seal(current, nextLsn - 1);
            open = null;
        }
    }

    /// Forces the group to the disk and acknowledges it.
    private void commit() {
        OpenSegment current = open;
        if (group.isEmpty() || current == null || failure != null) {
            return;
        }
        try {
            long start = dependencies.nanos().getAsLong();
            current.force();
            dependencies.meter().record(dependencies.nanos().getAsLong() - start);
            durable = nextLsn - 1;
            dependencies.unreleased().add(group);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return;
        }
        group.forEach(Append::acknowledge);
        group.clear();
    }

    private void fail(Throwable cause) {
        var exception = new JournalException("The journal in " + dependencies.folder() + " could not be written: "
                + cause.getMessage() + ". Nothing is acknowledged until a restart; check the disk, then restart.",
                cause.toString(), cause);
        failure = exception;
        LOG.error("Journal: {}", exception.getMessage(), cause);
        group.forEach(append -> append.fail(exception));
        group.clear();
    }

    private void retire(Request.Retire retire) {
        OpenSegment current = open;
        if (current != null && !current.isEmpty() && !dependencies.source().hasSealed()
                && dependencies.nanos().getAsLong() - current.firstSubmittedNanos() >= retire.ageNanos()) {
            commit();
            seal();
        }
        CompletableFuture<Void> done = retire.done();
        done.complete(null);
    }
}
