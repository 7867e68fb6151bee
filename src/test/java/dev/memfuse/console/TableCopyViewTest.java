package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.TextClipboard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Ctrl+C copies rows of every table that has some.
@Tag("fx")
class TableCopyViewTest extends OpenConsole {
    private static final String NOTHING = "nothing copied";
    /// Its rows are lines of the log, which have a format of their own.
    private static final String LOG = "log";

    @BeforeEach
    void fill() {
        BusyWindow.fill(console, context, host, loads);
    }

    @Test
    void everyTableWithRowsCopiesTheSelectedOnes() {
        Set<String> walked = new TreeSet<>();
        for (Page page : console.pages()) {
            OnFx.run(() -> {
                console.showPage(page.id());
                console.scene().getRoot().applyCss();
                console.scene().getRoot().layout();
                for (TableView<?> table : tables(page)) {
                    String name = page.id() + ": " + table.getId() + " " + table.getAccessibleText();
                    walked.add(name);
                    table.getSelectionModel().clearAndSelect(0);
                    List<String> one = copy(table).lines().toList();
                    assertFalse(one.equals(List.of(NOTHING)), name + " copies nothing");
                    if (!page.id().equals(LOG)) {
                        isATable(name, one, 1);
                        assertAllRows(name, table);
                    }
                }
            });
        }
        assertTrue(walked.size() >= 8, walked.toString());
    }

    private static void assertAllRows(String name, TableView<?> table) {
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getSelectionModel().selectAll();
        isATable(name, copy(table).lines().toList(), table.getItems().size());
    }

    private static void isATable(String name, List<String> lines, int rows) {
        assertEquals(rows + 1, lines.size(), name + ": " + lines);
        long tabs = tabs(lines.getFirst());
        for (String line : lines) {
            assertEquals(tabs, tabs(line), name + ": " + lines);
            assertFalse(line.matches(".*\\w+@[0-9a-f]{5,}.*|.*[A-Z]\\w+\\[\\w+=.*"), name + ": " + lines);
        }
        assertFalse(lines.getFirst().isBlank(), name);
        assertFalse(lines.getLast().isBlank(), name);
    }

    private static long tabs(String line) {
        return line.chars().filter(letter -> letter == '\t').count();
    }

    private static List<? extends TableView<?>> tables(Page page) {
        return OnFx.all(page.view()).filter(TableView.class::isInstance).<TableView<?>>map(TableView.class::cast)
                .filter(table -> !table.getItems().isEmpty()).toList();
    }

    private static String copy(TableView<?> table) {
        TextClipboard.copy(NOTHING);
        table.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.C, false, true, false, false));
        return Clipboard.getSystemClipboard().getString();
    }
}
