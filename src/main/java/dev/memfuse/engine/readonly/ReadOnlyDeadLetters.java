package dev.memfuse.engine.readonly;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import dev.memfuse.engine.DamagedLetter;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.exception.ReadOnlyException;

/// Dead letters of a database that is open read-only: they are listed.
record ReadOnlyDeadLetters(DeadLetters all) implements DeadLetters {
    @Override
    public int count() {
        return all.count();
    }

    @Override
    public void forEach(Consumer<DeadLetter> each) {
        all.forEach(each);
    }

    @Override
    public List<DamagedLetter> damaged() {
        return all.damaged();
    }

    @Override
    public Set<UUID> unknown() {
        return all.unknown();
    }

    @Override
    public Retry retry(Collection<UUID> roundIds) {
        throw new ReadOnlyException();
    }

    @Override
    public int discard(Collection<UUID> roundIds) {
        throw new ReadOnlyException();
    }
}
