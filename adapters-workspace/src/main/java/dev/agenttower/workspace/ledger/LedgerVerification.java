package dev.agenttower.workspace.ledger;

import dev.agenttower.core.governance.ledger.ChainCheck;
import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.workspace.file.JacksonJson;
import dev.agenttower.workspace.file.JsonLine;
import dev.agenttower.workspace.file.LineReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Checks the chain of a ledger file.
 *
 * <p>The hash of an event depends on its own line only, so several threads, which end with the check, read and hash the lines; the links
 * between them are followed in order.
 */
final class LedgerVerification {
    /** Small, because batches in flight survive garbage collections. */
    private static final int BATCH_BYTES = 1 << 15;

    private static final int THREADS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

    private final JacksonJson json;
    private final ChainCheck check = new ChainCheck();
    private final Queue<Future<List<Checked>>> inFlight = new ArrayDeque<>();

    private LedgerVerification(JacksonJson json) {
        this.json = json;
    }

    /** Checks the first {@code size} bytes. */
    static Integrity of(FileChannel channel, long size, JacksonJson json) throws IOException {
        LedgerVerification verification = new LedgerVerification(json);
        ExecutorService workers = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "ledger-verification");
            thread.setDaemon(true);
            return thread;
        });
        try {
            verification.run(new LineReader(channel, 0, size), workers);
            return verification.check.result();
        } finally {
            workers.shutdownNow();
        }
    }

    private void run(LineReader lines, ExecutorService workers) throws IOException {
        List<Line> batch = new ArrayList<>();
        int bytes = 0;
        for (long number = 1; lines.advance(); number++) {
            if (!lines.isBlank()) {
                int end = lines.start() + lines.length();
                batch.add(new Line(number, Arrays.copyOfRange(lines.bytes(), lines.start(), end)));
                bytes += lines.length();
            }
            if (bytes >= BATCH_BYTES) {
                submit(batch, workers);
                batch = new ArrayList<>();
                bytes = 0;
            }
        }
        submit(batch, workers);
        while (!inFlight.isEmpty()) {
            follow();
        }
    }

    private void submit(List<Line> batch, ExecutorService workers) throws IOException {
        if (inFlight.size() > 2 * THREADS) {
            follow();
        }
        inFlight.add(workers.submit(() -> batch.stream().map(this::checked).toList()));
    }

    private void follow() throws IOException {
        for (Checked line : finished(inFlight.remove())) {
            if (line.computed == null) {
                check.unreadable(line.number);
            } else {
                check.event(line.number, line.previous, line.hash, line.computed);
                if (line.isAltered) {
                    check.altered(line.number);
                }
            }
        }
    }

    private static List<Checked> finished(Future<List<Checked>> batch) throws IOException {
        try {
            return batch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the chain was checked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a line could not be checked", e);
        }
    }

    private Checked checked(Line line) {
        JsonLine event = json.line(line.bytes, 0, line.bytes.length);
        if (event == null) {
            return new Checked(line.number, null, null, null, false);
        }
        return new Checked(
                line.number,
                event.fields().get("prev_hash"),
                event.fields().get("hash"),
                LedgerChain.hash(ChainCheck.previous(event.fields()), event.fields()),
                event.repeatsKeys() || !LineForm.isAsWritten(line.bytes, 0, line.bytes.length));
    }

    // the array is private to the check and never handed out
    @SuppressWarnings("ArrayRecordComponent")
    private record Line(long number, byte[] bytes) {}

    private record Checked(
            long number,
            @Nullable Object previous,
            @Nullable Object hash,
            @Nullable String computed,
            boolean isAltered) {}
}
