package dev.memfuse.console.fx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import javafx.scene.text.Font;

/// The fonts of the window, part of the program: Inter with figures of equal width, and JetBrains Mono. The style
/// sheets name them; a text in a script that they lack is drawn in a font of the system.
public final class Fonts {
    /// Font of texts, in regular and bold.
    public static final String TEXT = "Inter Tabular";
    /// Font of keys, statements and ids.
    public static final String CODE = "JetBrains Mono";
    private static final List<String> FILES = List.of("inter-tabular-regular.ttf", "inter-tabular-bold.ttf",
            "jetbrains-mono-regular.ttf");
    private static final double ANY_SIZE = 13;
    private static boolean loaded;

    private Fonts() {}

    /// Loads the fonts, once in a process. FX thread only.
    ///
    /// @throws IllegalStateException when the program lacks one
    public static void load() {
        if (!loaded) {
            FILES.forEach(Fonts::load);
            loaded = true;
        }
    }

    private static void load(String file) {
        try (InputStream in = Fonts.class.getResourceAsStream("/fonts/" + file)) {
            if (in == null || Font.loadFont(in, ANY_SIZE) == null) {
                throw new IllegalStateException("The font " + file + " cannot be loaded");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
