package dev.memfuse.load.remote;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.ToLongFunction;

import dev.memfuse.client.MemFuseClient;
import dev.memfuse.client.MemFuseClient.Added;
import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.generator.Answer;
import dev.memfuse.load.generator.LoadSystem;
import dev.memfuse.load.generator.LoadTarget;
import dev.memfuse.metrics.Stage;

/// A server with MemFuse's API as the system that a load drives. Its users are deleted at the end of the run; a run
/// that was killed leaves them. The server stores what it buffers by itself.
public final class RemoteSystem implements LoadSystem, LoadTarget {
    /// Largest list that the API returns.
    private static final int MAX_LISTED = 100;

    private final MemFuseClient client;
    private final RemoteData stored;

    /// @param client client of the server; closed by the caller
    public RemoteSystem(MemFuseClient client) {
        this.client = client;
        this.stored = new RemoteData(client);
    }

    @Override
    public LoadTarget target() {
        return this;
    }

    @Override
    public boolean inThisProcess() {
        return false;
    }

    @Override
    public LoadData data() {
        return stored;
    }

    @Override
    public int deadLetters() {
        return 0;
    }

    @Override
    public void flush() {
        // The API has no such call: what the server acknowledged counts when it can be read again.
    }

    @Override
    public DeleteResult deleteUser(UUID user) {
        int messages = stored.forget(user);
        client.deleteUser(user);
        return new DeleteResult(0, messages, 0, 0, 0, 0);
    }

    @Override
    public UUID createUser(String name, String runId) {
        return client.createUser(name);
    }

    @Override
    public UUID createAgent(UUID user, String name) {
        return client.agent(name);
    }

    @Override
    public SessionKey createSession(UUID user, UUID agent, String name) {
        return new SessionKey(user, client.createSession(user, agent, name));
    }

    @Override
    public void prepareQueries(UUID user) {
        // The first query of a user does it.
    }

    @Override
    public Answer add(SessionKey session, List<NewMessage> messages) {
        long start = System.nanoTime();
        Added added = client.add(session.sessionId(), messages);
        stored.acknowledged(session, added.ids());
        return new Answer(acknowledgement(added.status()), remote(start));
    }

    /// Returns the durability that the server names; the weakest when it names none.
    private static Acknowledgement acknowledgement(String status) {
        for (Acknowledgement known : Acknowledgement.values()) {
            if (known.label().equals(status.toLowerCase(Locale.ROOT))) {
                return known;
            }
        }
        return Acknowledgement.MEMORY;
    }

    @Override
    public Answer query(UUID user, String text, int topK) {
        long start = System.nanoTime();
        int _ = client.query(user, text, topK);
        return new Answer(null, remote(start));
    }

    @Override
    public Answer list(SessionKey session, int limit) {
        long start = System.nanoTime();
        int _ = client.list(session.sessionId(), Math.min(limit, MAX_LISTED));
        return new Answer(null, remote(start));
    }

    /// All time is that of the request: the stages inside the server are not known here.
    private static ToLongFunction<Stage> remote(long start) {
        long nanos = System.nanoTime() - start;
        return stage -> stage == Stage.HTTP ? nanos : 0;
    }
}
