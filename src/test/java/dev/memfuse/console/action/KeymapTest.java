package dev.memfuse.console.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import javafx.scene.input.KeyCombination;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.Remembered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeymapTest {
    /// The key that the shortcut modifier is on this platform.
    private static final String MODIFIER = Shortcuts.HERE.mac() ? "Meta" : "Ctrl";

    private final Action run = Action.of("load.run", "Run the load", () -> {}).keys("Shortcut+R");
    private final Action undo = Action.of("undo", "Undo", () -> {}).keys("Shortcut+Z");
    private final Action find = Action.of("log.find", "Find", () -> {}).keys("Shortcut+F").on("log");
    private final Action search = Action.of("flags.find", "Search", () -> {}).keys("Shortcut+F").on("flags");
    private final ActionRegistry actions = new ActionRegistry(List.of(run, undo, find, search));
    private final Remembered remembered = new Remembered();
    private final Keymap keymap = new Keymap(actions, remembered);

    private static KeyCombination keys(String name) {
        return KeyCombination.valueOf(name);
    }

    private String text(Keymap map, Action action) {
        return map.keys(action).map(KeyCombination::getName).orElse("");
    }

    @Test
    void anIdIsUnique() {
        assertThrows(IllegalArgumentException.class, () -> new ActionRegistry(List.of(run, run)));
    }

    @Test
    void actionsThatAreAddedHaveTheShortcutsThatAreRememberedForThem() {
        keymap.assign(find, keys("F8"));
        Keymap window = new Keymap(new ActionRegistry(List.of(run, undo)), remembered);
        int before = window.changesProperty().get();

        window.add(List.of(find, search));

        assertEquals("F8", text(window, find));
        assertEquals("Shortcut+F", text(window, search));
        assertEquals(List.of(run, undo, find, search), window.actions().all());
        assertTrue(window.changesProperty().get() > before, "those who show shortcuts are told");
        assertThrows(IllegalArgumentException.class, () -> window.add(List.of(search)));
    }

    @Test
    void pagesMayHaveTheSameShortcut() {
        assertEquals("Shortcut+F", text(keymap, find));
        assertEquals("Shortcut+F", text(keymap, search));
    }

    @Test
    void anotherShortcutIsInForceAndRemembered() {
        assertEquals("", keymap.assign(run, keys("F9")));

        assertEquals("F9", text(keymap, run));
        assertEquals("F9", text(new Keymap(actions, remembered), run));
        assertEquals(List.of(run), keymap.chosen());
    }

    @Test
    void aShortcutInUseIsRefusedWithTheActionThatHasIt() {
        assertTrue(keymap.assign(run, keys("Shortcut+Z")).endsWith("is in use: Undo."));
        assertTrue(keymap.assign(run, keys("Shortcut+F")).endsWith("is in use: Find."), "a page's too");
        assertTrue(keymap.assign(find, keys("Shortcut+R")).endsWith("is in use: Run the load."));

        assertEquals("Shortcut+R", text(keymap, run));
        assertEquals(Map.of(), remembered.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "Shift+R", "Shortcut+C", "Shortcut+V", "Tab", "Shift+Tab", "Esc", "Enter", "Space",
            "Shortcut+Left", "Up", "Shortcut+A"})
    void keysForTypingAndMovingAreRefused(String reserved) {
        assertTrue(keymap.assign(run, keys(reserved)).contains("for typing"), reserved);
        assertEquals("Shortcut+R", text(keymap, run));
    }

    @ParameterizedTest
    @CsvSource({"Alt+F4, closes the window", "Shift+F10, context menu", "Shortcut+Y, redo", "Shortcut+Shift+Z, redo"})
    void keysOfTheWindowAndOfTextFieldsAreRefusedWithTheReason(String reserved, String reason) {
        String refused = keymap.assign(run, keys(reserved));
        assertTrue(refused.contains(reason), refused);
        remembered.put("key.load.run", reserved);

        assertEquals("Shortcut+R", text(keymap, run));
        assertEquals("Shortcut+R", text(new Keymap(actions, remembered), run), "written by hand");
    }

    @ParameterizedTest
    @CsvSource({"Shortcut+Alt+Q, AltGr", "Shortcut+Alt+Shift+7, AltGr", "Meta+K, key of the system",
            "Meta+Shift+F5, key of the system"})
    void keysOfTheSystemAreRefusedOutsideMacOs(String reserved, String reason) {
        Optional<String> refused = ReservedKeys.reason(keys(reserved), false);

        assertTrue(refused.orElse("").contains(reason), refused.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shortcut+J", "Alt+J", "F9", "Shift+F9", "Ctrl+F10", "Shortcut+Shift+Y", "Alt+F5"})
    void otherKeysAreFree(String wanted) {
        assertEquals(Optional.empty(), ReservedKeys.reason(keys(wanted), false));
    }

    @Test
    void optionTypesACharacterOnMacOsAndCmdDoesNot() {
        assertTrue(ReservedKeys.reason(keys("Alt+J"), true).isPresent());
        assertEquals(Optional.empty(), ReservedKeys.reason(keys("Shortcut+Alt+J"), true));
    }

    @Test
    void aShortcutThatWasTakenAwayStaysAwayAndAnotherActionMayHaveIt() {
        keymap.clear(run);
        assertEquals("", keymap.assign(undo, keys("Shortcut+R")));

        Keymap next = new Keymap(actions, remembered);
        assertEquals("", text(next, run));
        assertEquals("Shortcut+R", text(next, undo));
        assertTrue(next.reset(run).endsWith("is in use: Undo."));
    }

    @Test
    void twoActionsMaySwapTheirShortcuts() {
        keymap.clear(run);
        keymap.assign(undo, keys("Shortcut+R"));
        keymap.assign(run, keys("Shortcut+Z"));

        Keymap next = new Keymap(actions, remembered);
        assertEquals("Shortcut+Z", text(next, run));
        assertEquals("Shortcut+R", text(next, undo));
    }

    @Test
    void aRememberedShortcutThatIsInvalidOrInUseIsIgnored() {
        remembered.put("key.load.run", "no such key");
        remembered.put("key.undo", "Shortcut+R");
        remembered.put("key.log.find", "A");

        Keymap next = new Keymap(actions, remembered);

        assertEquals("Shortcut+R", text(next, run));
        assertEquals("Shortcut+Z", text(next, undo));
        assertEquals("Shortcut+F", text(next, find));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODIFIER+R", "modifier+r", " MODIFIER + R ", "shortcut+R", "Shortcut+MODIFIER+R"})
    void aShortcutThatWasWrittenByHandIsThatOfTheWindow(String written) {
        remembered.put("key.undo", written.replace("MODIFIER", MODIFIER)
                .replace("modifier", MODIFIER.toLowerCase(Locale.ROOT)));

        Keymap next = new Keymap(actions, remembered);

        assertEquals("Shortcut+R", text(next, run));
        assertEquals("Shortcut+Z", text(next, undo), "in use: its own stays");
        assertTrue(next.assign(undo, keys(MODIFIER + "+R")).endsWith("is in use: Run the load."));
    }

    @Test
    void theOwnShortcutInAnotherSpellingIsNoChoice() {
        assertEquals("", keymap.assign(run, keys(MODIFIER + "+R")));

        assertEquals(List.of(), keymap.chosen());
        assertEquals(Map.of(), remembered.values());
    }

    @Test
    void resetGivesAllTheirOwnBackAndForgetsTheOthers() {
        keymap.assign(run, keys("F9"));
        keymap.clear(undo);
        int before = keymap.changesProperty().get();

        keymap.resetAll();

        assertEquals("Shortcut+R", text(keymap, run));
        assertEquals("Shortcut+Z", text(keymap, undo));
        assertEquals(Map.of(), remembered.values());
        assertTrue(keymap.changesProperty().get() > before);
    }
}
