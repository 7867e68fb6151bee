package dev.memfuse.console.fx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;

import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads FXML with controllers from a map of providers. Loading fails when a view names a controller class without a
/// provider. FX thread only.
public final class FxmlViews {
    private final Map<Class<?>, Supplier<?>> controllers;

    /// @param controllers one provider for each `fx:controller` of the views to be loaded
    public FxmlViews(Map<Class<?>, Supplier<?>> controllers) {
        this.controllers = Map.copyOf(controllers);
    }

    /// Loads a view; each call creates new nodes and controllers.
    public Parent load(FxmlView view) {
        FXMLLoader loader = new FXMLLoader(view.url());
        loader.setClassLoader(FxmlViews.class.getClassLoader());
        loader.setControllerFactory(this::controller);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("The view fxml/" + view.file() + " cannot be loaded", e);
        }
    }

    private Object controller(Class<?> type) {
        Supplier<?> provider = controllers.get(type);
        if (provider == null) {
            throw new IllegalStateException("No provider for the controller " + type.getName());
        }
        return provider.get();
    }
}
