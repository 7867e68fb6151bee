package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kordamp.ikonli.javafx.FontIcon;

class IconsTest {
    private static final Pattern IN_FXML = Pattern.compile("iconLiteral=\"([^\"]+)\"");

    static Stream<Field> literals() {
        return Arrays.stream(Icons.class.getFields()).filter(field -> Modifier.isStatic(field.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("literals")
    void everyIconExists(Field literal) throws IllegalAccessException {
        assertExists((String) literal.get(null));
    }

    @ParameterizedTest
    @EnumSource
    void everyIconOfAViewExists(FxmlView view) throws IOException {
        String text = Files.readString(Path.of("fxml", view.file()));

        IN_FXML.matcher(text).results().forEach(literal -> assertExists(literal.group(1)));
    }

    private static void assertExists(String name) {
        assertEquals(name, new FontIcon(name).getIconLiteral());
    }
}
