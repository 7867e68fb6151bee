package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javafx.scene.paint.Color;

import dev.memfuse.console.fx.Accent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every accent is readable: as text on the page and behind the white text of a button.
class AccentsTest {
    private static final double MIN_CONTRAST = 4.5;
    private static final Color LIGHT = Color.web("#ffffff");
    private static final Color DARK = Color.web("#0d1117");
    private static final List<String> NAMES = List.of("fg", "emphasis", "muted", "subtle", "6");

    @ParameterizedTest
    @EnumSource(value = Accent.class, mode = EnumSource.Mode.EXCLUDE, names = "BLUE")
    void textAndButtonsHaveEnoughContrast(Accent accent) throws IOException {
        for (boolean dark : new boolean[]{false, true}) {
            String css = Files.readString(Path.of("styles/accent",
                    accent.name().toLowerCase(Locale.ROOT) + (dark ? "-dark.css" : "-light.css")));
            for (String name : NAMES) {
                assertTrue(css.contains("-color-accent-" + name + ":"), accent + " lacks " + name);
            }
            assertTrue(Contrast.of(colour(css, "fg"), dark ? DARK : LIGHT) >= MIN_CONTRAST, accent + " text, " + dark);
            assertTrue(Contrast.of(colour(css, "emphasis"), LIGHT) >= MIN_CONTRAST, accent + " button, " + dark);
        }
    }

    private static Color colour(String css, String name) {
        Matcher found = Pattern.compile("-color-accent-" + name + ": (#[0-9a-f]{6});").matcher(css);
        assertEquals(true, found.find(), name);
        return Color.web(found.group(1));
    }
}
