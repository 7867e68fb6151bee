package dev.memfuse.console.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.Inspection.MessageLayers;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import org.jspecify.annotations.Nullable;

/// View model of the conversation of one session: pages of messages, oldest first, from the newest backwards or around
/// one message. FX thread only.
final class ConversationModel {
    /// Number of messages of a page.
    static final int PAGE = 100;
    private static final int MAX_BUFFERED = 10_000;

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final ObservableList<MessageRow> rows = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable MessageRow> selected = new SimpleObjectProperty<>();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper older = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper newer = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper("");
    private @Nullable SessionKey session;
    private int reading;
    /// Number of messages that the newest page asks for; grows when all of them are buffered.
    private int newestLimit = PAGE;

    ConversationModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks) {
        this.engine = engine;
        this.tasks = tasks;
    }

    /// A page as it was read.
    private record Page(List<MessageRow> rows, boolean full, boolean degraded) {}

    /// Shows the newest messages of a session, or nothing.
    void open(@Nullable SessionKey shown) {
        session = shown;
        newestLimit = PAGE;
        selected.set(null);
        rows.clear();
        older.set(false);
        newer.set(false);
        notice.set("");
        reload();
    }

    /// Reads the newest messages again.
    void reload() {
        SessionKey shown = session;
        Optional<MemoryEngine> ready = engine.get();
        if (shown == null || ready.isEmpty()) {
            reading++;
            loading.set(false);
            problem.set("");
            return;
        }
        int limit = newestLimit;
        read("read the conversation", () -> newest(ready.get(), shown, limit), page -> {
            rows.setAll(page.rows());
            older.set(page.full());
            newer.set(false);
            notice.set(page.degraded()
                    ? "The database is away: only messages that wait in the buffers are shown."
                    : "");
        });
    }

    private static Page newest(MemoryEngine engine, SessionKey session, int limit) {
        MessageList messages = engine.messages(session, limit, Order.NEWEST_FIRST);
        return new Page(rows(engine, session.userId(), messages.reversed(), !messages.degraded()),
                messages.size() == limit, messages.degraded());
    }

    private static List<MessageRow> rows(MemoryEngine engine, UUID user, List<Message> messages, boolean stored) {
        List<UUID> ids = messages.stream().filter(one -> one.origin() == Message.Origin.DATABASE).map(Message::id)
                .toList();
        Map<UUID, MessageLayers> layers = stored ? engine.inspection().layers(user, ids) : Map.of();
        return messages.stream().map(one -> new MessageRow(one, Optional.ofNullable(layers.get(one.id())))).toList();
    }

    /// Reads the page before the first shown message.
    void readOlder() {
        if (!older.get() || loading.get() || rows.isEmpty()) {
            return;
        }
        long first = rows.getFirst().message().sequence();
        if (first == Message.UNASSIGNED) {
            newestLimit = Math.min(MAX_BUFFERED, newestLimit * 2);
            reload();
            return;
        }
        page(first, Order.NEWEST_FIRST, page -> {
            rows.addAll(0, page.rows());
            older.set(page.full());
        });
    }

    /// Reads the page after the last shown message.
    void readNewer() {
        if (newer.get() && !loading.get() && !rows.isEmpty()) {
            page(rows.getLast().message().sequence(), Order.OLDEST_FIRST, page -> {
                rows.addAll(page.rows());
                newer.set(page.full());
            });
        }
    }

    private void page(long sequence, Order order, Consumer<Page> show) {
        SessionKey shown = session;
        Optional<MemoryEngine> ready = engine.get();
        if (shown != null && ready.isPresent()) {
            read("page through the conversation", () -> page(ready.get(), shown, sequence, order, PAGE), show);
        }
    }

    private static Page page(MemoryEngine engine, SessionKey session, long sequence, Order order, int limit) {
        List<Message> messages = engine.inspection().stored(session, sequence, order, limit);
        return new Page(rows(engine, session.userId(),
                order == Order.NEWEST_FIRST ? messages.reversed() : messages, true), messages.size() == limit, false);
    }

    /// Shows a message among those around it and selects it.
    void showAround(Message target) {
        open(null);
        session = target.session();
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isEmpty()) {
            return;
        }
        if (target.sequence() == Message.UNASSIGNED) {
            reload();
            return;
        }
        SessionKey shown = target.session();
        read("read the conversation", () -> {
            Page before = page(ready.get(), shown, target.sequence() + 1, Order.NEWEST_FIRST, PAGE);
            Page after = page(ready.get(), shown, target.sequence(), Order.OLDEST_FIRST, PAGE);
            List<MessageRow> both = new ArrayList<>(before.rows());
            both.addAll(after.rows());
            return new Around(both, before.full(), after.full());
        }, around -> {
            rows.setAll(around.rows());
            older.set(around.older());
            newer.set(around.newer());
            rows.stream().filter(row -> row.message().id().equals(target.id())).findFirst().ifPresent(selected::set);
        });
    }

    private record Around(List<MessageRow> rows, boolean older, boolean newer) {}

    private <R> void read(String name, Callable<R> work, Consumer<R> show) {
        int mine = ++reading;
        loading.set(true);
        problem.set("");
        tasks.call(name, work).onSuccess(result -> {
            if (mine == reading) {
                loading.set(false);
                show.accept(result);
            }
        }).onFailure(e -> {
            if (mine == reading) {
                loading.set(false);
                problem.set(Sentences.of(e));
            }
        }).start();
    }

    /// Adds a message by hand and shows it.
    ///
    /// @param done called when the message was acknowledged
    void add(Role role, String text, Runnable done) {
        SessionKey shown = session;
        Optional<MemoryEngine> ready = engine.get();
        if (shown == null || ready.isEmpty() || text.isBlank()) {
            return;
        }
        read("add a message", () -> {
            ready.get().addBatch(shown, List.of(NewMessage.of(role, text)));
            return true;
        }, _ -> {
            done.run();
            reload();
        });
    }

    /// Returns the shown messages, oldest first.
    ObservableList<MessageRow> rows() {
        return rows;
    }

    /// Returns the selected message.
    ObjectProperty<@Nullable MessageRow> selectedProperty() {
        return selected;
    }

    ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /// Returns whether there may be messages before the first shown one.
    ReadOnlyBooleanProperty olderProperty() {
        return older.getReadOnlyProperty();
    }

    /// Returns whether there may be messages after the last shown one.
    ReadOnlyBooleanProperty newerProperty() {
        return newer.getReadOnlyProperty();
    }

    /// Returns why the newest reading or addition failed; empty when it did not.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Returns what the list lacks; empty when it is complete.
    ReadOnlyStringProperty noticeProperty() {
        return notice.getReadOnlyProperty();
    }
}
