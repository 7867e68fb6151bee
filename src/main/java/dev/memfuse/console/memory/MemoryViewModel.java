package dev.memfuse.console.memory;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.memory.ask.AskModel;
import dev.memfuse.console.memory.knowledge.EpisodesModel;
import dev.memfuse.console.memory.knowledge.FactsModel;
import dev.memfuse.console.memory.work.BuffersModel;
import dev.memfuse.console.memory.work.JobsModel;
import dev.memfuse.console.memory.work.LettersModel;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;

/// View model of the Memory page: its parts, the visible tab, and the choice of user and session that they share. FX
/// thread only.
final class MemoryViewModel {
    /// Tabs of the page.
    enum Tab {
        CONVERSATION("Conversation"),
        ASK("Ask"),
        FACTS("Facts"),
        EPISODES("Episodes"),
        BUFFERS("Buffers"),
        LETTERS("Dead letters"),
        JOBS("Jobs");

        private final String title;

        Tab(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final UsersModel users;
    private final ConversationModel conversation;
    private final UserActionsModel actions;
    private final AskModel ask;
    private final FactsModel facts;
    private final EpisodesModel episodes;
    private final BuffersModel buffers;
    private final LettersModel letters;
    private final JobsModel jobs;
    private final ObjectProperty<Tab> tab = new SimpleObjectProperty<>(Tab.CONVERSATION);
    /// Whether the conversation already shows the session that is being chosen.
    private boolean following;

    /// @param engine returns the engine once it is ready
    /// @param fx executor of the FX thread
    MemoryViewModel(Supplier<Optional<MemoryEngine>> engine, PageTools tools, Executor fx) {
        users = new UsersModel(engine, tools.tasks());
        conversation = new ConversationModel(engine, tools.tasks());
        actions = new UserActionsModel(engine, tools.tasks(), fx, users::deleted);
        ask = new AskModel(engine, tools.tasks(), this::show);
        facts = new FactsModel(engine, tools.tasks(), this::show);
        episodes = new EpisodesModel(engine, tools.tasks(), this::show);
        buffers = new BuffersModel(engine, tools.tasks());
        letters = new LettersModel(engine, tools.tasks());
        jobs = new JobsModel(engine, tools.tasks());
        ask.userProperty().bind(users.userProperty());
        facts.userProperty().bind(users.userProperty());
        episodes.userProperty().bind(users.userProperty());
        ask.sessionProperty().bind(users.sessionProperty());
        episodes.sessionProperty().bind(users.sessionProperty());
        ask.chosenProperty().bind(conversation.selectedProperty().map(row -> row == null ? null : row.message()));
        users.sessionProperty().subscribe(chosen -> {
            if (!following) {
                conversation.open(chosen == null ? null : chosen.key());
            }
        });
        tools.remembered().keep("memory.tab", Tab.class, tab);
        tab.subscribe(this::tabChosen);
        tabChosen();
    }

    private void tabChosen() {
        facts.visible(tab.get() == Tab.FACTS);
        episodes.visible(tab.get() == Tab.EPISODES);
        if (tab.get() == Tab.LETTERS) {
            letters.refresh();
        }
        tick();
    }

    /// Reads what changes by itself; called once a second while the page is visible.
    void tick() {
        users.tick();
        ask.check();
        switch (tab.get()) {
            case BUFFERS -> buffers.refresh();
            case JOBS -> jobs.refresh();
            case CONVERSATION, ASK, FACTS, EPISODES, LETTERS -> {
            }
        }
    }

    /// Shows a message in its conversation.
    private void show(Message message) {
        SessionKey key = message.session();
        following = true;
        users.sessions().items().stream().filter(session -> session.key().equals(key)).findFirst()
                .ifPresentOrElse(users.sessionProperty()::set, () -> showsUnlisted(key));
        following = false;
        conversation.showAround(message);
        tab.set(Tab.CONVERSATION);
    }

    /// The session is on a page of the list that was not read yet.
    private void showsUnlisted(SessionKey key) {
        Session chosen = users.sessionProperty().get();
        if (chosen != null && !chosen.key().equals(key)) {
            users.sessionProperty().set(null);
        }
    }

    UsersModel users() {
        return users;
    }

    ConversationModel conversation() {
        return conversation;
    }

    UserActionsModel actions() {
        return actions;
    }

    AskModel ask() {
        return ask;
    }

    FactsModel facts() {
        return facts;
    }

    EpisodesModel episodes() {
        return episodes;
    }

    BuffersModel buffers() {
        return buffers;
    }

    LettersModel letters() {
        return letters;
    }

    JobsModel jobs() {
        return jobs;
    }

    /// Returns the visible tab.
    ObjectProperty<Tab> tabProperty() {
        return tab;
    }
}
