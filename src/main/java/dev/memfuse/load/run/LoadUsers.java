package dev.memfuse.load.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.load.Workload;
import dev.memfuse.load.corpus.Corpus;

/// The simulated users of one run. Thread-safe.
final class LoadUsers {
    private static final int PREPARED_AT_ONCE = 8;

    private final List<LoadUser> users;
    private final LongAdder waits = new LongAdder();

    private LoadUsers(List<LoadUser> users) {
        this.users = users;
    }

    /// Creates all users with their first messages, some at a time. A load that never adds gets whole conversations, so
    /// that its queries have something to find. Blocks.
    ///
    /// @param runId part of every name, so that runs do not meet
    /// @param stopped asked before each user; true leaves out the rest
    static LoadUsers prepare(MemoryEngine engine, Workload workload, Corpus corpus, String runId,
            BooleanSupplier stopped) throws InterruptedException {
        List<Future<LoadUser>> created = new ArrayList<>();
        Semaphore places = new Semaphore(PREPARED_AT_ONCE);
        try (ExecutorService executor = Executors
                .newThreadPerTaskExecutor(Thread.ofVirtual().name("load-prepare-", 0).factory())) {
            for (int i = 0; i < workload.users() && !stopped.getAsBoolean(); i++) {
                int number = i;
                places.acquire();
                created.add(executor.submit(() -> {
                    try {
                        String name = "load-%s-u%03d".formatted(runId, number + 1);
                        return fill(engine, new LoadUser(engine, name, corpus.of(number)), workload);
                    } finally {
                        places.release();
                    }
                }));
            }
        }
        return new LoadUsers(collect(created));
    }

    private static LoadUser fill(MemoryEngine engine, LoadUser user, Workload workload) {
        int wanted = workload.mix().add() > 0 ? 1 : user.conversationMessages();
        for (int sent = 0; sent < wanted;) {
            List<NewMessage> batch = user.nextBatch(workload.batchSize());
            engine.addBatch(user.session(), batch);
            user.acknowledged(batch.size());
            sent += batch.size();
        }
        return user;
    }

    private static List<LoadUser> collect(List<Future<LoadUser>> created) throws InterruptedException {
        List<LoadUser> users = new ArrayList<>();
        for (Future<LoadUser> user : created) {
            try {
                users.add(user.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException("The users of the load could not be created.", e);
            }
        }
        return List.copyOf(users);
    }

    LoadUser get(int number) {
        return users.get(number);
    }

    /// A user who is not adding, locked for the caller: the preferred one or the next free one; when all are busy, waits
    /// for the preferred one.
    LoadUser lockIdle(int preferred) {
        for (int i = 0; i < users.size(); i++) {
            LoadUser user = users.get((preferred + i) % users.size());
            if (user.adding.tryLock()) {
                return user;
            }
        }
        waits.increment();
        LoadUser user = users.get(preferred);
        user.adding.lock();
        return user;
    }

    /// How often [#lockIdle] found no user free.
    long waits() {
        return waits.sum();
    }
}
