package dev.memfuse.console.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.memfuse.console.fx.Remembered;
import org.junit.jupiter.api.Test;

class PaletteViewModelTest {
    private final List<String> opened = new ArrayList<>();
    private final List<Consumer<List<PaletteItem>>> late = new ArrayList<>();
    private final Remembered remembered = new Remembered();
    private boolean enabled = true;
    private final PaletteViewModel model = model();

    private PaletteViewModel model() {
        return new PaletteViewModel(List.of(rows -> rows.accept(List.of(item("live", "Open the page Live"),
                item("load", "Open the page Load"),
                new PaletteItem("run", "Window", "Run the load", "", "Ctrl+R", () -> enabled,
                        () -> opened.add("run")))),
                late::add), remembered);
    }

    private PaletteItem item(String id, String title) {
        return new PaletteItem(id, "Window", title, "", () -> opened.add(id));
    }

    private List<String> ids() {
        return model.rows().stream().map(PaletteItem::id).toList();
    }

    private String selected() {
        return model.rows().get(model.selectedProperty().get()).id();
    }

    @Test
    void withoutAQueryRecentRowsComeFirstAlsoAfterARestart() {
        model.shownProperty().set(true);
        assertEquals(List.of("live", "load", "run"), ids());
        model.move(1);
        model.run();
        assertFalse(model.shownProperty().get());
        assertEquals(List.of("load"), opened);

        PaletteViewModel next = model();
        next.shownProperty().set(true);

        assertEquals(List.of("load", "live", "run"), next.rows().stream().map(PaletteItem::id).toList());
    }

    @Test
    void theQueryRanksAndSelectsTheBestRow() {
        model.shownProperty().set(true);
        model.queryProperty().set("load");
        assertEquals(List.of("load", "run"), ids());
        assertEquals("load", selected());

        model.queryProperty().set("run");
        model.run();

        assertEquals(List.of("run"), opened);
    }

    @Test
    void theSelectionGoesRound() {
        model.shownProperty().set(true);
        model.move(-1);
        assertEquals("run", selected());
        model.move(1);
        assertEquals("live", selected());
    }

    @Test
    void rowsThatArriveLaterDoNotMoveTheSelection() {
        model.shownProperty().set(true);
        model.queryProperty().set("load");
        model.move(1);
        String before = selected();

        late.getFirst().accept(List.of(item("best", "Load")));

        assertEquals("best", ids().getFirst());
        assertEquals(before, selected());
    }

    @Test
    void rowsOfAnEarlierOpeningAreIgnored() {
        model.shownProperty().set(true);
        model.shownProperty().set(false);
        model.shownProperty().set(true);

        late.getFirst().accept(List.of(item("old", "Old")));
        assertFalse(ids().contains("old"));
        late.getLast().accept(List.of(item("new", "New")));
        assertTrue(ids().contains("new"));
    }

    @Test
    void whatCannotRunNowIsRankedLastAndDoesNothing() {
        enabled = false;
        model.shownProperty().set(true);
        model.queryProperty().set("load");
        assertEquals(List.of("load", "run"), ids());
        model.move(1);
        model.run();

        assertTrue(model.shownProperty().get());
        assertEquals(List.of(), opened);
    }

    @Test
    void aQueryWithoutAMatchSaysSoAndEnterDoesNothing() {
        model.shownProperty().set(true);
        model.queryProperty().set("zzz");

        assertEquals(List.of(), ids());
        assertTrue(model.emptyTextProperty().get().startsWith("Nothing matches “zzz”."));
        model.run();
        assertTrue(model.shownProperty().get());
    }

    @Test
    void itOpensWithAnEmptyQuery() {
        model.shownProperty().set(true);
        model.queryProperty().set("run");
        model.shownProperty().set(false);
        model.shownProperty().set(true);

        assertEquals("", model.queryProperty().get());
    }
}
