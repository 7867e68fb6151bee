package dev.memfuse.console.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import javafx.scene.Parent;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.SaveDialog;
import dev.memfuse.console.memory.MemoryViewModel.Tab;
import dev.memfuse.console.memory.ask.AskController;
import dev.memfuse.console.memory.knowledge.EpisodesController;
import dev.memfuse.console.memory.knowledge.FactsController;
import dev.memfuse.console.memory.work.BuffersController;
import dev.memfuse.console.memory.work.JobsController;
import dev.memfuse.console.memory.work.LettersController;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import dev.memfuse.engine.host.EngineHost;
import org.jspecify.annotations.Nullable;

/// The Memory page: what is stored and buffered of whom, and why a question finds it.
public final class MemoryPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("memory", "Memory", Icons.MEMORY);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final MemoryViewModel model;

    public MemoryPage(EngineHost host, PageTools tools) {
        this(host, new MemoryViewModel(host::engine, tools, FxThread.EXECUTOR));
    }

    private MemoryPage(EngineHost host, MemoryViewModel model) {
        super(INFO, load(model));
        this.model = model;
        bindState(model.users().stateProperty());
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> model.users().engineState(host.state()));
        host.onState(_ -> state.request());
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, model::tick)::close);
    }

    /// Chooses a user, and shows the conversation of a session.
    ///
    /// @param session one of the user's sessions; null chooses the user alone
    public void reveal(User user, @Nullable Session session) {
        model.users().reveal(user, session);
        model.tabProperty().set(Tab.CONVERSATION);
    }

    @Override
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        for (Tab tab : Tab.values()) {
            actions.add(Action.of("memory." + tab.name().toLowerCase(Locale.ROOT), "Show the tab " + tab.title(),
                    () -> model.tabProperty().set(tab)));
        }
        actions.add(Action.of("memory.refresh", "Read the users again", model.users()::refresh));
        actions.add(Action.of("memory.reload", "Read the conversation again", model.conversation()::reload)
                .when(() -> model.users().sessionProperty().get() != null));
        actions.add(Action.of("memory.delete-user", "Delete the chosen user, after a question",
                () -> model.actions().askDelete(model.users().userProperty().get()))
                .when(() -> model.users().userProperty().get() != null));
        return List.copyOf(actions);
    }

    private static Parent load(MemoryViewModel model) {
        Map<Class<?>, Supplier<?>> controllers = new HashMap<>();
        controllers.put(MemoryController.class, () -> new MemoryController(model));
        controllers.put(UsersController.class, () -> new UsersController(model, SaveDialog.DESKTOP));
        controllers.put(ConversationController.class, () -> new ConversationController(model));
        controllers.put(AskController.class, () -> new AskController(model.ask()));
        controllers.put(FactsController.class, () -> new FactsController(model.facts()));
        controllers.put(EpisodesController.class, () -> new EpisodesController(model.episodes()));
        controllers.put(BuffersController.class, () -> new BuffersController(model.buffers()));
        controllers.put(LettersController.class, () -> new LettersController(model.letters()));
        controllers.put(JobsController.class, () -> new JobsController(model.jobs()));
        return new FxmlViews(controllers).load(FxmlView.MEMORY);
    }
}
