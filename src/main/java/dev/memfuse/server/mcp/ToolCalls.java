package dev.memfuse.server.mcp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import dev.memfuse.server.mcp.tool.Memory;
import dev.memfuse.server.mcp.tool.MemoryTool;
import dev.memfuse.server.mcp.tool.MemoryTool.Result;
import dev.memfuse.server.rest.ApiException;
import dev.memfuse.server.rest.TimedCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs calls of tools, each on a virtual thread of its own, measures them, and turns every failure into a sentence.
/// Thread-safe.
final class ToolCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);

    private final TimedCalls calls;
    private final MetricsHub metrics;
    private final Runnable onMissing;

    /// @param concurrent maximum number of calls at a time
    /// @param timeout maximum time that a client waits
    /// @param metrics receives the operations, with the stage [Stage#HTTP]
    /// @param onMissing called when something that a call names was deleted
    ToolCalls(int concurrent, Duration timeout, MetricsHub metrics, Runnable onMissing) {
        this.calls = new TimedCalls(concurrent, timeout);
        this.metrics = metrics;
        this.onMissing = onMissing;
    }

    /// Runs a call; blocks until it has ended.
    Result run(MemoryTool tool, Memory memory, Map<String, Object> arguments) {
        try {
            return calls.call(() -> measured(tool, memory, arguments));
        } catch (ApiException e) {
            return refused(e.sentence());
        } catch (RejectedExecutionException e) {
            return refused("The server is shutting down.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("The server is shutting down.");
        } catch (ExecutionException e) {
            LOG.error("HTTP: the tool {} failed unexpectedly", tool.name(), e.getCause());
            return refused("The call failed unexpectedly. The log of the server has details.");
        }
    }

    private static Result refused(String sentence) {
        return new Result(sentence, true);
    }

    private Result measured(MemoryTool tool, Memory memory, Map<String, Object> arguments) {
        Optional<Operation> operation = tool.operation();
        if (operation.isEmpty()) {
            return run(tool, memory, arguments, () -> {});
        }
        Trace trace = metrics.begin(operation.get());
        Stage outer = trace.enter(Stage.HTTP);
        boolean[] failed = {false};
        boolean ended = false;
        try {
            Result result = run(tool, memory, arguments, () -> failed[0] = true);
            ended = true;
            return result;
        } finally {
            trace.exit(outer);
            metrics.end(trace, failed[0] || !ended);
        }
    }

    /// @param onFailure called when the engine failed; a mistake of the client is no failure
    private Result run(MemoryTool tool, Memory memory, Map<String, Object> arguments, Runnable onFailure) {
        try {
            return tool.call(memory, arguments);
        } catch (InvalidValueException | ReadOnlyException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (NotFoundException e) {
            onMissing.run();
            return refused(String.valueOf(e.getMessage()));
        } catch (StatementFailedException e) {
            onFailure.run();
            LOG.error("HTTP: a statement failed", e);
            return refused("The database refused a statement. The log of the server has details.");
        } catch (EngineException e) {
            onFailure.run();
            return refused(String.valueOf(e.getMessage()));
        }
    }

    /// Takes no further call. Does not wait for those that run.
    @Override
    public void close() {
        calls.close();
    }
}
