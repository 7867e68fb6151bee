package dev.memfuse.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.ExtractionWait;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;

/// Blocks of everyday turns that are added in rounds and extracted, and the texts that this embeds. One thread at a
/// time.
final class ExtractedBlocks implements AutoCloseable {
    private static final int ALL = 10_000;

    private final BenchTarget target;
    private final BenchWatch watch;
    private final int users;
    private final int round;
    private final int block;
    private final int blocks;
    private final List<SessionKey> used = new ArrayList<>();
    private List<SessionKey> sessions = List.of();
    private int extracted;

    /// @param users number of users of a block
    /// @param round number of turns of a round
    /// @param block number of turns of a block
    /// @param blocks number of different blocks
    ExtractedBlocks(BenchTarget target, BenchWatch watch, int users, int round, int block, int blocks) {
        this.target = target;
        this.watch = watch;
        this.users = users;
        this.round = round;
        this.block = block;
        this.blocks = blocks;
        renewUsers();
    }

    /// Takes new users for the next block.
    void renewUsers() {
        sessions = NewSessions.many(target.engine(), users);
        used.addAll(sessions);
    }

    /// Adds the next block and waits until its layers are built, or until the run is stopped.
    ///
    /// @return number of turns
    int extractNext() {
        add(extracted++ % blocks);
        ExtractionWait.await(target.engine(), watch);
        return block;
    }

    private void add(int number) {
        for (int at = 0; at < block; at += round) {
            target.engine().addBatch(sessions.get(user(at)), messages(number * block + at, round));
        }
    }

    private int user(int at) {
        return at / round % users;
    }

    private static List<NewMessage> messages(int from, int size) {
        return IntStream.range(from, from + size)
                .mapToObj(i -> NewMessage.of(i % 2 == 0 ? Role.USER : Role.ASSISTANT, turn(i))).toList();
    }

    private static String turn(int position) {
        List<String> all = SampleTexts.wholeTurns();
        return all.get(position % all.size());
    }

    /// Extracts every block once, each for new users, and returns the texts that were embedded for it: each turn as M1
    /// embeds it, and the facts when M2 is on. Returns fewer when the run is stopped.
    List<List<String>> texts(BenchTarget.Embedder model) {
        List<List<String>> all = new ArrayList<>();
        for (int number = 0; number < blocks && !watch.stopped(); number++) {
            renewUsers();
            int turns = extractNext();
            List<String> texts = new ArrayList<>();
            for (int user = 0; user < users; user++) {
                texts.addAll(model.inContext(turnsOf(user, number * block, turns), round));
                target.engine().facts(sessions.get(user).userId(), FactQuery.history(ALL))
                        .forEach(fact -> texts.add(fact.content()));
            }
            all.add(List.copyOf(texts));
        }
        renewUsers();
        return all;
    }

    private List<String> turnsOf(int user, int first, int turns) {
        return IntStream.range(0, turns).filter(at -> user(at) == user).mapToObj(at -> turn(first + at)).toList();
    }

    /// Deletes the users.
    @Override
    public void close() {
        used.forEach(session -> target.engine().deleteUser(session.userId()));
    }
}
