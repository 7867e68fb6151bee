package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FxmlViewTest {
    private static final Path FOLDER = Path.of("fxml");
    private static final Pattern CONTROLLER = Pattern.compile("fx:controller=\"([^\"]+)\"");

    @Test
    void everyFileHasAConstantAndEveryConstantAFile() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            Set<String> onDisk = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());

            assertEquals(onDisk, Arrays.stream(FxmlView.values()).map(FxmlView::file).collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyControllerIsAClassOfTheConsole(FxmlView view) throws IOException, ClassNotFoundException {
        Matcher controller = CONTROLLER.matcher(Files.readString(FOLDER.resolve(view.file())));

        assertTrue(controller.find(), "no fx:controller");
        String name = Class.forName(controller.group(1)).getName();
        assertTrue(name.startsWith("dev.memfuse.console."), name);
    }

    @ParameterizedTest
    @EnumSource
    void noViewStylesOrScriptsInline(FxmlView view) throws IOException {
        String text = Files.readString(FOLDER.resolve(view.file()));

        assertEquals(List.of(), Stream.of(" style=", "fx:script", "<?language").filter(text::contains).toList());
    }

    @Test
    @Tag("fx")
    void anUnknownControllerFailsWithItsName() {
        FxmlViews none = new FxmlViews(Map.of());

        Throwable failure = OnFx.get(() -> assertThrows(UncheckedIOException.class,
                () -> none.load(FxmlView.HELP)));

        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        assertEquals("No provider for the controller dev.memfuse.console.shell.HelpController", root.getMessage());
    }
}
