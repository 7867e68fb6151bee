package dev.memfuse.load.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.load.Workload;
import dev.memfuse.load.corpus.Corpus;

/// The simulated users of one run. Thread-safe.
final class LoadUsers {
    private static final int CONCURRENT_PREPARATIONS = 8;

    private volatile List<LoadUser> users = List.of();
    private final LongAdder waits = new LongAdder();

    /// Creates all users with their first messages. For a workload without adds it stores whole conversations, so that
    /// queries find messages. For a workload with queries it opens the users' indexes, so that the run does not measure
    /// it. Blocks.
    ///
    /// @param runId part of every user's name, so that the names of runs differ, and their mark in storage
    /// @param made receives the id of each created user, on any thread; also when the preparation fails
    /// @param stopped read before each user; true skips the remaining users
    void prepare(LoadTarget target, Workload workload, Corpus corpus, String runId, Consumer<UUID> made,
            BooleanSupplier stopped) throws InterruptedException {
        List<Future<LoadUser>> created = new ArrayList<>();
        Semaphore places = new Semaphore(CONCURRENT_PREPARATIONS);
        try (ExecutorService executor = BackgroundThreads.virtualPerTask("load-prepare")) {
            for (int i = 0; i < workload.users() && !stopped.getAsBoolean(); i++) {
                int number = i;
                places.acquire();
                created.add(executor.submit(() -> {
                    try {
                        String name = String.format(Locale.ROOT, "load-%s-u%03d", runId, number + 1);
                        UUID user = target.createUser(name, runId);
                        made.accept(user);
                        return fill(target, new LoadUser(target, user, corpus.of(number)), workload);
                    } finally {
                        places.release();
                    }
                }));
            }
        }
        users = collect(created);
    }

    private static LoadUser fill(LoadTarget target, LoadUser user, Workload workload) {
        int required = workload.mix().add() > 0 ? 1 : user.conversationMessages();
        for (int sent = 0; sent < required;) {
            List<NewMessage> batch = user.nextBatch(workload.batchSize());
            target.add(user.session(), batch);
            user.acknowledged(batch.size());
            sent += batch.size();
        }
        if (workload.mix().query() > 0) {
            target.prepareQueries(user.id());
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

    /// Locks and returns an idle user: the preferred one or the next one that is not adding. Waits for the preferred
    /// one when all are adding.
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

    /// Returns the messages that each user sent.
    List<SentMessages> sent() {
        return users.stream().map(LoadUser::sent).toList();
    }

    /// Returns the number of calls of [#lockIdle] that waited.
    long waits() {
        return waits.sum();
    }
}
