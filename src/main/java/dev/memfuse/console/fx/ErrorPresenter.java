package dev.memfuse.console.fx;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes every failure that no page handles, logs it once, and gives it to the window. Identical failures become one
/// with a counter.
///
/// [#present] is thread-safe; the display is called on the FX thread. Failures that come before there is a display
/// wait for it.
public final class ErrorPresenter {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorPresenter.class);
    /// Different failures remembered for counting; beyond it the oldest is forgotten.
    private static final int REMEMBERED = 100;

    /// Shows errors; the window implements it.
    @FunctionalInterface
    public interface Display {
        /// @param count how often this failure occurred so far, from 1
        void show(ErrorSurface surface, int count);
    }

    private final Executor fx;
    private final Map<ErrorSurface, Integer> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ErrorSurface, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<ErrorSurface, Integer> waiting = new LinkedHashMap<>();
    private Display display = waiting::put;

    /// @param fx runs on the FX thread, [FxThread#EXECUTOR] in the program
    public ErrorPresenter(Executor fx) {
        this.fx = fx;
    }

    /// Names the display and gives it what waited. Called on the FX thread.
    public void display(Display shown) {
        display = shown;
        waiting.forEach(shown::show);
        waiting.clear();
    }

    /// Presents a failure. Any thread.
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
            case ErrorSurface.Notice(String sentence, String detail) ->
                LOG.error(LogMarkers.REPORTED, "Console: {} {}", sentence, detail, failure);
            case ErrorSurface.Banner banner -> LOG.error(LogMarkers.REPORTED, "Console: {} {}", banner.problem(),
                    banner.detail(), failure);
            case ErrorSurface.Dialog dialog -> LOG.error(LogMarkers.UNEXPECTED, "Console: error {}", dialog.code(),
                    failure);
        }
    }

    /// The surface for a type of failure; the only place that decides it.
    public static ErrorSurface surfaceOf(Throwable failure) {
        return switch (failure) {
            case ConfigException e -> new ErrorSurface.FieldHint(e.problems());
            case EngineException e -> new ErrorSurface.Notice(sentence(e), e.detail());
            case UncheckedIOException e -> new ErrorSurface.Notice(sentence(e), String.valueOf(e.getCause()));
            case IOException e -> new ErrorSurface.Notice(sentence(e), e.getClass().getSimpleName());
            case CompletionException e when e.getCause() != null -> surfaceOf(e.getCause());
            default -> new ErrorSurface.Dialog("Something unexpected happened: " + sentence(failure), code(failure),
                    stackTrace(failure));
        };
    }

    /// The surface for a state of the engine that needs the user; null for the others.
    public static ErrorSurface.@org.jspecify.annotations.Nullable Banner bannerOf(EngineState state) {
        return switch (state) {
            case EngineState.Failed(String problem, String advice, String detail) -> new ErrorSurface.Banner(problem,
                    advice, ErrorSurface.Weight.ERROR, detail);
            case EngineState.Stopped() -> new ErrorSurface.Banner("The engine is stopped.",
                    "Close the window and start the program again.");
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

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
