package dev.memfuse.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.memory.SampleMemory;
import dev.memfuse.engine.host.EngineState;
import org.testfx.util.WaitForAsyncUtils;

/// Renders the Memory page in each tab into `target/screens`, for inspection. Run by hand; not a test.
public final class MemoryScreens {
    private static final Path OUT = Path.of("target", "screens");

    private MemoryScreens() {}

    public static void main(String[] arguments) throws Exception {
        Fakes.Host host = new Fakes.Host();
        Console console = Fakes.open(Fakes.context(Files.createTempDirectory("screens"), host, new Fakes.Loads()));
        Node page = console.pages().stream().filter(one -> one.id().equals("memory")).map(Page::view).findFirst()
                .orElseThrow();
        OnFx.run(() -> console.showPage("memory"));
        shoot(console, "starting");
        ScreenShots.skipGuide(console);
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        shoot(console, "empty");
        host.become(new EngineState.Starting("Starting", -1));
        SampleMemory memory = new SampleMemory(20);
        host.engine = memory.engine;
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54322"));
        ListView<?> users = (ListView<?>) OnFx.node(page, "users");
        await(() -> OnFx.get(() -> users.getItems().size() == 21));
        OnFx.run(() -> users.getSelectionModel().select(0));
        ListView<?> sessions = (ListView<?>) OnFx.node(page, "sessions");
        await(() -> OnFx.get(() -> sessions.getItems().size() == 2));
        OnFx.run(() -> sessions.getSelectionModel().select(0));
        ListView<?> messages = (ListView<?>) OnFx.node(page, "messages");
        await(() -> OnFx.get(() -> messages.getItems().size() == 6));
        shoot(console, "conversation");
        Node ask = OnFx.get(() -> OnFx.all(page).filter(node -> node.getStyleClass().contains("memory-ask"))
                .findFirst().orElseThrow());
        OnFx.run(() -> {
            messages.getSelectionModel().select(4);
            ((TextArea) OnFx.node(ask, "text")).setText("Where does alice live now?");
            ((Button) OnFx.node(ask, "ask")).fire();
        });
        ListView<?> hits = (ListView<?>) OnFx.node(page, "hits");
        await(() -> OnFx.get(() -> hits.getItems().size() == 5));
        OnFx.run(() -> ((Button) OnFx.node(ask, "compare")).fire());
        await(() -> OnFx.get(() -> !((Button) OnFx.node(ask, "compare")).isDisabled()));
        shoot(console, "asked");
        OnFx.run(() -> ((Button) OnFx.node(page, "delete")).fire());
        shoot(console, "delete");
        for (String tab : List.of("ask", "facts", "episodes", "buffers", "letters", "jobs")) {
            OnFx.run(() -> ((ToggleButton) OnFx.node(page, "memory-tab-" + tab)).fire());
            WaitForAsyncUtils.sleep(300, TimeUnit.MILLISECONDS);
            OnFx.run(() -> OnFx.all(page).filter(TableView.class::isInstance).map(TableView.class::cast)
                    .filter(table -> !table.getItems().isEmpty()).forEach(table -> table.getSelectionModel()
                            .select(0)));
            WaitForAsyncUtils.sleep(300, TimeUnit.MILLISECONDS);
            shoot(console, tab);
        }
        System.exit(0);
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, condition);
    }

    private static void shoot(Console console, String name) throws Exception {
        List<PageImages.Shot> shots = List.of(new PageImages.Shot("memory", Themes.Choice.LIGHT, 1280, 800),
                new PageImages.Shot("memory", Themes.Choice.DARK, 1280, 800),
                new PageImages.Shot("memory", Themes.Choice.LIGHT, 800, 600));
        ScreenShots.save(console, OUT.resolve("memory-" + name), shots);
    }
}
