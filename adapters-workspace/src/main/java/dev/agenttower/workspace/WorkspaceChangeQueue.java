package dev.agenttower.workspace;

import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.change.ChangeRequest;
import dev.agenttower.core.json.JsonFields;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The queue in {@code _cortex/ops/sovereign_requests.json}. Other keys of the file are kept. Thread-safe. */
public final class WorkspaceChangeQueue implements ChangeQueue {
    private static final String REQUESTS = "requests";

    private final GuardedFile file;
    private final InstantSource clock;
    private final JacksonJson json = new JacksonJson();
    private volatile @Nullable Counted counted;

    /** The queue of the project below a directory. */
    public WorkspaceChangeQueue(Path root) {
        this(root, InstantSource.system());
    }

    /**
     * The queue of the project below a directory.
     *
     * @param clock the clock that the times of files come from
     */
    public WorkspaceChangeQueue(Path root, InstantSource clock) {
        this.clock = clock;
        Path ops = root.resolve("_cortex/ops");
        this.file = new GuardedFile(ops.resolve("sovereign_requests.json"), ops.resolve(".sovereign_requests.lock"));
    }

    @Override
    public List<ChangeRequest> requests() {
        try {
            return requests(tree());
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    /** Counts only when the file is another one than it was; the requests themselves may be too many to be kept. */
    @Override
    public long pending() {
        long now = clock.millis();
        FileState state = FileState.ofAny(file.path());
        Counted last = counted;
        if (last != null && last.state.equals(state)) {
            return last.pending;
        }
        counted = null;
        long pending = ChangeQueue.super.pending();
        if (state.isSettled(now) && state.equals(FileState.ofAny(file.path()))) {
            counted = new Counted(state, pending);
        }
        return pending;
    }

    @Override
    public <T> T exclusively(Function<Writing, T> work) {
        try {
            return file.exclusively(() -> work.apply(new Held()));
        } catch (IOException e) {
            throw failure("write", e);
        }
    }

    private Map<String, @Nullable Object> tree() throws IOException {
        String text;
        try {
            text = RegularFiles.text(file.read());
        } catch (NoSuchFileException e) {
            return new LinkedHashMap<>();
        }
        try {
            if (json.read(text) instanceof Map<?, ?> tree) {
                return JsonFields.copy(tree);
            }
        } catch (MalformedJsonException e) {
            throw new ChangeQueueException("the change queue '" + file.path() + "' is not JSON: " + e.getMessage(), e);
        }
        throw new ChangeQueueException("the change queue '" + file.path() + "' is not a JSON object", null);
    }

    private List<ChangeRequest> requests(Map<String, @Nullable Object> tree) {
        List<ChangeRequest> requests = new ArrayList<>();
        Object list = tree.getOrDefault(REQUESTS, List.of());
        if (!(list instanceof List<?> entries)) {
            throw new ChangeQueueException("'requests' in '" + file.path() + "' is not a list", null);
        }
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> fields)) {
                throw new ChangeQueueException("an entry in '" + file.path() + "' is not an object", null);
            }
            requests.add(new ChangeRequest(JsonFields.copy(fields)));
        }
        return List.copyOf(requests);
    }

    private ChangeQueueException failure(String verb, IOException e) {
        return new ChangeQueueException(
                "cannot " + verb + " the change queue '" + file.path() + "': " + e.getMessage(), e);
    }

    private record Counted(FileState state, long pending) {}

    /** Reads the file once, because nobody else writes it meanwhile. */
    private final class Held implements Writing {
        private @Nullable Map<String, @Nullable Object> known;

        @Override
        public List<ChangeRequest> requests() {
            try {
                return WorkspaceChangeQueue.this.requests(known());
            } catch (IOException e) {
                throw failure("read", e);
            }
        }

        @Override
        public void save(List<ChangeRequest> requests) {
            try {
                Map<String, @Nullable Object> tree = new LinkedHashMap<>(known());
                tree.put(REQUESTS, requests.stream().map(ChangeRequest::fields).toList());
                file.replace(JsonForm.pretty(tree).getBytes(StandardCharsets.US_ASCII));
                known = tree;
            } catch (IOException e) {
                throw failure("write", e);
            }
        }

        private Map<String, @Nullable Object> known() throws IOException {
            Map<String, @Nullable Object> tree = known;
            if (tree == null) {
                tree = tree();
                known = tree;
            }
            return tree;
        }
    }
}
