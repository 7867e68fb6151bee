package dev.memfuse.console.memory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import javafx.scene.Parent;

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
import dev.memfuse.console.memory.ask.AskController;
import dev.memfuse.console.memory.knowledge.EpisodesController;
import dev.memfuse.console.memory.knowledge.FactsController;
import dev.memfuse.console.memory.work.BuffersController;
import dev.memfuse.console.memory.work.JobsController;
import dev.memfuse.console.memory.work.LettersController;
import dev.memfuse.engine.host.EngineHost;

/// The Memory page: what is stored and buffered of whom, and why a question finds it.
public final class MemoryPage extends PageFrame {
    private static final Duration TICK = Duration.ofSeconds(1);

    public MemoryPage(EngineHost host, PageTools tools) {
        this(host, new MemoryViewModel(host::engine, tools, FxThread.EXECUTOR));
    }

    private MemoryPage(EngineHost host, MemoryViewModel model) {
        super(new PageInfo("memory", "Memory", Icons.MEMORY), load(model));
        bindState(model.users().stateProperty());
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> model.users().engineState(host.state()));
        host.onState(_ -> state.request());
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, model::tick)::close);
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
