package dev.agenttower.core.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.RunningProcesses;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sessions kept in memory until the daemon stops. Tokens are random UUIDs. Ended processes are detected only when the table is full. Thread-safe. */
public final class AppSessionTable implements AppSessions {
    private static final Duration SAME_CLIENT_IDLE = Duration.ofSeconds(1);
    private static final Duration ANY_CLIENT_IDLE = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final RunningProcesses processes;
    // Least recently used first: eight entries need no more than a list.
    private final List<Entry> entries = new ArrayList<>(CAPACITY);
    private long lastId;

    /** No sessions yet. */
    public AppSessionTable(InstantSource clock, RunningProcesses processes) {
        this.clock = requireNonNull(clock, "clock");
        this.processes = requireNonNull(processes, "processes");
    }

    @Override
    public synchronized Optional<AppSession> open(String clientId, Peer peer) {
        Instant now = clock.instant();
        Client client = new Client(clientId, processes.find(peer.pid()).orElse(null));
        if (entries.size() == CAPACITY && !evict(client, now)) {
            return Optional.empty();
        }
        lastId++;
        AppSession session = new AppSession(UUID.randomUUID().toString(), lastId);
        entries.add(new Entry(session, session.token().getBytes(UTF_8), client, now));
        return Optional.of(session);
    }

    @Override
    public synchronized Optional<AppSession> find(String token) {
        byte[] wanted = token.getBytes(UTF_8);
        @Nullable Entry found = null;
        // Every session is compared, so that the time does not depend on the token.
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.token, wanted)) {
                found = entry;
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        entries.remove(found);
        entries.add(found.usedAt(clock.instant()));
        return Optional.of(found.session);
    }

    private boolean evict(Client client, Instant now) {
        return evict(this::hasEnded, Instant.MAX)
                || evict(entry -> entry.client.isSame(client), now.minus(SAME_CLIENT_IDLE))
                || evict(entry -> true, now.minus(ANY_CLIENT_IDLE));
    }

    private boolean hasEnded(Entry entry) {
        ProcessMark process = entry.client.process;
        return process != null && !processes.isRunning(process);
    }

    private boolean evict(Predicate<Entry> candidates, Instant unusedSince) {
        Optional<Entry> oldest = entries.stream().filter(candidates).findFirst();
        if (oldest.isEmpty() || oldest.get().usedAt.isAfter(unusedSince)) {
            return false;
        }
        return entries.remove(oldest.get());
    }

    /** The client that opened a session; the process is null if it could not be identified. */
    private record Client(String id, @Nullable ProcessMark process) {
        boolean isSame(Client other) {
            return id.equals(other.id) && (!id.isEmpty() || (process != null && process.equals(other.process)));
        }
    }

    private static final class Entry {
        private final AppSession session;
        private final byte[] token;
        private final Client client;
        private final Instant usedAt;

        private Entry(AppSession session, byte[] token, Client client, Instant usedAt) {
            this.session = session;
            this.token = token;
            this.client = client;
            this.usedAt = usedAt;
        }

        private Entry usedAt(Instant now) {
            return new Entry(session, token, client, now);
        }
    }
}
