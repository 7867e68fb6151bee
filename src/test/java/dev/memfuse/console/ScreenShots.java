package dev.memfuse.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javafx.scene.control.Button;

import dev.memfuse.console.PageImages.Shot;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;

/// Saves the pictures of the programs that render pages for inspection, in the sizes that each program chooses, or in
/// those of the property `memfuse.screens`, both themes: `800x600,1920x1080@2` for instance, where `@2` is a screen of
/// double density.
final class ScreenShots {
    private static final String CHOSEN = System.getProperty("memfuse.screens", "");
    private static final Pattern SIZE = Pattern.compile("(\\d+)x(\\d+)(?:@(\\d))?");

    private ScreenShots() {}

    /// Saves pictures and waits for them.
    ///
    /// @param shots chosen by the program; the property replaces their sizes and themes
    static void save(Console console, Path folder, List<Shot> shots) throws Exception {
        List<Shot> wanted = CHOSEN.isEmpty() ? shots : chosen(shots.stream().map(Shot::page).distinct().toList());
        OnFx.get(() -> PageImages.save(console, folder, wanted)).get(10, TimeUnit.MINUTES);
    }

    /// Hides the first steps, which a picture for the documents does not show.
    static void skipGuide(Console console) {
        OnFx.run(() -> OnFx.all(console.scene().getRoot()).filter(Button.class::isInstance).map(Button.class::cast)
                .filter(button -> button.getText().equals("Skip")).forEach(Button::fire));
    }

    private static List<Shot> chosen(Collection<String> pages) {
        List<Shot> shots = new ArrayList<>();
        Matcher size = SIZE.matcher(CHOSEN);
        while (size.find()) {
            int scale = size.group(3) == null ? 1 : Integer.parseInt(size.group(3));
            for (String page : pages) {
                for (Themes.Choice theme : List.of(Themes.Choice.LIGHT, Themes.Choice.DARK)) {
                    shots.add(new Shot(page, theme, Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)),
                            scale));
                }
            }
        }
        return shots;
    }
}
