package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigProblem;
import dev.memfuse.console.fx.ErrorSurface;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private final List<String> dialogs = new ArrayList<>();
    private final Notifications notifications = new Notifications(
            (error, count) -> dialogs.add(error.code() + " " + count));

    @Test
    void showsARepeatedFailureWithItsCount() {
        notifications.show(new ErrorSurface.Notification("The database does not answer.", "active=3"), 4);

        assertEquals(new ErrorSurface.Notification("The database does not answer. (4 times)", "active=3"),
                notifications.currentProperty().get());
    }

    @Test
    void showsAllProblemsOfInvalidInputWithTheirKeys() {
        notifications.show(new ErrorSurface.FieldHint(List.of(new ConfigProblem("a.b", "too large", Optional.empty()),
                new ConfigProblem("c", "unknown key", Optional.empty()))), 1);

        assertEquals(new ErrorSurface.Notification("a.b: too large; c: unknown key", ""),
                notifications.currentProperty().get());
    }

    @Test
    void showsAnUnexpectedFailureInADialogAndNotInTheBar() {
        notifications.show(new ErrorSurface.Dialog("Oh.", "1A2B", "trace"), 2);

        assertEquals(List.of("1A2B 2"), dialogs);
        assertNull(notifications.currentProperty().get());
    }

    @Test
    void dismissRemovesTheNotification() {
        notifications.inform("Saved.");
        notifications.dismiss();

        assertNull(notifications.currentProperty().get());
    }
}
