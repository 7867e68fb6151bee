package dev.memfuse.console.shell;

import java.util.Optional;

import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;

/// Keyboard shortcuts of the window, with Ctrl, or Cmd on macOS.
public final class Shortcuts {
    static final KeyCombination RUN = new KeyCodeCombination(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
    static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    static final KeyCombination THEME = new KeyCodeCombination(KeyCode.D, KeyCombination.SHORTCUT_DOWN);
    static final KeyCombination BYPASS = new KeyCodeCombination(KeyCode.B, KeyCombination.SHORTCUT_DOWN);
    static final KeyCombination HELP = new KeyCodeCombination(KeyCode.F1);
    private static final int DIGITS = 10;

    private Shortcuts() {}

    /// Returns the shortcut of a page by its position, from 1; the tenth has the digit 0, later ones have none.
    static Optional<KeyCombination> page(int number) {
        return number > DIGITS
                ? Optional.empty()
                : Optional.of(new KeyCodeCombination(KeyCode.valueOf("DIGIT" + number % DIGITS),
                        KeyCombination.SHORTCUT_DOWN));
    }

    /// Actions of the shortcuts.
    public interface Actions {
        /// Starts the load of the form, or stops the running one.
        void runOrStop();

        /// Undoes the newest change of a setting.
        void undo();

        /// Switches between light and dark.
        void theme();

        /// Switches the buffer bypass.
        void bypass();

        /// Shows or hides the help.
        void help();
    }

    /// Lets the shortcuts of a window work while a popup of it has the keys; the popup closes then.
    static void passOn(PopupWindow popup, Scene window) {
        popup.getScene().addEventFilter(KeyEvent.KEY_PRESSED, event -> window.getAccelerators().entrySet().stream()
                .filter(shortcut -> shortcut.getKey().match(event)).findFirst().ifPresent(shortcut -> {
                    event.consume();
                    popup.hide();
                    shortcut.getValue().run();
                }));
    }

    /// Installs the shortcuts in a scene. A focused text field keeps its own undo.
    public static void install(Scene scene, PageSwitch pages, Actions actions) {
        var keys = scene.getAccelerators();
        keys.put(RUN, actions::runOrStop);
        keys.put(UNDO, actions::undo);
        keys.put(THEME, actions::theme);
        keys.put(BYPASS, actions::bypass);
        keys.put(HELP, actions::help);
        for (int number = 1; number <= pages.pages().size(); number++) {
            String id = pages.pages().get(number - 1).id();
            page(number).ifPresent(key -> keys.put(key, () -> pages.show(id)));
        }
    }
}
