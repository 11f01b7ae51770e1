package dev.agenttower.workspace.role;

import dev.agenttower.core.governance.role.GovernedSession;
import dev.agenttower.core.governance.role.GovernedSessions;
import dev.agenttower.core.governance.role.InMemoryGovernedSessions;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.SessionMember;
import dev.agenttower.core.governance.role.SessionStoreException;
import dev.agenttower.core.json.JsonFields;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.unix.file.RegularFiles;
import dev.agenttower.workspace.file.FileState;
import dev.agenttower.workspace.file.GuardedFile;
import dev.agenttower.workspace.file.JacksonJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions in {@code _cortex/ops/sessions.json}. Thread-safe. */
public final class WorkspaceSessions implements GovernedSessions {
    private final GuardedFile file;
    private final InstantSource clock;
    private final JacksonJson json = new JacksonJson();
    private volatile @Nullable Known known;

    /**
     * The sessions of the project below a directory.
     *
     * @param clock the clock for comparisons with file times
     */
    public WorkspaceSessions(Path root, InstantSource clock) {
        this.clock = clock;
        Path ops = root.resolve("_cortex/ops");
        this.file = new GuardedFile(root, ops.resolve("sessions.json"), ops.resolve(".sessions.lock"));
    }

    /** Reads the file only if it has changed, because every decision calls this. */
    @Override
    public List<GovernedSession> list() {
        long now = clock.millis();
        FileState state = FileState.ofAny(file.path());
        Known last = known;
        if (last != null && last.state.equals(state)) {
            return last.sessions;
        }
        List<GovernedSession> sessions = read();
        boolean isSure = state.isSettled(now) && state.equals(FileState.ofAny(file.path()));
        known = isSure ? new Known(state, sessions) : null;
        return sessions;
    }

    private List<GovernedSession> read() {
        try {
            List<GovernedSession> sessions = new ArrayList<>();
            if (json.read(RegularFiles.text(file.read())) instanceof Map<?, ?> tree
                    && tree.get("sessions") instanceof List<?> list) {
                for (Object entry : list) {
                    if (entry instanceof Map<?, ?> fields) {
                        sessions.add(session(fields));
                    }
                }
            }
            return List.copyOf(sessions);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (MalformedJsonException e) {
            throw failure("read", e);
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    @Override
    public void put(GovernedSession session) {
        change(sessions -> {
            sessions.put(session);
            return Boolean.TRUE;
        });
    }

    @Override
    public Optional<GovernedSession> remove(String id) {
        return change(sessions -> sessions.remove(id));
    }

    private <T> T change(Change<T> change) {
        try {
            return file.exclusively(() -> {
                InMemoryGovernedSessions sessions = new InMemoryGovernedSessions();
                read().forEach(sessions::put);
                T result = change.to(sessions);
                Map<String, Object> tree = Map.of(
                        "sessions",
                        sessions.list().stream().map(WorkspaceSessions::tree).toList());
                file.replace(JsonForm.pretty(tree).getBytes(StandardCharsets.UTF_8));
                return result;
            });
        } catch (IOException e) {
            throw failure("write", e);
        }
    }

    private static Map<String, @Nullable Object> tree(GovernedSession session) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("session_id", session.id());
        tree.put("agent", session.agent());
        tree.put("role", session.role());
        tree.put("spec_id", session.specId());
        tree.put("ts", session.ts());
        tree.put("sandbox", session.sandbox());
        SessionMember root = session.root();
        tree.put("root_pid", root == null ? null : root.mark().pid());
        tree.put("root_start_ticks", root == null ? null : root.mark().startTicks());
        tree.put("root_session", root == null ? null : root.session().id());
        tree.put(
                "root_session_start_ticks", root == null ? null : root.session().leaderStart());
        tree.put("ended_at", session.endedAt());
        return tree;
    }

    private static GovernedSession session(Map<?, ?> tree) {
        SessionMember root =
                tree.get("root_pid") instanceof Number pid && tree.get("root_start_ticks") instanceof Number ticks
                        ? new SessionMember(new ProcessMark(pid.longValue(), ticks.longValue()), kernelSession(tree))
                        : null;
        return new GovernedSession(
                JsonFields.text(tree, "session_id"),
                JsonFields.text(tree, "agent"),
                JsonFields.text(tree, "role"),
                JsonFields.text(tree, "spec_id"),
                JsonFields.text(tree, "ts"),
                Boolean.TRUE.equals(tree.get("sandbox")),
                root,
                tree.get("ended_at") instanceof String endedAt ? endedAt : null);
    }

    /** Sessions written by older versions have none. */
    private static KernelSession kernelSession(Map<?, ?> tree) {
        return tree.get("root_session") instanceof Number id
                        && tree.get("root_session_start_ticks") instanceof Number ticks
                ? new KernelSession(id.longValue(), ticks.longValue())
                : KernelSession.NONE;
    }

    private SessionStoreException failure(String verb, Exception e) {
        return new SessionStoreException("cannot " + verb + " '" + file.path() + "': " + e.getMessage(), e);
    }

    private record Known(FileState state, List<GovernedSession> sessions) {}

    private interface Change<T> {
        T to(GovernedSessions sessions);
    }
}
