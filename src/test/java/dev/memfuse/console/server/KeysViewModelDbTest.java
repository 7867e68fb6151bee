package dev.memfuse.console.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Optional;

import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.server.HttpFixture;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerControl;
import dev.memfuse.server.ServerSettings;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Keys on a real engine.
@Tag("db")
class KeysViewModelDbTest {
    private static EngineFixture engine;
    private static ServerControl control;
    private static KeysViewModel model;

    @BeforeAll
    static void start() throws SQLException {
        engine = EngineFixture.start();
        control = new ServerControl(new HttpServer.Dependencies(() -> Optional.of(engine.engine()), () -> 1 << 20,
                engine.metrics(), () -> engine.tunables().get().server()));
        Fakes.Host host = new Fakes.Host();
        host.engine = engine.engine();
        model = new KeysViewModel(control, host, new DirectTaskRunner());
    }

    @AfterAll
    static void stop() {
        control.close();
        engine.close();
    }

    @Test
    void aKeyIsShownOnceAndRevokedAtOnce() {
        engine.engine().createUser("keyed");
        model.userProperty().set("keyed");
        model.nameProperty().set("bot");
        model.create();

        String text = model.createdProperty().get();
        assertTrue(text.startsWith("mf_"), text);
        assertEquals(Optional.of("bot"), model.keys().getFirst().name());
        assertEquals("", model.nameProperty().get());
        HttpServer server = control.start(ServerSettings.loopback(0).withKeys());
        assertEquals(200, HttpFixture.status(server.url() + "/api/v1/users", text));

        model.refresh();
        assertEquals("", model.createdProperty().get());
        assertEquals(1, model.keys().size());

        model.askRevoke(model.keys().getFirst());
        assertTrue(model.questionProperty().get().startsWith("Revoke the key bot?"));
        model.keep();
        assertEquals(1, model.keys().size());
        model.askRevoke(model.keys().getFirst());
        model.revoke();

        assertEquals(0, model.keys().size());
        assertEquals("", model.questionProperty().get());
        assertEquals(401, HttpFixture.status(server.url() + "/api/v1/users", text));
    }

    @Test
    void anUnknownUserIsASentence() {
        model.userProperty().set("nobody");
        model.create();

        assertEquals("There is no user named nobody.", model.problemProperty().get());
        assertFalse(model.busyProperty().get());
        model.userProperty().set("");
        model.refresh();
        assertEquals("", model.problemProperty().get());
    }
}
