package dev.agenttower.workspace.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agenttower.core.governance.HeapBudget;
import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.QueuedFields;
import dev.agenttower.core.json.JsonFields;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.unix.file.RegularFiles;
import dev.agenttower.workspace.file.FileState;
import dev.agenttower.workspace.file.GuardedFile;
import dev.agenttower.workspace.file.JacksonJson;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.SoftReference;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The queue in {@code _cortex/ops/sovereign_requests.json}. Foreign keys of the file are kept. Proposed contents stay in the file until
 * they are requested, and a write copies them from file to file, so the queue may be larger than the memory. Thread-safe.
 */
public final class WorkspaceChangeQueue implements ChangeQueue {
    private static final int PIECE = 64 << 10;

    private final GuardedFile file;
    private final InstantSource clock;
    private final JacksonJson json = new JacksonJson();
    private final DecidedChanges archive;
    private @Nullable SoftReference<Known> known;

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
        this.file =
                new GuardedFile(root, ops.resolve("sovereign_requests.json"), ops.resolve(".sovereign_requests.lock"));
        this.archive = new DecidedChanges(ops.resolve("sovereign_requests_decided.jsonl"));
    }

    @Override
    public List<ChangeRequest> requests() {
        try {
            return known().requests();
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    @Override
    public <T> T exclusively(Function<Writing, T> work) {
        // A change rewrites the whole file.
        HeapBudget.CHANGES.claimInScope(file.path().toFile().length());
        try {
            return file.exclusively(() -> work.apply(new Held()));
        } catch (IOException e) {
            throw failure("write", e);
        }
    }

    /** Reads the file only if it has changed; concurrent callers share one read. */
    private synchronized Known known() throws IOException {
        long now = clock.millis();
        FileState state = FileState.ofAny(file.path());
        Known last = known == null ? null : known.get();
        if (last != null && last.state.equals(state)) {
            return last;
        }
        Known read = new Known(state, scan());
        boolean isSure = state.isSettled(now) && state.equals(FileState.ofAny(file.path()));
        known = isSure ? new SoftReference<>(read) : null;
        return read;
    }

    private QueueScan scan() throws IOException {
        try (FileChannel channel = file.open()) {
            return QueueScan.of(Channels.newInputStream(channel), file.path().toString());
        } catch (NoSuchFileException e) {
            return QueueScan.NOTHING;
        } catch (MalformedJsonException e) {
            throw new ChangeQueueException("the change queue '" + file.path() + "' is not JSON: " + e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw new ChangeQueueException(
                    "the change queue '" + file.path() + "' is not JSON: " + JacksonJson.problem(e), e);
        } catch (CharConversionException e) {
            throw new ChangeQueueException("the change queue '" + file.path() + "' is not UTF-8", e);
        }
    }

    private ChangeQueueException failure(String verb, IOException e) {
        return new ChangeQueueException(
                "cannot " + verb + " the change queue '" + file.path() + "': " + e.getMessage(), e);
    }

    /** A request whose long fields stay in the file until they are requested. */
    private ChangeRequest request(FileState state, QueueScan.Entry entry) {
        return new ChangeRequest(
                new QueuedFields(entry.fields(), entry.keys(), entry.span().length(), () -> whole(state, entry)));
    }

    private Map<String, @Nullable Object> whole(FileState state, QueueScan.Entry entry) {
        try {
            Known now = known();
            QueueScan.Entry there = now.state.equals(state) ? entry : now.find(entry);
            byte[] bytes = new byte[(int) there.span().length()];
            try (FileChannel channel = file.open()) {
                InputStream in =
                        Channels.newInputStream(channel.position(there.span().start()));
                if (in.readNBytes(bytes, 0, bytes.length) == bytes.length
                        && json.read(RegularFiles.text(bytes)) instanceof Map<?, ?> fields) {
                    return asItWas(entry, JsonFields.copy(fields));
                }
            }
            throw changed();
        } catch (MalformedJsonException e) {
            throw changed();
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    /** Combines the long fields, which never change, with the short fields as of the scan. */
    private static Map<String, @Nullable Object> asItWas(QueueScan.Entry entry, Map<String, @Nullable Object> fields) {
        fields.keySet().retainAll(entry.keys());
        fields.putAll(entry.fields());
        return fields;
    }

    private ChangeQueueException changed() {
        return new ChangeQueueException("the change queue '" + file.path() + "' changed while it was read", null);
    }

    /** The content of the file in one of its states. */
    private final class Known {
        private final FileState state;
        private final QueueScan scan;
        private final List<ChangeRequest> requests;

        Known(FileState state, QueueScan scan) {
            this.state = state;
            this.scan = scan;
            this.requests =
                    scan.entries().stream().map(entry -> request(state, entry)).toList();
        }

        List<ChangeRequest> requests() {
            return requests;
        }

        QueueScan.Entry find(QueueScan.Entry other) {
            Object id = other.fields().get("id");
            return scan.entries().stream()
                    .filter(entry -> Objects.equals(id, entry.fields().get("id")))
                    .findFirst()
                    .orElseThrow(WorkspaceChangeQueue.this::changed);
        }
    }

    /** The queue under the lock of one writer. Unchanged parts are copied from the file. */
    private final class Held implements Writing {
        private @Nullable Known read;

        @Override
        public List<ChangeRequest> requests() {
            try {
                Known now = asRead();
                read = now;
                return now.requests();
            } catch (IOException e) {
                throw failure("read", e);
            }
        }

        /** The content as read under this lock, so that its requests are found again; read afresh only if the file has been replaced since. */
        private Known asRead() throws IOException {
            Known last = read;
            return last != null && last.state.equals(FileState.ofAny(file.path())) ? last : known();
        }

        @Override
        public void save(List<ChangeRequest> requests) {
            try {
                Known before = asRead();
                List<ChangeRequest> kept = archive.withoutOldest(requests);
                file.replace(out -> write(out, before, kept));
            } catch (IOException e) {
                throw failure("write", e);
            }
        }

        private void write(OutputStream out, Known before, List<ChangeRequest> requests) throws IOException {
            IdentityHashMap<ChangeRequest, QueueScan.Entry> stored = new IdentityHashMap<>();
            for (int i = 0; i < before.requests.size(); i++) {
                stored.put(before.requests.get(i), before.scan.entries().get(i));
            }
            if (before.scan.isMissing()) {
                out.write(ascii("{\n  \"requests\": "));
                writeList(out, null, requests, stored);
                out.write(ascii("\n}"));
                return;
            }
            try (FileChannel channel = file.open()) {
                QueueScan.Span list = before.scan.list();
                copy(channel, 0, list == null ? before.scan.lastValueEnd() : list.start(), out);
                if (list == null) {
                    out.write(ascii((before.scan.isEmpty() ? "" : ",") + "\n  \"requests\": "));
                }
                writeList(out, channel, requests, stored);
                if (list == null) {
                    out.write(ascii("\n}"));
                } else {
                    copy(channel, list.end(), channel.size(), out);
                }
            }
        }

        private void writeList(
                OutputStream out,
                @Nullable FileChannel channel,
                List<ChangeRequest> requests,
                IdentityHashMap<ChangeRequest, QueueScan.Entry> stored)
                throws IOException {
            String separator = "[\n    ";
            for (ChangeRequest request : requests) {
                out.write(ascii(separator));
                separator = ",\n    ";
                QueueScan.Entry entry = stored.get(request);
                if (entry != null && channel != null) {
                    copy(channel, entry.span().start(), entry.span().end(), out);
                } else {
                    out.write(ascii(JsonForm.pretty(request.fields()).replace("\n", "\n    ")));
                }
            }
            out.write(ascii(requests.isEmpty() ? "[]" : "\n  ]"));
        }

        private static void copy(FileChannel channel, long start, long end, OutputStream out) throws IOException {
            byte[] piece = new byte[PIECE];
            InputStream in = Channels.newInputStream(channel.position(start));
            for (long left = end - start; left > 0; ) {
                int count = in.read(piece, 0, (int) Math.min(left, PIECE));
                if (count < 0) {
                    throw new EOFException("the file became shorter");
                }
                out.write(piece, 0, count);
                left -= count;
            }
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
