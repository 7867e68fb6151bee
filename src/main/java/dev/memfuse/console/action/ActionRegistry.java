package dev.memfuse.console.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.console.fx.Action;

/// Every action of the window, in the order of the help. Immutable.
public final class ActionRegistry {
    private final Map<String, Action> byId = new LinkedHashMap<>();

    /// @throws IllegalArgumentException when two actions have the same id
    public ActionRegistry(List<Action> actions) {
        for (Action action : actions) {
            if (byId.put(action.id(), action) != null) {
                throw new IllegalArgumentException("Two actions have the id " + action.id());
            }
        }
    }

    /// Returns these actions, followed by others.
    ///
    /// @throws IllegalArgumentException when two of them have the same id
    ActionRegistry with(List<Action> more) {
        return new ActionRegistry(Stream.concat(byId.values().stream(), more.stream()).toList());
    }

    /// Returns all actions.
    public List<Action> all() {
        return List.copyOf(byId.values());
    }

    /// Returns the action with an id.
    public Optional<Action> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// Returns the action with an id.
    ///
    /// @throws IllegalArgumentException when there is none
    public Action require(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no action " + id));
    }

    /// Runs an action if it can run now.
    ///
    /// @throws IllegalArgumentException when there is none with this id
    public void fire(String id) {
        require(id).fire();
    }
}
