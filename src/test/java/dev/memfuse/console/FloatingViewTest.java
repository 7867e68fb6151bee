package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.layout.Region;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What floats over a page hides the text below it.
@Tag("fx")
class FloatingViewTest extends OpenConsole {
    @ParameterizedTest
    @EnumSource(value = Themes.Choice.class, names = {"LIGHT", "DARK"})
    void aNoticeIsOpaque(Themes.Choice theme) {
        boolean opaque = OnFx.get(() -> {
            console.themes().choose(theme);
            Region notice = (Region) node("notification");
            notice.applyCss();
            return notice.getBackground().getFills().getFirst().getFill().isOpaque();
        });

        assertTrue(opaque);
    }
}
