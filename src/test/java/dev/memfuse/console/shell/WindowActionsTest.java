package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

import org.junit.jupiter.api.Test;

class WindowActionsTest {
    @Test
    void tenPagesHaveADigitAndLaterOnesNone() {
        assertEquals(Optional.of("Shortcut+1"), WindowActions.keys(1));
        assertEquals(Optional.of("Shortcut+9"), WindowActions.keys(9));
        assertEquals(Optional.of("Shortcut+0"), WindowActions.keys(10));
        assertEquals(Optional.empty(), WindowActions.keys(11));
    }
}
