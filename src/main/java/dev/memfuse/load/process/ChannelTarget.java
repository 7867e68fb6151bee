package dev.memfuse.load.process;

import java.io.DataInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.generator.Answer;
import dev.memfuse.load.generator.LoadTarget;
import dev.memfuse.load.measure.Texts;
import dev.memfuse.load.process.Channel.Body;
import dev.memfuse.metrics.Stage;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// The engine of the program as the process of its load generator calls it. Measures the cost of the channel for each
/// operation: the time of the call minus that of the engine's call in it. Thread-safe.
final class ChannelTarget implements LoadTarget {
    private static final int DIGITS = 3;
    private static final int STAGES = Stage.values().length;
    private static final Acknowledgement[] ACKNOWLEDGEMENTS = Acknowledgement.values();

    private final Channel channel;
    private final Recorder cost = new Recorder(DIGITS);

    ChannelTarget(Channel channel) {
        this.channel = channel;
    }

    private UUID id(Request request, Body body) {
        try {
            return CallBytes.readId(channel.call(request, body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public UUID createUser(String name, String runId) {
        return id(Request.CREATE_USER, out -> {
            Texts.write(name, out);
            Texts.write(runId, out);
        });
    }

    @Override
    public UUID createAgent(UUID user, String name) {
        return id(Request.CREATE_AGENT, out -> {
            CallBytes.write(user, out);
            Texts.write(name, out);
        });
    }

    @Override
    public SessionKey createSession(UUID user, UUID agent, String name) {
        return new SessionKey(user, id(Request.CREATE_SESSION, out -> {
            CallBytes.write(user, out);
            CallBytes.write(agent, out);
            Texts.write(name, out);
        }));
    }

    @Override
    public void prepareQueries(UUID user) {
        DataInput _ = channel.call(Request.PREPARE_QUERIES, out -> CallBytes.write(user, out));
    }

    @Override
    public Answer add(SessionKey session, List<NewMessage> messages) {
        return operation(Request.ADD, out -> {
            CallBytes.write(session, out);
            CallBytes.write(messages, out);
        });
    }

    @Override
    public Answer query(UUID user, String text, int topK) {
        return operation(Request.QUERY, out -> {
            CallBytes.write(user, out);
            Texts.write(text, out);
            out.writeInt(topK);
        });
    }

    @Override
    public Answer list(SessionKey session, int limit) {
        return operation(Request.LIST, out -> {
            CallBytes.write(session, out);
            out.writeInt(limit);
        });
    }

    private Answer operation(Request request, Body body) {
        long start = System.nanoTime();
        DataInput in = channel.call(request, body);
        long total = System.nanoTime() - start;
        try {
            long between = Math.max(0, total - in.readLong());
            cost.recordValue(between);
            int acknowledgement = in.readByte();
            long[] stages = new long[STAGES];
            for (int i = 0; i < STAGES; i++) {
                stages[i] = in.readLong();
            }
            stages[Stage.OTHER.ordinal()] += between;
            return new Answer(acknowledgement(acknowledgement), stage -> stages[stage.ordinal()]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Acknowledgement acknowledgement(int number) {
        return number < 0 ? null : ACKNOWLEDGEMENTS[number];
    }

    /// Returns the costs since the last call, in nanoseconds. One reader.
    Histogram takeCosts() {
        return cost.getIntervalHistogram();
    }
}
