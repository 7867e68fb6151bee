package dev.memfuse.load.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.load.measure.Texts;

/// Calls in both directions over two pipes, many at a time. A frame is its length, its kind, the number of its call and
/// the body. Owns the thread `load-channel`, which reads. Thread-safe.
final class Channel implements AutoCloseable {
    private static final Request[] REQUESTS = Request.values();
    private static final int ANSWER = REQUESTS.length;
    private static final int FAILURE = ANSWER + 1;
    private static final int HEAD = 1 + Long.BYTES;
    private static final int MAX_FRAME = 256 << 20;
    private static final int BUFFER = 1 << 16;
    /// Number of a message without an answer.
    private static final long NO_CALL = 0;

    private final DataInputStream in;
    private final OutputStream out;
    private final Service service;
    private final ExecutorService workers;
    private final ReentrantLock writing = new ReentrantLock();
    private final Map<Long, CompletableFuture<DataInput>> calls = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /// Serves the requests of the other end.
    @FunctionalInterface
    interface Service {
        /// Serves a request.
        ///
        /// @param in body of the request
        /// @param answer receives the body of the answer; ignored for an [ordered][Request#ordered] one
        /// @throws Exception when it fails; the caller receives its message
        void serve(Request request, DataInput in, DataOutput answer) throws Exception;
    }

    /// Writes the body of a frame.
    @FunctionalInterface
    interface Body {
        void write(DataOutput out) throws IOException;
    }

    /// @param workers serve the requests that are not ordered; the channel closes them
    Channel(InputStream in, OutputStream out, ExecutorService workers, Service service) {
        this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
        this.out = out;
        this.workers = workers;
        this.service = service;
    }

    /// Starts to read.
    void start() {
        BackgroundThreads.platform("load-channel").start(this::readAll);
    }

    /// Calls the other end and blocks for the answer.
    ///
    /// @throws RemoteFailure when the call fails there
    /// @throws ChannelClosedException when the other end has ended
    DataInput call(Request request, Body body) {
        try {
            return send(request, body).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelClosedException();
        }
    }

    /// Calls the other end; the future fails as [#call] does.
    CompletableFuture<DataInput> send(Request request, Body body) {
        long number = numbers.incrementAndGet();
        CompletableFuture<DataInput> answer = new CompletableFuture<>();
        calls.put(number, answer);
        write(request.ordinal(), number, body);
        if (closed.isDone()) {
            calls.remove(number);
            answer.completeExceptionally(new ChannelClosedException());
        }
        return answer;
    }

    /// Sends a message without an answer; has no effect when the other end has ended.
    void post(Request request, Body body) {
        write(request.ordinal(), NO_CALL, body);
    }

    private void write(int kind, long number, Body body) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try {
            DataOutputStream data = new DataOutputStream(frame);
            data.writeInt(0);
            data.writeByte(kind);
            data.writeLong(number);
            body.write(data);
            byte[] bytes = frame.toByteArray();
            putLength(bytes);
            writing.lock();
            try {
                // Whole frames, without a buffer of their own: each is one write to the pipe.
                out.write(bytes);
                out.flush();
            } finally {
                writing.unlock();
            }
        } catch (IOException e) {
            close();
        }
    }

    private static void putLength(byte[] bytes) {
        int length = bytes.length - Integer.BYTES;
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[i] = (byte) (length >>> (Byte.SIZE * (Integer.BYTES - 1 - i)));
        }
    }

    private void readAll() {
        try {
            while (!closed.isDone()) {
                read();
            }
        } catch (EOFException e) {
            // The other process has ended.
        } catch (IOException e) {
            if (!closed.isDone()) {
                BackgroundHealth.report("load channel", e);
            }
        } finally {
            close();
        }
    }

    private void read() throws IOException {
        int length = in.readInt();
        if (length < HEAD || length > MAX_FRAME) {
            throw new IOException("The channel of the load generator is damaged.");
        }
        byte[] frame = new byte[length];
        in.readFully(frame);
        DataInputStream body = new DataInputStream(new ByteArrayInputStream(frame));
        int kind = body.readUnsignedByte();
        long number = body.readLong();
        if (kind == ANSWER || kind == FAILURE) {
            answered(number, kind == ANSWER, body);
        } else if (kind < REQUESTS.length) {
            serve(REQUESTS[kind], number, body);
        } else {
            throw new IOException("The channel of the load generator has a message of another version.");
        }
    }

    private void answered(long number, boolean success, DataInput body) throws IOException {
        CompletableFuture<DataInput> call = calls.remove(number);
        if (call == null) {
            return;
        }
        if (success) {
            call.complete(body);
        } else {
            call.completeExceptionally(new RemoteFailure(Texts.read(body)));
        }
    }

    private void serve(Request request, long number, DataInput body) {
        if (request.ordered()) {
            try {
                service.serve(request, body, new DataOutputStream(OutputStream.nullOutputStream()));
            } catch (Exception e) {
                BackgroundHealth.report("load channel", e);
            }
            return;
        }
        try {
            workers.execute(() -> answer(request, number, body));
        } catch (RejectedExecutionException e) {
            // The channel is being closed.
            fail(number, e);
        }
    }

    private void answer(Request request, long number, DataInput body) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            service.serve(request, body, new DataOutputStream(answer));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(number, e);
            return;
        } catch (Throwable e) {
            fail(number, e);
            return;
        }
        write(ANSWER, number, out -> out.write(answer.toByteArray()));
    }

    private void fail(long number, Throwable failure) {
        write(FAILURE, number,
                out -> Texts.write(Objects.requireNonNullElse(failure.getMessage(), failure.toString()), out));
    }

    /// Returns a future that completes when the channel is closed, or the other end has ended.
    CompletableFuture<Void> closed() {
        return closed;
    }

    /// Ends the channel: calls in progress fail. Does not wait for them.
    @Override
    public void close() {
        if (!closed.complete(null)) {
            return;
        }
        calls.values().forEach(call -> call.completeExceptionally(new ChannelClosedException()));
        workers.shutdown();
        try {
            out.close();
        } catch (IOException e) {
            // The other end has ended: nothing is left to close.
            Thread.onSpinWait();
        }
    }
}
