package dev.memfuse.console.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.memory.MemoryViewModel.Tab;
import dev.memfuse.engine.Inspection.MessageLayers;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users, sessions, conversation and actions of the Memory page.
class MemoryViewModelTest {
    private static final EngineState READY = new EngineState.Ready("PostgreSQL");
    private final SampleMemory memory = new SampleMemory(450);
    private Optional<MemoryEngine> engine = Optional.of(memory.engine);
    private final MemoryViewModel model = model(new DirectTaskRunner());

    private MemoryViewModel model(TaskRunner tasks) {
        return new MemoryViewModel(() -> engine, new PageTools(tasks, _ -> {}), Runnable::run);
    }

    private void chooseAlice() {
        model.users().engineState(READY);
        model.users().userProperty().set(memory.alice);
        model.users().sessionProperty().set(memory.session);
    }

    private List<String> texts() {
        return model.conversation().rows().stream().map(row -> row.message().content()).toList();
    }

    @Test
    void thePageHasAStateForEachStateOfTheEngine() {
        engine = Optional.empty();
        model.users().engineState(new EngineState.Starting("Unpacking", 0.5));
        assertEquals(new PageState.Loading("Unpacking", 0.5), model.users().stateProperty().get());
        model.users().engineState(new EngineState.Failed("The disk is full.", "Free some."));
        assertInstanceOf(PageState.Failed.class, model.users().stateProperty().get());
        model.users().engineState(new EngineState.Stopped());
        assertInstanceOf(PageState.Empty.class, model.users().stateProperty().get());
        engine = Optional.of(memory.engine);
        model.users().engineState(READY);
        assertEquals(PageState.READY, model.users().stateProperty().get());
        assertEquals(PagedList.PAGE, model.users().users().items().size());
        model.users().userProperty().set(memory.alice);

        model.users().engineState(new EngineState.Starting("Another database", -1));

        assertNull(model.users().userProperty().get());
        assertEquals(List.of(), model.users().users().items());
    }

    @Test
    void aDatabaseWithoutUsersShowsTheFirstOneAsSoonAsThereIsOne() {
        memory.engine.inspection.users.clear();
        model.users().engineState(READY);
        model.tick();
        assertInstanceOf(PageState.Empty.class, model.users().stateProperty().get());
        memory.engine.inspection.users.add(memory.alice);

        model.tick();

        assertEquals(PageState.READY, model.users().stateProperty().get());
        model.users().userPartProperty().set("nobody has this");
        model.users().refresh();
        assertEquals(PageState.READY, model.users().stateProperty().get(), "the search must stay visible");
    }

    @Test
    void lookingForTheFirstUserAgainAndAgainLeavesThePageAsItIs() {
        memory.engine.inspection.users.clear();
        LateTaskRunner late = new LateTaskRunner();
        MemoryViewModel slow = model(late);
        slow.users().engineState(READY);
        assertInstanceOf(PageState.Loading.class, slow.users().stateProperty().get());
        late.runAll();
        PageState empty = slow.users().stateProperty().get();
        List<PageState> seen = new ArrayList<>();
        slow.users().stateProperty().subscribe((_, now) -> seen.add(now));

        slow.tick();
        late.runAll();

        assertInstanceOf(PageState.Empty.class, empty);
        assertTrue(seen.stream().allMatch(PageState.Empty.class::isInstance), seen.toString());
    }

    @Test
    void aFirstUserThatCannotBeCreatedIsAFailureThatCanBeLeft() {
        memory.engine.inspection.users.clear();
        model.users().engineState(READY);
        PageState.Empty empty = assertInstanceOf(PageState.Empty.class, model.users().stateProperty().get());
        memory.engine.creating = () -> {
            throw new StorageUnavailableException("The database is away.", "", null);
        };

        Objects.requireNonNull(empty.action()).run().run();

        PageState.Failed failed = assertInstanceOf(PageState.Failed.class, model.users().stateProperty().get());
        assertEquals("The database is away.", failed.problem());
        Objects.requireNonNull(failed.retry()).run().run();
        assertInstanceOf(PageState.Empty.class, model.users().stateProperty().get());
    }

    @Test
    void aDatabaseThatIsAwayIsAFailureWithARetry() {
        memory.engine.inspection.before = () -> {
            throw new StorageUnavailableException("The database is away.", "", null);
        };
        model.users().engineState(READY);
        PageState.Failed failed = assertInstanceOf(PageState.Failed.class, model.users().stateProperty().get());
        assertEquals("The database is away.", failed.problem());
        memory.engine.inspection.before = () -> {};

        Objects.requireNonNull(failed.retry()).run().run();

        assertEquals(PageState.READY, model.users().stateProperty().get());
    }

    @Test
    void usersAreReadPageByPage() {
        model.users().engineState(READY);
        PagedList<User> users = model.users().users();

        users.readMore();
        users.readMore();
        assertEquals(451, users.items().size());
        assertFalse(users.moreProperty().get());
        users.readMore();

        assertEquals(451, users.items().stream().distinct().count());
        model.users().userPartProperty().set("U44");
        model.users().refresh();
        assertEquals(11, users.items().size());
    }

    @Test
    void aSlowSearchDoesNotReplaceALaterOne() {
        LateTaskRunner late = new LateTaskRunner();
        MemoryViewModel slow = model(late);
        slow.users().engineState(READY);
        slow.users().userPartProperty().set("alice");
        slow.users().refresh();

        late.runNewest();
        late.runOldest();

        assertEquals(List.of(memory.alice), slow.users().users().items());
    }

