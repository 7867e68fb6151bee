package dev.memfuse.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.exception.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCloseTest {
    private static final List<String> TEXTS = Collections.nCopies(8, "The keeper of the lighthouse wrote. ".repeat(10));

    private static OnnxEmbeddingModel load() {
        return OnnxEmbeddingModel.load(EmbeddingModelKind.ALL_MINILM_L6_V2);
    }

    @Test
    void aModelThatIsClosedUnderLoadFinishesTheRunningCallsAndRefusesLaterOnes() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < 3; round++) {
                OnnxEmbeddingModel model = load();
                CountDownLatch running = new CountDownLatch(3);
                List<Future<EngineException>> callers = IntStream.range(0, 3)
                        .mapToObj(_ -> threads.submit(() -> embedUntilRefused(model, running))).toList();
                running.await();
                model.close();

                for (Future<EngineException> caller : callers) {
                    assertEquals("The embedding model is closed.", caller.get().getMessage());
                }
            }
        }
    }

    private static EngineException embedUntilRefused(OnnxEmbeddingModel model, CountDownLatch running) {
        return assertThrows(EngineException.class, () -> {
            while (true) {
                List<float[]> vectors = model.embed(TEXTS);
                assertArrayEquals(vectors.getFirst(), vectors.getLast(), 1e-3f);
                running.countDown();
            }
        });
    }

    @Test
    void aSecondCloseHasNoEffect() {
        OnnxEmbeddingModel model = load();
        model.close();
        model.close();

        assertThrows(EngineException.class, () -> model.embed(TEXTS));
    }

    /// ONNX Runtime frees its environment in a shutdown hook, and the C library its own data afterwards.
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aProcessThatEndsUnderLoadEndsWithItsExitCode(int calls, @TempDir Path folder)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), ModelChild.class.getName(), Integer.toString(calls))
                .directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(ModelChild.EXIT_CODE, child.exitValue(), output);
        assertTrue(output.lines().noneMatch(line -> line.contains("onnxruntime")), output);
    }

    @Test
    void aModelThatIsLoadedAfterItsCallerGaveUpIsClosed() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (EmbeddingPool pool = new EmbeddingPool(1)) {
            Thread caller = Thread.ofPlatform().start(() -> {
                assertThrows(EngineException.class, () -> pool.load(() -> {
                    loading.countDown();
                    interrupted.await();
                    return (AutoCloseable) closed::countDown;
                }));
            });
            loading.await();
            caller.interrupt();
            caller.join();
            interrupted.countDown();

            assertTrue(closed.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aClosedPoolLoadsNothing() {
        EmbeddingPool pool = new EmbeddingPool(1);
        pool.close();
        AtomicInteger loads = new AtomicInteger();

        EngineException refusal = assertThrows(EngineException.class, () -> pool.load(() -> {
            loads.incrementAndGet();
            return () -> {};
        }));

        assertEquals("The engine is shutting down.", refusal.getMessage());
        assertEquals(0, loads.get());
    }
}
