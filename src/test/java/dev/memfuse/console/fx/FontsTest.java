package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fx")
class FontsTest {
    private static double width(String text, Font font) {
        Text node = new Text(text);
        node.setFont(font);
        return node.getLayoutBounds().getWidth();
    }

    @ParameterizedTest
    @EnumSource(value = FontWeight.class, names = {"NORMAL", "BOLD"})
    void everyFigureHasTheSameWidth(FontWeight weight) {
        Set<Double> widths = OnFx.get(() -> {
            Fonts.load();
            Font font = Font.font(Fonts.TEXT, weight, 24);
            assertEquals(Fonts.TEXT, font.getFamily());
            return Stream.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9").map(digit -> width(digit, font))
                    .collect(Collectors.toSet());
        });

        assertEquals(1, widths.size(), widths.toString());
    }

    @Test
    void boldIsAFontOfItsOwn() {
        OnFx.run(() -> {
            Fonts.load();
            assertNotEquals(width("Memory", Font.font(Fonts.TEXT, FontWeight.NORMAL, 24)),
                    width("Memory", Font.font(Fonts.TEXT, FontWeight.BOLD, 24)));
        });
    }

    @Test
    void codeHasLettersOfEqualWidth() {
        OnFx.run(() -> {
            Fonts.load();
            Font font = Font.font(Fonts.CODE, 12);
            assertEquals(Fonts.CODE, font.getFamily());
            assertEquals(width("iiii", font), width("MMMM", font));
        });
    }

    @Test
    void textsOfTheWindowUseThem() {
        OnFx.run(() -> {
            Label label = new Label("1,234 ops/s → 2");
            Scene scene = new Scene(new StackPane(label));
            new Themes(scene, Themes.Choice.LIGHT).close();
            scene.getRoot().applyCss();
            assertEquals(Fonts.TEXT, label.getFont().getFamily());
            label.getStyleClass().add("flag-path");
            scene.getRoot().applyCss();
            assertEquals(Fonts.CODE, label.getFont().getFamily());
        });
    }
}
