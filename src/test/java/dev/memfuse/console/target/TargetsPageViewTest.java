package dev.memfuse.console.target;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Switch;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.target.TargetState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The way through the Targets page: the list, a connection in each of its states, and changes after questions.
@Tag("fx")
class TargetsPageViewTest {
    private final SampleTargets targets = new SampleTargets();
    private final Remembered remembered = new Remembered();
    private final PageStage stage = PageStage.open(() -> new TargetsPage(targets, SteadyClock.process(),
            new PageTools(new DirectTaskRunner(), new DirectTaskRunner(), _ -> {}, remembered)));

    @AfterEach
    void close() {
        stage.close();
    }

    private TableView<?> table(String id) {
        return (TableView<?>) stage.node(id);
    }

    private String cell(String table, int column, int row) {
        return OnFx.get(() -> String.valueOf(table(table).getColumns().get(column).getCellData(row)));
    }

    private void fire(String id) {
        OnFx.run(() -> ((Button) stage.node(id)).fire());
    }

    private boolean shows(String text) {
        return OnFx.all(stage.node("states")).filter(Label.class::isInstance).map(Label.class::cast)
                .anyMatch(label -> label.getText().contains(text) && isShown(label));
    }

    private static boolean isShown(Node node) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (!now.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private void connect() {
        targets.session.fill();
        OnFx.run(() -> ((TextField) stage.node("address")).setText("4711"));
        fire("connect");
        await(() -> table("pools").getItems().size() == 2);
    }

    private void unlock() {
        OnFx.run(() -> ((Switch) stage.node("allow")).fire());
        await(() -> stage.focused().equals(stage.node("keep")));
        assertFalse(targets.session.unlocked(), "Enter must not unlock");
        fire("confirmAction");
        await(() -> ((Switch) stage.node("allow")).isSelected());
    }

    @Test
    void theListNamesJvmsAndTheirPoolsOnceTheyWereAsked() {
        await(() -> table("jvms").getItems().size() == 3);
        assertEquals("not asked", cell("jvms", 3, 0));

        fire("find");

        assertEquals("orders, reports", cell("jvms", 3, 0));
        assertEquals("none", cell("jvms", 3, 1));
        assertEquals("not readable", cell("jvms", 3, 2));
        assertTrue(OnFx.get(() -> stage.text("note")).startsWith("1 of 3 have pools. Process 6033 does not answer"));
    }

    @Test
    void enterOnAJvmConnectsAndDisconnectShowsTheListAgain() {
        targets.session.fill();
        await(() -> table("jvms").getItems().size() == 3);
        OnFx.run(() -> {
            table("jvms").requestFocus();
            table("jvms").getSelectionModel().select(0);
            stage.press(KeyCode.ENTER);
        });
        await(() -> table("pools").getItems().size() == 2);
        assertFalse(stage.node("start").isVisible());
        assertTrue(OnFx.get(() -> stage.text("title")).startsWith("org.example.orders.OrderService (process 4711)"));
        assertTrue(OnFx.get(() -> stage.text("figures")).contains("Polling: 10 times and 27 calls a second"));

        fire("disconnect");

        assertTrue(stage.node("start").isVisible());
        assertEquals(new TargetState.Closed(), targets.session.state);
    }

    @Test
    void anAddressWithAPasswordIsRefusedAndNeverRemembered() {
        OnFx.run(() -> ((TextField) stage.node("address")).setText("joe:s3cret@localhost:9010"));
        fire("connect");

        String problem = OnFx.get(() -> stage.text("problem"));
        assertTrue(problem.startsWith("The address must not contain a user or password"), problem);
        assertFalse(problem.contains("s3cret"), problem);
        assertEquals("joe:s3cret@localhost:9010", ((TextField) stage.node("address")).getText());
        assertEquals(Map.of(), remembered.values());
        connect();
        assertEquals(Map.of("targets.address", "4711"), remembered.values());
    }

    @Test
    void aPasswordWithoutItsUserIsSaidAndStays() {
        OnFx.run(() -> {
            ((TextField) stage.node("address")).setText("localhost:9010");
            ((TextField) stage.node("password")).setText("s3cret");
        });
        fire("connect");

        assertEquals("The password belongs to a user: type the user too, or remove the password.",
                OnFx.get(() -> stage.text("problem")));
        assertEquals("s3cret", ((TextField) stage.node("password")).getText());
    }

    @Test
    void aNumberInTheFormOfAnotherLanguageIsRefusedAndStays() {
        connect();
        unlock();
        TextField size = (TextField) stage.node("new-maximumPoolSize");
        for (String wrong : List.of("1,5", "1.234", "2,0", "-5", "\u22125", "\u0661\u0662", "1e3", "NaN", "10d",
                "2147483648", "9".repeat(100_000))) {
            OnFx.run(() -> {
                size.setText(wrong);
                OnFx.all(stage.node("settings").getParent()).filter(Button.class::isInstance).map(Button.class::cast)
                        .filter(button -> button.getText().equals("Change settings…")).findFirst().orElseThrow().fire();
            });
            String problem = OnFx.get(() -> stage.text("changeProblem"));
            assertTrue(
                    problem.startsWith("The new maximumPoolSize is ") && problem.endsWith("; write for instance 20."),
                    problem);
            assertEquals(wrong, size.getText());
        }
    }

    @Test
    void aWrongAddressIsNamedAndARefusalOffersAnotherAttempt() {
        OnFx.run(() -> ((TextField) stage.node("address")).setText("nonsense"));
        fire("connect");
        assertTrue(OnFx.get(() -> stage.text("problem")).contains("'nonsense' is no address"));
        targets.session.state = new TargetState.Refused("Process 4711 has ended.");
        OnFx.run(() -> ((TextField) stage.node("address")).setText("4711"));
        fire("connect");
        await(() -> shows("Process 4711 has ended."));

        fire("state-action");

        assertEquals(2, targets.connections);
        targets.session.fill();
        await(() -> table("pools").getItems().size() == 2);
    }

    @Test
    void aLossStaysVisibleWithItsReasonAndItsMark() {
        connect();
        Instant at = SteadyClock.now();
        targets.session.marks.add(new EventMark(at, EventMark.Kind.ENGINE, "away: Process 4711 has ended."));
        targets.session.state = new TargetState.Lost(SampleTargets.JVM, at, "Process 4711 has ended.");

        await(() -> shows("Process 4711 has ended. The page connects again by itself."));

        assertEquals("away: Process 4711 has ended.", cell("events", 1, 0));
        assertTrue(OnFx.get(() -> stage.text("title")).contains("is away since"));
    }

    @Test
    void theChosenPoolStaysChosenWhileItsFiguresChange() {
        connect();
        OnFx.run(() -> table("pools").getSelectionModel().select(1));
        String before = cell("pools", 1, 0);

        targets.session.add();
        await(() -> table("pools").getSelectionModel().getSelectedIndex() == 1);

        assertEquals("Settings of pool reports", OnFx.get(() -> stage.text("pool")));
        assertFalse(before.isEmpty());
    }

    @Test
    void changesNeedTheSwitchAndAnAnswerAndSayBeforeAndAfter() {
        connect();
        TextField maximum = (TextField) stage.node("new-maximumPoolSize");
        assertTrue(maximum.isDisabled());
        unlock();

        OnFx.run(() -> {
            maximum.setText("20");
            ((TextField) stage.node("new-idleTimeout")).setText("x");
        });
        fire("change");
        assertEquals("The new idleTimeout is no whole number of milliseconds; write for instance 30000 or "
                + "30,000.",
                OnFx.get(() -> ((Label) stage.node("changeProblem")).getText()));
        OnFx.run(() -> ((TextField) stage.node("new-idleTimeout")).setText(""));
        fire("change");
        assertEquals("Pool orders: maximumPoolSize 10 → 20?", OnFx.get(() -> stage.text("question")));
        fire("confirmAction");

        await(() -> stage.text("outcome").equals("Changed: maximumPoolSize: 10 → 20, pool orders."));
        assertEquals(List.of("maximumPoolSize: 10 → 20, pool orders"),
                targets.session.marks.stream().map(EventMark::text).toList());
        assertEquals("", OnFx.get(maximum::getText));
    }

    @Test
    void aValueThatIsTypedDuringTheQuestionWithdrawsItAndStays() {
        connect();
        unlock();
        TextField maximum = (TextField) stage.node("new-maximumPoolSize");
        OnFx.run(() -> maximum.setText("5"));
        fire("change");
        OnFx.run(() -> {
            maximum.requestFocus();
            maximum.setText("7");
        });

        assertFalse(OnFx.get(() -> stage.node("confirm").isVisible()));
        assertEquals(maximum, OnFx.get(stage::focused), "somebody types there");
        assertEquals("7", maximum.getText());
        fire("confirmAction");
        assertEquals(List.of(), targets.session.marks);
    }

    @Test
    void aMinimumAboveTheMaximumIsRefusedAndAMaximumBelowTheMinimumSaysItsEffect() {
        connect();
        unlock();
        TextField minimum = (TextField) stage.node("new-minimumIdle");
        TextField maximum = (TextField) stage.node("new-maximumPoolSize");
        OnFx.run(() -> minimum.setText("50"));
        fire("change");
        assertEquals("The new minimumIdle is 50, and the pool opens at most 10 connections. Raise maximumPoolSize too, "
                + "or write at most 10.", OnFx.get(() -> stage.text("changeProblem")));

        OnFx.run(() -> minimum.setText(""));
        assertEquals("", OnFx.get(() -> stage.text("changeProblem")));
        OnFx.run(() -> maximum.setText("3"));
        fire("change");
        assertEquals("Pool orders: maximumPoolSize 10 → 3? minimumIdle is 4; the pool keeps at most 3 idle then.",
                OnFx.get(() -> stage.text("question")));
    }

    @Test
    void aRefusalOfTheTargetIsShownAndNothingHappensAfterCancel() {
        connect();
        unlock();
        fire("suspendTarget");
        fire("keep");
        assertEquals(List.of(), targets.session.marks);
        targets.session.refusal = "The target refuses for pool orders: orders - is not suspendable.";
        fire("suspendTarget");
        assertTrue(OnFx.get(() -> stage.text("question")).contains("They fail after 30,000 ms."));

        fire("confirmAction");

        assertEquals(targets.session.refusal, OnFx.get(() -> ((Label) stage.node("changeProblem")).getText()));
    }
}
