package dev.memfuse.load.process;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.generator.Answer;
import dev.memfuse.load.generator.InFlight;
import dev.memfuse.load.generator.LoadTarget;
import dev.memfuse.load.generator.SentMessages;
import dev.memfuse.load.measure.MeasurementTransfer;
import dev.memfuse.load.measure.Texts;
import dev.memfuse.metrics.Stage;

/// Serves the calls of a load generator in a process of its own. Counts the messages that arrive, so that those of a
/// generator that was killed are known too. Thread-safe.
final class EngineServer implements Channel.Service {
    private static final Stage[] STAGES = Stage.values();

    private final LoadTarget target;
    private final MeasurementTransfer measured;
    private final Map<UUID, SentMessages> sent = new ConcurrentHashMap<>();
    private final InFlight running = new InFlight();
    private volatile Consumer<UUID> made = _ -> {};
    private final AtomicLong slices = new AtomicLong();

    EngineServer(LoadTarget target, MeasurementTransfer measured) {
        this.target = target;
        this.measured = measured;
    }

    /// Sets the receiver of the id of each created user.
    void onUser(Consumer<UUID> receiver) {
        made = receiver;
    }

    @Override
    public void serve(Request request, DataInput in, DataOutput answer) throws IOException {
        if (!running.tryEnter(Integer.MAX_VALUE)) {
            throw new IllegalStateException("Too many calls are in progress.");
        }
        try {
            switch (request) {
                case SLICE -> {
                    measured.read(in);
                    slices.incrementAndGet();
                }
                case CREATE_USER -> createUser(in, answer);
                case CREATE_AGENT -> CallBytes.write(target.createAgent(CallBytes.readId(in), Texts.read(in)), answer);
                case CREATE_SESSION -> CallBytes.write(target
                        .createSession(CallBytes.readId(in), CallBytes.readId(in), Texts.read(in)).sessionId(), answer);
                case PREPARE_QUERIES -> target.prepareQueries(CallBytes.readId(in));
                case ADD -> add(CallBytes.readSession(in), CallBytes.readMessages(in), answer);
                case QUERY -> query(CallBytes.readId(in), Texts.read(in), in.readInt(), answer);
                case LIST -> list(CallBytes.readSession(in), in.readInt(), answer);
                default -> throw new IllegalStateException("The load generator asks for " + request + ".");
            }
        } finally {
            running.leave();
        }
    }

    private void createUser(DataInput in, DataOutput answer) throws IOException {
        UUID user = target.createUser(Texts.read(in), Texts.read(in));
        sent.put(user, new SentMessages(user));
        made.accept(user);
        CallBytes.write(user, answer);
    }

    private void add(SessionKey session, List<NewMessage> messages, DataOutput answer) throws IOException {
        SentMessages counts = sent.computeIfAbsent(session.userId(), SentMessages::new);
        counts.sending(messages);
        long start = System.nanoTime();
        Answer result = target.add(session, messages);
        long nanos = System.nanoTime() - start;
        counts.acknowledged(messages.size());
        write(nanos, result, answer);
    }

    private void query(UUID user, String text, int topK, DataOutput answer) throws IOException {
        long start = System.nanoTime();
        Answer result = target.query(user, text, topK);
        write(System.nanoTime() - start, result, answer);
    }

    private void list(SessionKey session, int limit, DataOutput answer) throws IOException {
        long start = System.nanoTime();
        Answer result = target.list(session, limit);
        write(System.nanoTime() - start, result, answer);
    }

    private static void write(long nanos, Answer result, DataOutput answer) throws IOException {
        answer.writeLong(nanos);
        Acknowledgement acknowledgement = result.acknowledgement();
        answer.writeByte(acknowledgement == null ? -1 : acknowledgement.ordinal());
        for (Stage stage : STAGES) {
            answer.writeLong(result.stageNanos().applyAsLong(stage));
        }
    }

    /// Returns the number of slices that arrived: the generator's sign of life.
    long slices() {
        return slices.get();
    }

    /// Returns the messages of each user that arrived.
    List<SentMessages> sent() {
        return List.copyOf(sent.values());
    }

    /// Waits until no call is in progress, at most `limit`.
    void awaitIdle(Duration limit) throws InterruptedException {
        int _ = running.awaitEmpty(limit);
    }
}
