package dev.memfuse.console.memory;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.memory.MemoryViewModel.Tab;

/// Lays out the Memory page: users at the left, the tab in the middle, and the Ask box at the right where there is
/// room, else as a tab.
public final class MemoryController {
    /// Width from which on the Ask box stands beside the conversation.
    private static final double WIDE = 1_060;

    @FXML
    private HBox root;
    @FXML
    private FlowPane tabs;
    @FXML
    private StackPane content;
    @FXML
    private StackPane side;
    @FXML
    private Node conversation;
    @FXML
    private Node askBox;
    @FXML
    private Node facts;
    @FXML
    private Node episodes;
    @FXML
    private Node buffers;
    @FXML
    private Node letters;
    @FXML
    private Node jobs;

    private final MemoryViewModel model;
    private final Map<Tab, ToggleButton> buttons = new EnumMap<>(Tab.class);
    private boolean wide;

    MemoryController(MemoryViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        ToggleGroup group = new ToggleGroup();
        for (Tab tab : Tab.values()) {
            ToggleButton button = new ToggleButton(tab.title());
            button.setId("memory-tab-" + tab.name().toLowerCase(Locale.ROOT));
            button.setToggleGroup(group);
            button.setOnAction(_ -> {
                // A second click on the chosen tab would leave none.
                button.setSelected(true);
                model.tabProperty().set(tab);
            });
            buttons.put(tab, button);
            tabs.getChildren().add(button);
        }
        tabs.addEventFilter(KeyEvent.KEY_PRESSED, this::moveFocus);
        model.tabProperty().subscribe(this::show);
        show();
        root.widthProperty().subscribe(width -> {
            if (width.doubleValue() > 0 && wide != width.doubleValue() >= WIDE) {
                wide = width.doubleValue() >= WIDE;
                show();
            }
        });
    }

    private void moveFocus(KeyEvent event) {
        int step = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
        int now = tabs.getChildren().indexOf(event.getTarget());
        if (step != 0 && now >= 0) {
            int next = Math.floorMod(now + step, tabs.getChildren().size());
            while (!tabs.getChildren().get(next).isVisible()) {
                next = Math.floorMod(next + step, tabs.getChildren().size());
            }
            tabs.getChildren().get(next).requestFocus();
            event.consume();
        }
    }

    private void show() {
        Tab chosen = model.tabProperty().get();
        Tab tab = wide && chosen == Tab.ASK ? Tab.CONVERSATION : chosen;
        boolean beside = wide && tab == Tab.CONVERSATION;
        StackPane holder = beside ? side : content;
        if (!holder.equals(askBox.getParent())) {
            ((StackPane) askBox.getParent()).getChildren().remove(askBox);
            holder.getChildren().add(askBox);
        }
        Visibility.set(side, beside);
        Map.of(Tab.CONVERSATION, conversation, Tab.FACTS, facts, Tab.EPISODES, episodes, Tab.BUFFERS, buffers,
                Tab.LETTERS, letters, Tab.JOBS, jobs).forEach((each, node) -> Visibility.set(node, each == tab));
        Visibility.set(askBox, beside || tab == Tab.ASK);
        buttons.forEach((each, button) -> {
            button.setSelected(each == tab);
            Visibility.set(button, each != Tab.ASK || !wide);
        });
    }
}
