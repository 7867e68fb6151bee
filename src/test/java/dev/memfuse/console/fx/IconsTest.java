package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kordamp.ikonli.javafx.FontIcon;

class IconsTest {
    static Stream<Field> literals() {
        return Arrays.stream(Icons.class.getFields()).filter(field -> Modifier.isStatic(field.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("literals")
    void everyIconExists(Field literal) throws IllegalAccessException {
        String name = (String) literal.get(null);

        assertEquals(name, new FontIcon(name).getIconLiteral());
    }
}