    @Test
    void theConversationShowsTheNewestMessagesWithTheirLayers() {
        chooseAlice();

        assertEquals(memory.messages, model.conversation().rows().stream().map(MessageRow::message).toList());
        assertEquals(List.of("Stored", "Vector", "1 chunk", "1 episode", "2 facts"), model.conversation().rows()
                .getFirst().badges().stream().map(MessageRow.Badge::text).toList());
        assertEquals(List.of("Round buffer"),
                new MessageRow(memory.message(Message.UNASSIGNED, "x", Message.Origin.ROUND_BUFFER), Optional.empty())
                        .badges().stream().map(MessageRow.Badge::text).toList());
        assertEquals(List.of("Stored"), new MessageRow(memory.messages.getFirst(), Optional.of(MessageLayers.NONE))
                .badges().stream().map(MessageRow.Badge::text).toList());
    }

    @Test
    void aLongConversationIsReadInPagesInBothDirections() {
        for (int i = 7; i <= 350; i++) {
            memory.engine.inspection.stored.add(memory.message(i, "text " + i, Message.Origin.DATABASE));
        }
        chooseAlice();
        assertEquals(ConversationModel.PAGE, texts().size());
        assertEquals("text 350", texts().getLast());
        assertTrue(model.conversation().olderProperty().get());

        model.conversation().readOlder();
        assertEquals(List.of("text 151", "text 350"), List.of(texts().getFirst(), texts().getLast()));
        model.conversation().showAround(memory.message(150, "text 150", Message.Origin.DATABASE));
        assertEquals(List.of("text 51", "text 250"), List.of(texts().getFirst(), texts().getLast()));
        assertEquals("text 150",
                Objects.requireNonNull(model.conversation().selectedProperty().get()).message().content());
        model.conversation().readNewer();

        assertEquals("text 350", texts().getLast());
        assertEquals(texts().size(), texts().stream().distinct().count());
    }

    @Test
    void anotherSessionReplacesTheOneThatIsStillRead() {
        LateTaskRunner late = new LateTaskRunner();
        MemoryViewModel slow = model(late);
        slow.conversation().open(memory.session.key());
        slow.conversation().open(null);
        late.runAll();

        assertEquals(List.of(), slow.conversation().rows());
        assertFalse(slow.conversation().loadingProperty().get());
    }

    @Test
    void aMessageIsAddedByHand() {
        chooseAlice();
        memory.engine.added.put(memory.alice.id(), new ArrayList<>());
        List<String> done = new ArrayList<>();

        model.conversation().add(Role.USER, "typed", () -> done.add("done"));
        model.conversation().add(Role.USER, "  ", () -> done.add("blank"));

        assertEquals(List.of("typed"), memory.engine.added.get(memory.alice.id()));
        assertEquals(List.of("done"), done);
    }

    @Test
    void aUserIsDeletedOnlyWhenItsNameIsTyped() {
        chooseAlice();
        List<UUID> deleted = new ArrayList<>();
        memory.engine.deleting = deleted::add;
        model.actions().askDelete(memory.alice);
        model.actions().typedNameProperty().set("Alice");
        assertFalse(model.actions().confirmedProperty().get());
        model.actions().delete();
        assertEquals(List.of(), deleted);

        model.actions().typedNameProperty().set("alice");
        model.actions().delete();

        assertEquals(List.of(memory.alice.id()), deleted);
        assertEquals("Deleted alice with 3 messages, 6 episodes and 4 facts.", model.actions().outcomeProperty().get());
        assertNull(model.users().userProperty().get());
        assertFalse(model.users().users().items().contains(memory.alice));
        assertEquals(List.of(), model.conversation().rows());
        model.actions().askDelete(memory.engine.inspection.users.get(1));
        model.actions().keep();
        model.actions().delete();
        assertEquals(1, deleted.size());
    }

    @Test
    void aUserIsExportedAndACancelledExportLeavesNoFile(@TempDir Path folder) {
        User bob = memory.engine.createUser("bob");
        Path file = folder.resolve("bob.jsonl");

        model.actions().export(bob, file);

        assertTrue(Files.exists(file));
        assertEquals("Exported bob, 1 record, to " + file + ".", model.actions().outcomeProperty().get());
        Path other = folder.resolve("other.jsonl");
        memory.engine.exporting = _ -> model.actions().cancelExport();
        model.actions().export(bob, other);
        assertFalse(Files.exists(other));
        assertEquals("The export was cancelled; no file was written.", model.actions().outcomeProperty().get());
        assertEquals("", model.actions().problemProperty().get());
        assertFalse(model.actions().exportingProperty().get());
    }

    @Test
    void aHitIsShownInItsConversation() {
        chooseAlice();
        model.users().sessionProperty().set(memory.engine.inspection.sessions.get(1));
        model.tabProperty().set(Tab.ASK);
        model.ask().showInConversation(memory.messages.get(2));

        assertEquals(Tab.CONVERSATION, model.tabProperty().get());
        assertEquals(memory.session, model.users().sessionProperty().get());
        assertEquals(memory.messages.get(2),
                Objects.requireNonNull(model.conversation().selectedProperty().get()).message());
    }
}
