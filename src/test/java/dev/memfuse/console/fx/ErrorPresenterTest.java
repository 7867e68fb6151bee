package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.Test;

class ErrorPresenterTest {
    private final List<String> shown = new ArrayList<>();
    private final ErrorPresenter presenter = new ErrorPresenter(Runnable::run);

    @Test
    void invalidInputIsShownAtItsFields() {
        var problem = new ConfigProblem("postgres.pool_size", "must be 1..1000", Optional.empty());

        assertEquals(new ErrorSurface.FieldHint(List.of(problem)),
                ErrorPresenter.surfaceOf(new ConfigException(List.of(problem))));
    }

    @Test
    void aFailureOfTheEngineIsANotificationWithItsDetail() {
        assertEquals(new ErrorSurface.Notification("The database does not answer", "active=3"),
                ErrorPresenter.surfaceOf(new EngineException("The database does not answer", "active=3", null)));
    }

    @Test
    void unwrapsTheFailureOfAFuture() {
        assertEquals(new ErrorSurface.Notification("gone", ""),
                ErrorPresenter.surfaceOf(new CompletionException(new EngineException("gone"))));
    }

    @Test
    void aProgrammingErrorIsADialogWithAStableCode() {
        var first = assertInstanceOf(ErrorSurface.Dialog.class, ErrorPresenter.surfaceOf(broken()));
        var second = assertInstanceOf(ErrorSurface.Dialog.class, ErrorPresenter.surfaceOf(broken()));

        assertEquals(first.code(), second.code());
        assertEquals("An unexpected error occurred: index 7", first.sentence());
        assertFalse(first.details().contains("\tat "), first.details());
    }

    @Test
    void aFailedEngineHasABannerAndAReadyOneHasNone() {
        assertEquals(new ErrorSurface.Banner("No space left.", "Free some."),
                ErrorPresenter.bannerOf(new EngineState.Failed("No space left.", "Free some.")));
        assertNull(ErrorPresenter.bannerOf(new EngineState.Ready("PostgreSQL 18")));
    }

    @Test
    void identicalFailuresBecomeOneWithACounter() {
        presenter
                .display((surface, count) -> shown.add(count + " " + ((ErrorSurface.Notification) surface).sentence()));

        presenter.present(new EngineException("gone"));
        presenter.present(new EngineException("gone"));
        presenter.present(new EngineException("slow"));

        assertEquals(List.of("1 gone", "2 gone", "1 slow"), shown);
    }

    @Test
    void failuresBeforeTheDisplayIsSetAreKeptForIt() {
        presenter.present(new EngineException("early"));
        presenter.present(new EngineException("early"));

        presenter
                .display((surface, count) -> shown.add(count + " " + ((ErrorSurface.Notification) surface).sentence()));

        assertEquals(List.of("2 early"), shown);
    }

    private static RuntimeException broken() {
        return new IllegalArgumentException("index 7");
    }
}
