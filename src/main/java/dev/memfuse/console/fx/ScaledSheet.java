package dev.memfuse.console.fx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// A style sheet of the program with all sizes of texts multiplied by a factor. Sizes in JavaFX are of pixels or of the
/// parent's size, so a change of the root alone would leave most texts as they are.
final class ScaledSheet {
    private static final Pattern SIZE = Pattern.compile("(-fx-font-size:\\s*)(\\d+(?:\\.\\d+)?)px");
    private static final String INLINE = "data:text/css;charset=utf-8;base64,";

    private ScaledSheet() {}

    /// Returns the address of a sheet.
    ///
    /// @param name path below `styles`
    static String of(String name, double factor) {
        var resource = Objects.requireNonNull(ScaledSheet.class.getResource("/styles/" + name), name);
        if (factor == 1) {
            return resource.toExternalForm();
        }
        try (InputStream in = resource.openStream()) {
            String scaled = scale(new String(in.readAllBytes(), StandardCharsets.UTF_8), factor);
            return INLINE + Base64.getEncoder().encodeToString(scaled.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the text of a sheet with other sizes, of half pixels.
    static String scale(String css, double factor) {
        return SIZE.matcher(css).replaceAll(match -> match.group(1) + String.format(Locale.ROOT, "%.1fpx",
                Math.round(2 * factor * Double.parseDouble(match.group(2))) / 2.0));
    }
}
