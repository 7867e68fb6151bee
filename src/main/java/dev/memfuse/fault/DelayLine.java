package dev.memfuse.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/// One direction of a connection: bytes in flight, each chunk with the time of its arrival. Many chunks travel at once;
/// their order is kept. Holds at most [#CAPACITY] bytes: beyond it the line stops reading, and the sender is slowed
/// down as by a full window of TCP.
///
/// The reading thread reads and enqueues, the delivering thread writes; a lock guards the line.
final class DelayLine {
    /// Most bytes in flight in one direction of a connection.
    static final int CAPACITY = 512 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Chunk> inFlight = new ArrayDeque<>();
    private final SocketChannel source;
    private final SocketChannel target;
    private final Link link;
    private final ProxyConnection connection;
    private @Nullable SelectionKey sourceKey;
    private @Nullable SelectionKey targetKey;
    private int bytes;
    private long lastArrival;
    private long firstDeparture;
    /// Whether the line is full and so does not read.
    private boolean paused;
    /// Whether the target cannot take bytes: it is not connected yet, or its buffer is full.
    private boolean blocked;
    /// Whether the head is due in the schedule of the delivering thread.
    private boolean scheduled;

    /// Bytes that arrive together, or the end of the stream.
    private record Chunk(ByteBuffer data, End end, long arrival) {}

    /// How a stream goes on after a chunk.
    private enum End {
        NONE,
        CLOSED,
        RESET
    }

    /// @param firstDeparture time before which nothing departs, on the clock of [System#nanoTime]
    /// @param blocked whether the target is not connected yet
    DelayLine(ProxyConnection connection, SocketChannel source, SocketChannel target, Link link, long firstDeparture,
            boolean blocked) {
        this.connection = connection;
        this.source = source;
        this.target = target;
        this.link = link;
        this.firstDeparture = firstDeparture;
        this.lastArrival = firstDeparture;
        this.blocked = blocked;
    }

    /// Sets the keys of both channels. Called once, before the first read.
    void keys(SelectionKey ofSource, SelectionKey ofTarget) {
        sourceKey = ofSource;
        targetKey = ofTarget;
    }

    /// Reads what the source has sent. For the reading thread.
    ///
    /// @param scratch cleared by this call
    void read(ByteBuffer scratch) {
        lock.lock();
        try {
            scratch.clear().limit(Math.min(Math.min(link.chunkBytes(), CAPACITY - bytes), scratch.capacity()));
            int count = scratch.hasRemaining() ? source.read(scratch) : 0;
            if (count < 0) {
                stopReading();
                enqueue(ByteBuffer.allocate(0), End.CLOSED);
            } else if (count > 0) {
                send(scratch.flip());
            }
            if (bytes >= CAPACITY) {
                paused = true;
                stopReading();
            }
        } catch (IOException e) {
            // A reset travels like bytes.
            stopReading();
            enqueue(ByteBuffer.allocate(0), End.RESET);
        } finally {
            lock.unlock();
        }
    }

    private void send(ByteBuffer data) {
        if (inFlight.isEmpty() && !blocked && link.instant() && System.nanoTime() - firstDeparture >= 0) {
            try {
                target.write(data);
            } catch (IOException e) {
                connection.reset();
                return;
            }
        }
        if (data.hasRemaining()) {
            enqueue(ByteBuffer.allocate(data.remaining()).put(data).flip(), End.NONE);
        }
    }

    private void enqueue(ByteBuffer data, End end) {
        long now = System.nanoTime();
        long arrival = link.send(data.remaining(), now - firstDeparture >= 0 ? now : firstDeparture);
        lastArrival = arrival - lastArrival >= 0 ? arrival : lastArrival;
        inFlight.add(new Chunk(data, end, lastArrival));
        bytes += data.remaining();
        schedule();
    }

    private void schedule() {
        Chunk head = inFlight.peek();
        if (head != null && !blocked && !scheduled) {
            scheduled = true;
            connection.deliveries().add(this, head.arrival());
        }
    }

    private void stopReading() {
        if (sourceKey != null && sourceKey.isValid()) {
            sourceKey.interestOpsAnd(~SelectionKey.OP_READ);
        }
    }

    /// Delivers what has arrived. For the delivering thread.
    ///
    /// @param now on the clock of [System#nanoTime]
    void deliver(long now) {
        lock.lock();
        try {
            scheduled = false;
            for (Chunk head = inFlight.peek(); head != null && now - head.arrival() >= 0
                    && write(head); head = inFlight.peek()) {
                inFlight.remove();
            }
            if (paused && bytes <= CAPACITY / 2) {
                paused = false;
                connection.want(sourceKey, SelectionKey.OP_READ);
            }
            schedule();
        } catch (IOException e) {
            connection.reset();
        } finally {
            lock.unlock();
        }
    }

    /// Writes a chunk or the end of the stream.
    ///
    /// @return false when the target takes no more
    private boolean write(Chunk head) throws IOException {
        int before = head.data().remaining();
        if (before > 0) {
            target.write(head.data());
            bytes -= before - head.data().remaining();
            if (head.data().hasRemaining()) {
                blocked = true;
                connection.want(targetKey, SelectionKey.OP_WRITE);
                return false;
            }
        }
        switch (head.end()) {
            case NONE -> {
            }
            case CLOSED -> {
                target.shutdownOutput();
                connection.ended();
            }
            case RESET -> connection.reset();
        }
        return true;
    }

    /// Called when the target is connected, or takes bytes again. For the reading thread.
    void unblock() {
        lock.lock();
        try {
            blocked = false;
            schedule();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the bytes in flight.
    int bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
