package dev.memfuse.console.memory;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;

import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.memory.MemoryViewModel.Tab;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The way through the Memory page: user, session, question, reasons, conversation; by keys.
@Tag("fx")
class MemoryPageViewTest {
    private final SampleMemory memory = new SampleMemory(3);
    private final Fakes.Host host = new Fakes.Host();
    private final PageStage stage = open();

    private PageStage open() {
        host.engine = memory.engine;
        PageStage opened = PageStage.open(() -> new MemoryPage(host, new PageTools(new DirectTaskRunner(), _ -> {})));
        host.become(new EngineState.Ready("PostgreSQL"));
        await(() -> list(opened, "users").getItems().size() == 4);
        return opened;
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static ListView<?> list(PageStage stage, String id) {
        return (ListView<?>) stage.node(id);
    }

    private void chooseByKeys() {
        OnFx.run(() -> {
            for (String id : new String[]{"users", "sessions"}) {
                stage.node(id).requestFocus();
                stage.press(KeyCode.HOME);
                list(stage, id).getSelectionModel().select(0);
            }
        });
        await(() -> list(stage, "messages").getItems().size() == 6);
    }

    private void ask() {
        OnFx.run(() -> {
            // In a window of this width the Ask box is a tab.
            ((ToggleButton) stage.node("memory-tab-ask")).fire();
            TextArea text = (TextArea) OnFx.node(askBox(), "text");
            text.setText("Where does alice live?");
            ((Button) OnFx.node(askBox(), "ask")).fire();
        });
        await(() -> list(stage, "hits").getItems().size() == 5);
    }

    private Node askBox() {
        return stage.node("askBox");
    }

    @Test
    void aQuestionShowsWhyItsHitsWereReturnedAndLeadsToTheConversation() {
        chooseByKeys();
        ask();

        assertEquals("Why it scores 0.718", OnFx.get(() -> stage.text("detailTitle")));
        OnFx.run(() -> {
            stage.node("hits").requestFocus();
            list(stage, "hits").getSelectionModel().select(2);
            stage.press(KeyCode.ENTER);
        });
        MessageRow shown = OnFx.get(() -> (MessageRow) list(stage, "messages").getSelectionModel().getSelectedItem());
        assertEquals(memory.messages.get(2), shown.message());
        OnFx.run(() -> ((Button) OnFx.node(askBox(), "why")).fire());
        assertTrue(OnFx.get(() -> stage.text("whyText")).startsWith("It was returned, ranked 3 of 1204."),
                OnFx.get(() -> stage.text("whyText")));
    }

    @Test
    void whatIsChosenWhileTheListsAreReadIsMarkedInThem() {
        LateTaskRunner late = new LateTaskRunner();
        AtomicReference<MemoryPage> page = new AtomicReference<>();
        PageStage slow = PageStage.open(() -> {
            page.set(new MemoryPage(host, new PageTools(late, _ -> {})));
            return page.get();
        });
        await(() -> late.waiting() > 0);

        OnFx.run(() -> {
            late.runAll();
            page.get().reveal(memory.alice, memory.session);
            late.runAll();
        });

        assertEquals(0, OnFx.get(() -> list(slow, "users").getSelectionModel().getSelectedIndex()));
        assertEquals(0, OnFx.get(() -> list(slow, "sessions").getSelectionModel().getSelectedIndex()));
        slow.close();
    }

    @Test
    void everyTabShowsItsContentAlone() {
        chooseByKeys();
        Set<Node> shown = new HashSet<>();
        for (Tab tab : Tab.values()) {
            if (tab == Tab.ASK) {
                continue;
            }
            OnFx.run(() -> ((ToggleButton) stage.node("memory-tab-" + tab.name().toLowerCase(Locale.ROOT))).fire());
            List<Node> visible = OnFx.get(() -> ((Pane) stage.node("content")).getChildren().stream()
                    .filter(Node::isVisible).toList());
            assertEquals(1, visible.size(), tab.title());
            assertTrue(shown.add(visible.getFirst()), tab.title());
        }
    }

    @Test
    void deletingAsksForTheNameAndEscapeKeepsTheUser() {
        chooseByKeys();
        OnFx.run(() -> ((Button) stage.node("delete")).fire());
        assertTrue(OnFx.get(() -> stage.node("confirm").isVisible()));
        assertTrue(OnFx.get(() -> stage.node("confirmDelete").isDisabled()));
        assertTrue(OnFx.get(() -> stage.focused().equals(stage.node("typedName"))));
        OnFx.run(() -> stage.press(KeyCode.ESCAPE));
        assertFalse(OnFx.get(() -> stage.node("confirm").isVisible()));

        OnFx.run(() -> {
            ((Button) stage.node("delete")).fire();
            ((TextField) stage.node("typedName")).setText("alice");
            ((Button) stage.node("confirmDelete")).fire();
        });

        await(() -> list(stage, "users").getItems().size() == 3);
        assertEquals("No session is chosen", OnFx.get(() -> ((Label) OnFx.node(stage.node("conversation"), "title"))
                .getText()));
    }
}
