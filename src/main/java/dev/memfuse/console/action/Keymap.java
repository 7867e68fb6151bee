package dev.memfuse.console.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.Remembered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The shortcut of each action: its own, or the one that the user chose, which is remembered. FX thread only.
///
/// Two actions that may be active on the same page never share a shortcut.
public final class Keymap {
    private static final Logger LOG = LoggerFactory.getLogger(Keymap.class);
    private static final String KEPT = "key.";

    private ActionRegistry actions;
    private final Remembered remembered;
    private final Map<String, Optional<KeyCombination>> keys = new LinkedHashMap<>();
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();

    /// Reads the remembered shortcuts. One that is invalid or in use is ignored: another version may have written it.
    public Keymap(ActionRegistry actions, Remembered remembered) {
        this.actions = actions;
        this.remembered = remembered;
        read();
    }

    private void read() {
        // Those without a choice first, then the choices: an action may have a shortcut that another one gave up.
        for (Action action : actions.all()) {
            boolean free = remembered.get(KEPT + action.id()).isEmpty();
            keys.put(action.id(), free ? own(action) : Optional.empty());
        }
        for (Action action : actions.all()) {
            remembered.get(KEPT + action.id()).filter(kept -> !kept.isEmpty()).ifPresent(kept -> keys.put(action.id(),
                    Shortcuts.HERE.parse(kept).filter(choice -> isAccepted(action, choice))
                            .or(() -> own(action).filter(own -> isFree(action, own)))));
        }
    }

    /// Adds actions, with the shortcuts that are remembered for them.
    ///
    /// @throws IllegalArgumentException when one has the id of another action
    public void add(List<Action> more) {
        actions = actions.with(more);
        keys.clear();
        read();
        changed();
    }

    private boolean isAccepted(Action action, KeyCombination choice) {
        ReservedKeys.reason(choice, Shortcuts.HERE.mac()).ifPresent(reason -> LOG.warn(
                "Window: the remembered shortcut of \"{}\" is not used. {}{}", action.title(), choice.getDisplayText(),
                reason));
        return isFree(action, choice);
    }

    private boolean isFree(Action action, KeyCombination wanted) {
        return ReservedKeys.reason(wanted, Shortcuts.HERE.mac()).isEmpty() && holder(action, wanted).isEmpty();
    }

    private static Optional<KeyCombination> own(Action action) {
        return action.keys().map(Shortcuts.HERE::normal);
    }

    /// Returns the actions of the map.
    public ActionRegistry actions() {
        return actions;
    }

    /// Returns the shortcut of an action; empty for none.
    public Optional<KeyCombination> keys(Action action) {
        return keys.getOrDefault(action.id(), Optional.empty());
    }

    /// Returns the shortcut of an action as the user reads it: "Ctrl+R"; empty for none.
    public String text(Action action) {
        return keys(action).map(KeyCombination::getDisplayText).orElse("");
    }

    /// Returns whether a key event is the shortcut of an action.
    public boolean matches(String id, KeyEvent event) {
        return keys(actions.require(id)).filter(keys -> keys.match(event)).isPresent();
    }

    /// Returns the other action that has a shortcut and may be active on the same page.
    public Optional<Action> holder(Action action, KeyCombination chosen) {
        KeyCombination wanted = Shortcuts.HERE.normal(chosen);
        return actions.all().stream().filter(other -> !other.id().equals(action.id()) && meet(other, action)
                && keys(other).filter(wanted::equals).isPresent()).findFirst();
    }

    private static boolean meet(Action a, Action b) {
        return a.page().isEmpty() || b.page().isEmpty() || a.page().equals(b.page());
    }

    /// Gives an action a shortcut and remembers it, unless it is reserved or in use.
    ///
    /// @return the reason as a sentence when it was not given; else empty
    public String assign(Action action, KeyCombination chosen) {
        KeyCombination wanted = Shortcuts.HERE.normal(chosen);
        Optional<String> reserved = ReservedKeys.reason(wanted, Shortcuts.HERE.mac());
        if (reserved.isPresent()) {
            return wanted.getDisplayText() + reserved.get();
        }
        Optional<Action> other = holder(action, wanted);
        if (other.isPresent()) {
            return wanted.getDisplayText() + " is in use: " + other.get().title() + ".";
        }
        keep(action, Optional.of(wanted));
        return "";
    }

    /// Takes the shortcut of an action away.
    public void clear(Action action) {
        keep(action, Optional.empty());
    }

    private void keep(Action action, Optional<KeyCombination> next) {
        keys.put(action.id(), next);
        if (next.equals(own(action))) {
            remembered.remove(KEPT + action.id());
        } else {
            remembered.put(KEPT + action.id(), next.map(KeyCombination::getName).orElse(""));
        }
        changed();
    }

    /// Gives an action its own shortcut back, unless another one has it now.
    ///
    /// @return the reason as a sentence when it was not given; else empty
    public String reset(Action action) {
        if (action.keys().isEmpty()) {
            clear(action);
            return "";
        }
        return assign(action, own(action).orElseThrow());
    }

    /// Gives all actions their own shortcuts back.
    public void resetAll() {
        for (Action action : actions.all()) {
            remembered.remove(KEPT + action.id());
            keys.put(action.id(), own(action));
        }
        changed();
    }

    /// Returns the actions whose shortcut the user chose.
    public List<Action> chosen() {
        return actions.all().stream().filter(action -> !keys(action).equals(own(action))).toList();
    }

    private void changed() {
        changes.set(changes.get() + 1);
    }

    /// Returns the number of changes since start, a signal for those who show shortcuts.
    public ReadOnlyIntegerProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }
}
