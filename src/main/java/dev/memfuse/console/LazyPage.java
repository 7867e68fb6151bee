package dev.memfuse.console;

import java.util.List;
import java.util.function.Supplier;

import javafx.scene.Node;
import javafx.scene.layout.StackPane;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageInfo;
import org.jspecify.annotations.Nullable;

/// The place of a page in the window. The page is built when it is first needed: when it is shown, when another page
/// hands something to it, or by [ConsolePages] once the window has been drawn. FX thread only.
///
/// @param <P> the page
final class LazyPage<P extends Page> implements Page {
    private final PageInfo info;
    private final Supplier<P> builder;
    private final StackPane place = new StackPane();
    private @Nullable P page;

    /// @param builder called once; a failure reaches whoever needs the page
    LazyPage(PageInfo info, Supplier<P> builder) {
        this.info = info;
        this.builder = builder;
    }

    /// Returns the page; builds it when it does not exist yet.
    P get() {
        P built = page;
        if (built == null) {
            built = builder.get();
            page = built;
            place.getChildren().setAll(built.view());
        }
        return built;
    }

    boolean isBuilt() {
        return page != null;
    }

    @Override
    public PageInfo info() {
        return info;
    }

    /// Returns the place of the page, which is empty until the page is built.
    @Override
    public Node view() {
        return place;
    }

    @Override
    public List<Action> actions() {
        return get().actions();
    }

    @Override
    public void onShown() {
        get().onShown();
    }

    @Override
    public void tick() {
        if (page != null) {
            page.tick();
        }
    }

    @Override
    public void onHidden() {
        if (page != null) {
            page.onHidden();
        }
    }
}
