package dev.memfuse.engine.model;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.exception.EngineException;

/// Another process that ends while its threads load models and embed texts: the `main` of this class in a separate JVM.
/// Nobody closes the models.
final class ModelChild {
    static final int EXIT_CODE = 7;
    private static final List<String> TEXTS = Collections.nCopies(8, "The keeper of the lighthouse wrote. ".repeat(10));

    private ModelChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        int calls = Integer.parseInt(arguments[0]);
        OnnxEmbeddingModel model = OnnxEmbeddingModel.load(EmbeddingModelKind.ALL_MINILM_L6_V2);
        CountDownLatch done = new CountDownLatch(calls);
        start(100_000, () -> model.embed(TEXTS), done);
        start(100_000, () -> model.embed(TEXTS), done);
        start(2, () -> OnnxEmbeddingModel.load(EmbeddingModelKind.ALL_MINILM_L6_V2).close(), done);
        // The owner's shutdown: closes its model later than the other hooks run.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            for (int i = 0; i < 3; i++) {
                model.embed(TEXTS);
            }
            model.close();
        }));
        done.await();
        System.exit(EXIT_CODE);
    }

    private static void start(int times, Runnable call, CountDownLatch done) {
        Thread.ofPlatform().daemon().start(() -> {
            for (int i = 0; i < times; i++) {
                try {
                    call.run();
                    done.countDown();
                } catch (EngineException _) {
                    return;
                }
            }
        });
    }
}
