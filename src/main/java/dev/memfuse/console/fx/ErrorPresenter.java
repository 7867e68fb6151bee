package dev.memfuse.console.fx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import dev.memfuse.config.ConfigException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.log.LogMarkers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs each failure that no page handles and passes it to the window. Identical failures are counted and logged once.
///
/// [#present] is thread-safe; the display is called on the FX thread. Failures before [#display] are kept for it.
public final class ErrorPresenter {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorPresenter.class);
    /// Number of distinct failures that are counted; the oldest is dropped beyond it.
    private static final int MAX_COUNTED = 100;

    /// Shows errors; the window implements it.
    @FunctionalInterface
    public interface Display {
        /// Shows a failure.
        ///
        /// @param count number of occurrences, from 1
        void show(ErrorSurface surface, int count);
    }

    private final Executor fx;
    private final Map<ErrorSurface, Integer> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ErrorSurface, Integer> eldest) {
            return size() > MAX_COUNTED;
        }
    };
    private final Map<ErrorSurface, Integer> pending = new LinkedHashMap<>();
    private Display display = pending::put;

    /// @param fx runs on the FX thread, [FxThread#EXECUTOR] in the program
    public ErrorPresenter(Executor fx) {
        this.fx = fx;
    }

    /// Sets the display and passes it the pending failures. FX thread only.
    public void display(Display next) {
        display = next;
        pending.forEach(next::show);
        pending.clear();
    }

    /// Presents a failure. Thread-safe.
    public void present(Throwable failure) {
        ErrorSurface surface = surfaceOf(failure);
        int count = count(surface);
        if (count == 1) {
            log(surface, failure);
        }
        fx.execute(() -> display.show(surface, count));
    }

    private int count(ErrorSurface surface) {
        synchronized (counts) {
            return counts.merge(surface, 1, Integer::sum);
        }
    }

    private static void log(ErrorSurface surface, Throwable failure) {
        switch (surface) {
            case ErrorSurface.FieldHint(var problems) -> LOG.info("Console: refused, {}", problems);
            case ErrorSurface.Notification(String sentence, String detail, _) ->
                LOG.error(LogMarkers.REPORTED, "Console: {} {}", sentence, detail, failure);
            case ErrorSurface.Banner banner -> LOG.error(LogMarkers.REPORTED, "Console: {} {}", banner.problem(),
                    banner.detail(), failure);
            case ErrorSurface.Dialog dialog -> LOG.error(LogMarkers.UNEXPECTED, "Console: error {}", dialog.code(),
                    failure);
        }
    }

    /// Returns the surface for a type of failure.
    public static ErrorSurface surfaceOf(Throwable failure) {
        return switch (failure) {
            case ConfigException e -> new ErrorSurface.FieldHint(e.problems());
            case EngineException e -> new ErrorSurface.Notification(Sentences.of(e), e.detail());
            case UncheckedIOException e ->
                new ErrorSurface.Notification(Sentences.of(e), String.valueOf(e.getCause()));
            case IOException e -> new ErrorSurface.Notification(Sentences.of(e), e.toString());
            case CompletionException e when e.getCause() != null -> surfaceOf(e.getCause());
            default -> new ErrorSurface.Dialog("An unexpected error occurred: " + sentence(failure), code(failure),
                    Sentences.details(failure));
        };
    }

    /// Returns the banner for a state of the engine that needs the user; null for other states.
    public static ErrorSurface.@Nullable Banner bannerOf(EngineState state) {
        return switch (state) {
            case EngineState.Failed(String problem, String advice, String detail, _) -> new ErrorSurface.Banner(problem,
                    advice, ErrorSurface.Severity.ERROR, detail);
            case EngineState.Stopped() -> new ErrorSurface.Banner("The engine is stopped.",
                    "Close the window, then start the program again.");
            case EngineState.Starting _,EngineState.Ready _,EngineState.Stopping _ -> null;
        };
    }

    private static String sentence(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    }

    private static String code(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String place = trace.length == 0 ? "" : trace[0].getClassName() + "." + trace[0].getMethodName();
        int hash = Objects.hash(failure.getClass().getName(), place);
        return String.format(Locale.ROOT, "%04X", (hash ^ hash >>> 16) & 0xFFFF);
    }
}
