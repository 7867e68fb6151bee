package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class FxTaskRunnerTest {
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final FxTaskRunner tasks = new FxTaskRunner(Runnable::run, seen::add);

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void runsOnANamedVirtualThread() throws InterruptedException {
        tasks.call("look", () -> Thread.currentThread().isVirtual() + " " + Thread.currentThread().getName())
                .onSuccess(seen::add).start();

        assertEquals("true memfuse-worker-1 look", next());
    }

    @Test
    void passesAFailureToItsConsumer() throws InterruptedException {
        var failure = new IllegalStateException("no");
        tasks.call("fail", () -> {
            throw failure;
        }).onFailure(e -> seen.add("taken " + e.getMessage())).start();

        assertEquals("taken no", next());
    }

    @Test
    void passesAFailureWithoutAConsumerToTheErrors() throws InterruptedException {
        var failure = new IllegalStateException("no");
        tasks.call("fail", () -> {
            throw failure;
        }).start();

        assertSame(failure, next());
    }

    @Test
    void passesAnErrorOfTheVirtualMachineToTheErrors() throws InterruptedException {
        var failure = new StackOverflowError("deep");
        tasks.call("fail", () -> {
            throw failure;
        }).start();

        assertSame(failure, next());
    }

    @Test
    void passesAFailureOfTheConsumerToTheErrors() throws InterruptedException {
        var failure = new IllegalArgumentException("bad consumer");
        tasks.call("work", () -> 1).onSuccess(_ -> {
            throw failure;
        }).start();

        assertSame(failure, next());
    }

    @Test
    void closingInterruptsRunningTasksAndDropsTheirOutcome() throws InterruptedException {
        var started = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        tasks.call("wait", () -> {
            started.countDown();
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } finally {
                ended.countDown();
            }
        }).onSuccess(seen::add).onFailure(seen::add).start();
        assertTrue(started.await(10, TimeUnit.SECONDS));

        tasks.close();

        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertNull(seen.poll(100, TimeUnit.MILLISECONDS));
    }

    private static ListAppender<ILoggingEvent> follow(Logger logger) {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        return lines;
    }

    static Stream<Throwable> defects() {
        return Stream.of(new StackOverflowError("deep"), new NoClassDefFoundError("dev/memfuse/Main"),
                new NullPointerException("it is null"), new ClassCastException("no"),
                new CompletionException(new OutOfMemoryError("heap")));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void aDefectThatAPageShowsAsASentenceIsInTheLogToo(Throwable defect) throws InterruptedException {
        Logger logger = (Logger) LoggerFactory.getLogger(FxTaskRunner.class);
        ListAppender<ILoggingEvent> lines = follow(logger);
        tasks.call("list users", () -> {
            if (defect instanceof Error e) {
                throw e;
            }
            throw (Exception) defect;
        }).onFailure(e -> seen.add(Sentences.of(e))).start();

        assertTrue(String.valueOf(next()).endsWith("The log has the details."));
        assertEquals("Window: the task \"list users\" failed", lines.list.getFirst().getFormattedMessage());
        assertEquals(defect.getClass().getName(), lines.list.getFirst().getThrowableProxy().getClassName());
        logger.detachAppender(lines);
    }

    @Test
    void whatThePageExpectsIsNoErrorInTheLog() throws InterruptedException {
        Logger logger = (Logger) LoggerFactory.getLogger(FxTaskRunner.class);
        ListAppender<ILoggingEvent> lines = follow(logger);
        tasks.call("find user", () -> {
            throw new NotFoundException("There is no user named x.");
        }).onFailure(e -> seen.add(Sentences.of(e))).start();

        assertEquals("There is no user named x.", next());
        assertEquals(List.of(), lines.list);
        logger.detachAppender(lines);
    }

    @Test
    void aWriterThatTheClosingInterruptsIsNoErrorInTheLog() throws InterruptedException {
        Logger logger = (Logger) LoggerFactory.getLogger(FxTaskRunner.class);
        ListAppender<ILoggingEvent> lines = follow(logger);
        var started = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        tasks.call("record a span", () -> {
            started.countDown();
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new UncheckedIOException("The recording cannot be written.", new ClosedByInterruptException());
            } finally {
                ended.countDown();
            }
        }).onFailure(seen::add).start();
        assertTrue(started.await(10, TimeUnit.SECONDS));

        tasks.close();

        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertNull(seen.poll(100, TimeUnit.MILLISECONDS));
        assertEquals(List.of(), lines.list);
        logger.detachAppender(lines);
    }

    @Test
    void aFailureAfterTheWindowIsGoneIsLogged() throws InterruptedException {
        Logger logger = (Logger) LoggerFactory.getLogger(FxTaskRunner.class);
        ListAppender<ILoggingEvent> lines = follow(logger);
        var started = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        tasks.call("export report", () -> {
            started.countDown();
            awaitUninterruptibly(closed);
            throw new AssertionError("the disk is full");
        }).onFailure(seen::add).start();
        assertTrue(started.await(10, TimeUnit.SECONDS));
        tasks.close();
        closed.countDown();

        EngineFixture.await("the line", () -> !lines.list.isEmpty());
        assertEquals("Window: the task \"export report\" failed after the window was closed",
                lines.list.getFirst().getFormattedMessage());
        assertNull(seen.poll());
        logger.detachAppender(lines);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            Thread.interrupted();
        }
    }

    @Test
    void theLastWorkIsDoneAfterClosing() {
        tasks.closeAfter("save", () -> seen.add("saved")).join();

        assertEquals("saved", seen.poll());
    }

    private Object next() throws InterruptedException {
        Object outcome = seen.poll(10, TimeUnit.SECONDS);
        if (outcome == null) {
            throw new AssertionError("nothing was delivered");
        }
        return outcome;
    }
}
