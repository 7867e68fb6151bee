package dev.memfuse.target.jmx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.target.FoundTarget;
import dev.memfuse.target.LocalJvm;
import dev.memfuse.target.Target;
import dev.memfuse.target.TargetAddress;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.Targets;

/// Targets over JMX.
public final class JmxTargets implements Targets {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final LocalAttach attach = new LocalAttach(LIMIT);
    private final Set<JmxSession> sessions = ConcurrentHashMap.newKeySet();

    @Override
    public List<LocalJvm> list() {
        return LocalJvms.list().stream().map(LocalJvms.Entry::jvm).toList();
    }

    @Override
    public List<FoundTarget> find() throws InterruptedException {
        return ask(list());
    }

    /// Returns the pools of JVMs, in their order.
    List<FoundTarget> ask(List<LocalJvm> jvms) throws InterruptedException {
        List<FoundTarget> found = new ArrayList<>();
        try (ExecutorService threads = BackgroundThreads.virtualPerTask("target-find")) {
            List<Callable<FoundTarget>> tasks = jvms.stream().map(jvm -> (Callable<FoundTarget>) () -> ask(jvm))
                    .toList();
            for (Future<FoundTarget> task : threads.invokeAll(tasks)) {
                found.add(task.get());
            }
            return found;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The JVMs of this machine could not be asked.", e);
        }
    }

    private FoundTarget ask(LocalJvm jvm) throws InterruptedException {
        Target target = new Target(new TargetAddress.Local(jvm.pid()));
        try {
            String url = attach.address(jvm.pid());
            return new FoundTarget(jvm, TimedCalls.within(LIMIT, () -> pools(url, target)), "");
        } catch (InterruptedException e) {
            throw e;
        } catch (TargetException e) {
            return new FoundTarget(jvm, List.of(), String.valueOf(e.getMessage()));
        } catch (Exception e) {
            return new FoundTarget(jvm, List.of(),
                    String.valueOf(JmxFailures.of(target, LIMIT, e).getMessage()));
        }
    }

    private static List<String> pools(String url, Target target) throws Exception {
        try (JmxConnection connection = JmxConnection.open(url, target)) {
            return PoolBean.find(connection.server()).stream().map(PoolBean::name).toList();
        }
    }

    @Override
    public TargetSession connect(Target target) {
        JmxSession session = new JmxSession(target, attach, SteadyClock.process(), sessions::remove);
        sessions.add(session);
        session.start();
        return session;
    }

    @Override
    public void close() {
        List.copyOf(sessions).forEach(JmxSession::close);
    }
}
