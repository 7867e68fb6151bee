package dev.memfuse.console.action;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;

import dev.memfuse.console.fx.Action;

/// Lets the shortcuts of the keymap run their actions in a scene. A control that has the focus and needs a key itself,
/// such as undo in a text field, keeps it. FX thread only.
public final class ActionKeys {
    private final Scene scene;
    private final Keymap keymap;
    private final Supplier<String> page;
    private final List<KeyCombination> installed = new ArrayList<>();

    private ActionKeys(Scene scene, Keymap keymap, Supplier<String> page) {
        this.scene = scene;
        this.keymap = keymap;
        this.page = page;
    }

    /// Installs the shortcuts, now and after each change of the keymap.
    ///
    /// @param page returns the id of the open page
    public static void install(Scene scene, Keymap keymap, Supplier<String> page) {
        ActionKeys keys = new ActionKeys(scene, keymap, page);
        keymap.changesProperty().subscribe(_ -> keys.update());
    }

    private void update() {
        installed.forEach(scene.getAccelerators()::remove);
        installed.clear();
        Map<KeyCombination, List<Action>> byKeys = new LinkedHashMap<>();
        for (Action action : keymap.actions().all()) {
            keymap.keys(action).ifPresent(keys -> byKeys.computeIfAbsent(keys, _ -> new ArrayList<>()).add(action));
        }
        byKeys.forEach((keys, candidates) -> scene.getAccelerators().put(keys, () -> run(candidates)));
        installed.addAll(byKeys.keySet());
    }

    private void run(List<Action> candidates) {
        active(candidates).ifPresent(Action::fire);
    }

    private Optional<Action> active(List<Action> candidates) {
        String open = page.get();
        return candidates.stream().filter(action -> action.page().isEmpty() || action.page().equals(open)).findFirst();
    }

    /// Lets the shortcuts of a window work while a popup of it has the keys; the popup closes then.
    public static void passOn(PopupWindow popup, Scene window) {
        popup.getScene().addEventFilter(KeyEvent.KEY_PRESSED, event -> window.getAccelerators().entrySet().stream()
                .filter(shortcut -> shortcut.getKey().match(event)).findFirst().ifPresent(shortcut -> {
                    event.consume();
                    popup.hide();
                    shortcut.getValue().run();
                }));
    }
}
