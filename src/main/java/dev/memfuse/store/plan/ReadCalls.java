package dev.memfuse.store.plan;

import static dev.memfuse.store.plan.Explainable.read;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.spi.RefusedRound;
import dev.memfuse.store.DatabaseId;
import dev.memfuse.store.DatabaseSize;

/// Calls that read users, sessions, messages and layers.
final class ReadCalls {
    private static final int PAGE = 50;
    /// Entries that an index reads in full, of a user of any size.
    private static final int INDEXED = 1_000;

    private ReadCalls() {}

    static List<Explainable> all() {
        return List.of(
                read("find-user", "Find a user by name or id", ReadCalls::findUser),
                read("find-session", "Find a session and its agent", ReadCalls::findSession),
                read("list-users", "Search the users by a part of the name",
                        of -> of.store().inspection().users(part(of.user().name()), Optional.empty(), PAGE)),
                read("list-sessions", "List the sessions of a user", of -> {
                    of.store().inspection().sessions(of.id(), "", Optional.empty(), PAGE);
                    of.store().accounts().sessions(of.id());
                }),
                read("list-messages", "List the messages of a session, newest or oldest first", of -> {
                    of.store().messages().ofSession(of.session(), PAGE, Order.NEWEST_FIRST);
                    of.store().messages().ofSession(of.session(), PAGE, Order.OLDEST_FIRST);
                }),
                read("page-messages", "Page through the messages of a session", of -> {
                    of.store().inspection().messages(of.session(), Long.MAX_VALUE, Order.NEWEST_FIRST, PAGE);
                    of.store().inspection().messages(of.session(), 0, Order.OLDEST_FIRST, PAGE);
                }),
                read("read-messages", "Read messages by id",
                        of -> of.store().messages().read(of.id(), of.ids())),
                read("read-current", "Read messages by id beside a deletion",
                        of -> of.store().erasures().readCurrent(of.id(), of.ids())),
                read("message-before", "Read the message before another",
                        of -> of.store().messages().before(of.session(), of.messages().getFirst().sequence())),
                read("message-layers", "Find the layers of messages",
                        of -> of.store().inspection().layers(of.id(), of.ids())),
                read("read-round", "Read a round and the state of its layers", ReadCalls::readRound),
                read("list-facts", "List the facts of a user and their history", ReadCalls::listFacts),
                read("list-episodes", "List the episodes of a user or a session", of -> {
                    of.store().layers().episodes(of.id(), EpisodeQuery.newest(PAGE));
                    of.store().layers().episodes(of.id(),
                            new EpisodeQuery(Optional.of(of.session().sessionId()), PAGE));
                }),
                read("known-facts", "Read what extraction knows of a user", of -> {
                    of.store().facts().known(of.id());
                    of.store().facts().revision(of.id());
                }),
                read("read-index", "Read what the index of a user lacks",
                        of -> of.store().index().read(of.id(), new SampleVector.First(INDEXED, true))),
                read("export-user", "Export a user", of -> of.store().exports().read(of.id(), _ -> {})),
                read("deletions", "Read what was deleted since a time", ReadCalls::deletions),
                read("aliases", "Read the aliases of ids", of -> {
                    of.store().aliases().all();
                    of.store().aliases().of(Set.of(of.id()));
                }),
                read("database", "Read identity and size of the database", of -> {
                    DatabaseId.of(of.database());
                    new DatabaseSize(of.database()).bytes();
                }));
    }

    /// Returns the middle of a name, as somebody types it.
    private static String part(String name) {
        return name.substring(0, Math.min(3, name.length()));
    }

    private static void findUser(Subject of) {
        of.store().accounts().user(of.user().name());
        of.store().accounts().user(of.id());
    }

    private static void findSession(Subject of) {
        of.store().accounts().session(of.session());
        of.store().accounts().agent(of.id(), "agent");
    }

    private static void readRound(Subject of) {
        UUID round = of.round();
        of.store().messages().ofRound(of.id(), round);
        of.store().work().results(of.id(), round);
        of.store().layers().vectors(of.id(), round);
        of.store().refusedRounds().known(Set.of(new RefusedRound(of.id(), round)));
    }

    private static void listFacts(Subject of) {
        of.store().facts().find(of.id(), FactQuery.current(PAGE));
        List<UUID> all = of.store().facts().find(of.id(), FactQuery.history(PAGE)).stream()
                .map(fact -> fact.id()).toList();
        of.store().facts().conflicts(of.id(), all.isEmpty() ? Set.of(Subject.newId()) : all);
        of.store().knowledge().read(of.id(), all.isEmpty() ? Set.of(Subject.newId()) : all);
    }

    private static void deletions(Subject of) {
        of.store().erasures().erased(of.id());
        of.store().erasures().since(0);
        of.store().erasures().existing(Set.of(of.id()));
        of.store().erasures().existingSessions(Set.of(of.session()));
    }
}
