package dev.memfuse.console.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javafx.geometry.Bounds;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

import dev.memfuse.console.action.ActionTooltip;
import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageInfo;
import org.kordamp.ikonli.javafx.FontIcon;

/// One button per page, under the heading of its group; the button of the open page is selected.
final class Navigation {
    private final PageSwitch pages;
    private final Keymap keymap;
    private final Map<Page, ToggleButton> buttons = new HashMap<>();
    private final List<Label> headings = new ArrayList<>();

    /// @param bottom receives the pages of [PageInfo#BOTTOM]
    Navigation(PageSwitch pages, Keymap keymap, Pane target, Pane bottom) {
        this.pages = pages;
        this.keymap = keymap;
        ToggleGroup group = new ToggleGroup();
        String heading = "";
        for (Page page : pages.pages()) {
            boolean below = page.info().group().equals(PageInfo.BOTTOM);
            if (!below && !page.info().group().equals(heading)) {
                heading = page.info().group();
                target.getChildren().add(heading(heading));
            }
            ToggleButton button = button(page);
            button.setToggleGroup(group);
            buttons.put(page, button);
            (below ? bottom : target).getChildren().add(button);
        }
        pages.currentProperty().subscribe(page -> group.selectToggle(buttons.get(page)));
        group.selectedToggleProperty().subscribe(selected -> {
            // A click on the selected button deselects it; select it again.
            if (selected == null) {
                group.selectToggle(buttons.get(pages.currentProperty().get()));
            }
        });
    }

    /// Shows icons only, or icons with names.
    void collapse(boolean collapsed) {
        headings.forEach(heading -> heading
                .setContentDisplay(collapsed ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.TEXT_ONLY));
        buttons.values().forEach(button -> button
                .setContentDisplay(collapsed ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT));
    }

    /// Scrolls to the button of a page; a low window has not the space for all.
    void reveal(Page page, ScrollPane scroll) {
        ToggleButton button = Objects.requireNonNull(buttons.get(page));
        double hidden = button.getParent().getLayoutBounds().getHeight() - scroll.getViewportBounds().getHeight();
        Bounds place = button.getBoundsInParent();
        double shown = scroll.getVvalue() * hidden;
        if (hidden > 0
                && (place.getMinY() < shown || place.getMaxY() > shown + scroll.getViewportBounds().getHeight())) {
            scroll.setVvalue(Math.clamp(place.getMinY() / hidden, 0, 1));
        }
    }

    /// Returns the heading of a group; collapsed, a line remains of it.
    private Label heading(String text) {
        Region line = new Region();
        line.getStyleClass().add("nav-line");
        Label heading = new Label(text, line);
        heading.getStyleClass().add("nav-group");
        heading.setContentDisplay(ContentDisplay.TEXT_ONLY);
        heading.setMaxWidth(Double.MAX_VALUE);
        headings.add(heading);
        return heading;
    }

    private ToggleButton button(Page page) {
        ToggleButton button = new ToggleButton(page.title(), new FontIcon(page.icon()));
        button.setId("nav-" + page.id());
        button.getStyleClass().add("nav-item");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText("Page " + page.title());
        ActionTooltip.install(button, page.title(), WindowActions.open(page), keymap);
        button.setOnAction(_ -> pages.show(page.id()));
        return button;
    }
}
