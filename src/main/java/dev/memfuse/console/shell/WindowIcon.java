package dev.memfuse.console.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import javafx.scene.image.Image;
import javafx.stage.Stage;

/// The icon of the program's windows, in the sizes that desktops ask for.
public final class WindowIcon {
    private static final List<Integer> SIZES = List.of(16, 32, 48, 64, 128, 256);

    private WindowIcon() {}

    /// Gives a window the icon.
    public static void put(Stage stage) {
        stage.getIcons().setAll(SIZES.stream().map(WindowIcon::image).toList());
    }

    private static Image image(int size) {
        try (InputStream in = WindowIcon.class.getResourceAsStream("/icons/memfuse-" + size + ".png")) {
            if (in == null) {
                throw new IllegalStateException("The icon of " + size + " pixels is not on the class path");
            }
            return new Image(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
