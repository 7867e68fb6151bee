package dev.memfuse.console.fx;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;

import org.testfx.api.FxToolkit;

/// Starts the toolkit once per JVM and runs parts of tests on the FX thread.
public final class OnFx {
    private static final long LIMIT_SECONDS = 60;

    private OnFx() {}

    /// A part of a test without a result.
    @FunctionalInterface
    public interface Part {
        void run() throws Exception;
    }

    /// Runs `part` on the FX thread and returns its value; rethrows its exception as a cause.
    public static <T> T get(Callable<T> part) {
        var result = new CompletableFuture<T>();
        try {
            FxToolkit.registerPrimaryStage();
            Platform.runLater(() -> {
                try {
                    result.complete(part.call());
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
            return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The FX thread did not run it within " + LIMIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /// Runs `part` on the FX thread and waits for its end.
    public static void run(Part part) {
        get(() -> {
            part.run();
            return true;
        });
    }

    /// Returns the node with an `fx:id` below `root`, also inside a scroll pane without a skin.
    public static Node node(Node root, String id) {
        return all(root).filter(node -> id.equals(node.getId())).findFirst()
                .orElseThrow(() -> new AssertionError("There is no node " + id));
    }

    /// Returns `root` and all nodes below it.
    public static Stream<Node> all(Node root) {
        Stream<Node> below = switch (root) {
            case ScrollPane scroll when scroll.getContent() != null && scroll.getChildrenUnmodifiable().isEmpty() ->
                all(scroll.getContent());
            case Parent parent -> parent.getChildrenUnmodifiable().stream().flatMap(OnFx::all);
            default -> Stream.empty();
        };
        return Stream.concat(Stream.of(root), below);
    }
}
