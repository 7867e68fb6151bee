package dev.memfuse.console.server;

import java.util.OptionalInt;
import java.util.regex.Pattern;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.server.ServerControl;
import dev.memfuse.server.ServerControl.State;
import dev.memfuse.server.ServerSettings;

/// View model of the switch of the server, its address and its state. FX thread only.
final class ServerViewModel {
    private static final int MAX_PORT = 65_535;
    private static final String EXAMPLES = "127.0.0.1 is this machine only, 0.0.0.0 every address of it.";
    /// A name or an IPv4 address, or an IPv6 address, perhaps with the name of its interface.
    private static final Pattern ADDRESS = Pattern
            .compile("[\\p{L}\\p{N}._-]{1,253}|\\[?[0-9a-fA-F:.]{2,45}(%[\\w.-]{1,30})?]?");

    private final ServerControl control;
    private final TaskRunner tasks;
    private final StringProperty address = new SimpleStringProperty(ServerSettings.LOOPBACK);
    private final StringProperty port = new SimpleStringProperty("8000");
    private final BooleanProperty keysRequired = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper formProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper encryption = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Off());

    ServerViewModel(ServerControl control, PageTools tools) {
        this.control = control;
        this.tasks = tools.tasks();
        tools.remembered().keep("server.address", address, text -> problemOfAddress(text).isEmpty());
        tools.remembered().keep("server.port", port, text -> number(text).isPresent());
        tools.remembered().keep("server.keys", keysRequired);
        formProblem.bind(Bindings.createStringBinding(this::checked, address, port));
        refresh();
    }

    private String checked() {
        String problem = problemOfAddress(address.get());
        if (!problem.isEmpty()) {
            return problem;
        }
        return number(port.get()).isEmpty()
                ? "The port is a number from 1 to " + MAX_PORT + "; 0 selects a free one."
                : "";
    }

    private static String problemOfAddress(String typed) {
        if (typed.isBlank()) {
            return "The address is empty. " + EXAMPLES;
        }
        return ADDRESS.matcher(typed.strip()).matches()
                ? ""
                : "The address is no name and no IP address of this machine; it has no scheme, user or port. "
                        + EXAMPLES;
    }

    private static OptionalInt number(String typed) {
        String text = typed.strip();
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    /// Reads the state, and the settings of the next server.
    void refresh() {
        state.set(control.state());
        String keyStore = control.config().tls().keyStore();
        encryption.set(keyStore.isBlank()
                ? "Plain HTTP: nothing is encrypted. The setting server.tls.key_store (Flags) switches to HTTPS, from "
                        + "the next start of the server on."
                : "HTTPS from the next start of the server on, with the key store " + keyStore + ".");
    }

    /// Starts or stops the server in the background.
    void switchTo(boolean on) {
        if (on == isOn(state.get()) || state.get() instanceof State.Stopping) {
            return;
        }
        if (!on) {
            state.set(new State.Stopping());
            tasks.call("stop server", () -> {
                control.stop();
                return true;
            }).onSuccess(_ -> refresh()).onFailure(this::fail).start();
            return;
        }
        OptionalInt chosen = number(port.get());
        if (chosen.isEmpty() || !formProblem.get().isEmpty()) {
            state.set(new State.Failed(formProblem.get()));
            return;
        }
        state.set(new State.Starting());
        String bind = address.get().strip();
        boolean keys = keysRequired.get();
        tasks.call("start server", () -> control.start(ServerSettings.at(bind, chosen.getAsInt(), keys)))
                .onSuccess(_ -> refresh()).onFailure(this::fail).start();
    }

    private void fail(Throwable failure) {
        state.set(new State.Failed(Sentences.of(failure)));
    }

    /// Returns whether the switch is on in a state.
    static boolean isOn(State state) {
        return state instanceof State.Starting || state instanceof State.Running;
    }

    StringProperty addressProperty() {
        return address;
    }

    StringProperty portProperty() {
        return port;
    }

    BooleanProperty keysRequiredProperty() {
        return keysRequired;
    }

    /// Returns the problem of address or port; empty when both can be used.
    ReadOnlyStringProperty formProblemProperty() {
        return formProblem.getReadOnlyProperty();
    }

    /// Returns a sentence on the encryption of the next server.
    ReadOnlyStringProperty encryptionProperty() {
        return encryption.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Returns whether address and port can be changed now.
    BooleanExpression editable() {
        return Bindings.createBooleanBinding(
                () -> state.get() instanceof State.Off || state.get() instanceof State.Failed, state);
    }
}
