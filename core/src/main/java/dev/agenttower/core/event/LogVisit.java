package dev.agenttower.core.event;

import dev.agenttower.core.event.ReaderClock.Moment;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.UnreadableLogException;
import dev.agenttower.core.settings.EventSettings;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one log attachment, visit by visit, with what is remembered between two visits. Everything that is lost with the process is
 * either stored with the offset or found again. Used by one thread.
 */
final class LogVisit {
    /** The bytes before the offset that are compared, and read again with what follows them. */
    static final int CONTEXT = 256;

    /** What of the output that was told before is told again with what follows it, as a sequence may have been cut. */
    static final int OVERLAP = 64;

    private static final Set<String> UNFINISHED = unfinished();

    private final EventClassifier classifier;
    private final LogReads files;
    private final IntFunction<ByteBuffer> buffers;
    private final Supplier<String> windowIds;
    private final int chunk;
    private final long windowNanos;
    private final Duration exitGrace;
    private final Duration silenceGrace;
    private final FileCheck check;

    private @Nullable ActivityWindow window;
    private long windowOpened;
    private boolean isKnown;
    private ByteBuffer read = ByteBuffer.allocate(0);
    private byte[] context = new byte[0];
    private long contextEnd = -1;
    private byte[] nextContext = new byte[0];
    private long fruitlessOffset = -1;
    private long fruitlessSize = -1;
    private @Nullable Long lastOutput;
    private long printedTo = -1;
    private @Nullable ByteBuffer printed;

    /**
     * A visit of a log that nothing is known of.
     *
     * @param buffers gives an empty buffer on the heap with a limit; it may be the same one every time
     */
    LogVisit(
            EventClassifier classifier,
            LogReads files,
            EventSettings settings,
            IntFunction<ByteBuffer> buffers,
            Supplier<String> windowIds) {
        this.classifier = classifier;
        this.files = files;
        this.buffers = buffers;
        this.windowIds = windowIds;
        this.chunk = settings.perCycleByteCapBytes();
        this.windowNanos = nanos(settings.debounceActivityWindowSeconds());
        this.exitGrace = Duration.ofNanos(nanos(settings.paneExitedGraceSeconds()));
        this.silenceGrace = Duration.ofNanos(nanos(settings.longRunningGraceSeconds()));
        this.check = new FileCheck(2 * nanos(settings.readerCycleWallclockCapSeconds()));
    }

    private static Set<String> unfinished() {
        return Set.copyOf(Arrays.stream(EventType.values())
                .filter(EventType::isUnfinished)
                .map(EventType::wire)
                .toList());
    }

    static long nanos(double seconds) {
        return (long) Math.min(seconds * 1e9, Long.MAX_VALUE / 4.0);
    }

    FileCheck check() {
        return check;
    }

    /** Takes over the stored window of an earlier run, which has lasted long enough by now. */
    void meet(AttachedLog log, Moment now) {
        if (!isKnown) {
            isKnown = true;
            window = log.window();
            windowOpened = now.nanos() - windowNanos;
        }
    }

    boolean hasWindow() {
        return window != null;
    }

    boolean isWindowDue(Moment now) {
        return window != null && now.nanos() - windowOpened >= windowNanos;
    }

    /**
     * What closes the open window.
     *
     * @param offset where the log is read on; null if it is not
     */
    LogCommit closing(AttachedLog log, @Nullable ReadOffset offset, Moment now) {
        ActivityWindow open = window;
        if (open == null) {
            throw new IllegalStateException("no window is open");
        }
        ReadOffset to = offset == null
                ? null
                : new ReadOffset(
                        offset.bytes(),
                        offset.lines(),
                        Math.max(offset.lastEvent(), open.bytes().end()),
                        offset.lastOutputAt(),
                        offset.inode(),
                        offset.sizeSeen(),
                        now.text());
        return new LogCommit(log, List.of(open.close(log, now.text())), offset, to, open, null);
    }

    /** Notes that {@link #closing} is stored. */
    void closed() {
        window = null;
    }

    /** The event that tells of the end of the pane or of a silence, if one is due. */
    Optional<Event> dueEvent(AttachedLog log, Moment now) {
        ReadOffset offset = log.offset();
        if (offset == null) {
            return Optional.empty();
        }
        AttachedLog.LastEvent last = log.lastEvent();
        boolean isExitTold = last != null
                && last.type().equals(EventType.PANE_EXITED.wire())
                && !(log.isActive() && log.statusSince().compareTo(last.observedAt()) > 0);
        if (log.isPaneGone() && !isExitTold && isQuiet(offset, exitGrace, now)) {
            return Optional.of(told(log, offset, EventType.PANE_EXITED, now));
        }
        boolean isUnfinished = last != null && UNFINISHED.contains(last.type());
        return log.isActive() && window == null && isUnfinished && isQuiet(offset, silenceGrace, now)
                ? Optional.of(told(log, offset, EventType.LONG_RUNNING, now))
                : Optional.empty();
    }

    private static Event told(AttachedLog log, ReadOffset offset, EventType type, Moment now) {
        Classification found = new Classification(type, type.wire() + ".synth.v1", "");
        Span bytes = new Span(offset.bytes(), offset.bytes());
        Span lines = new Span(offset.lines(), offset.lines());
        return Event.of(log, found, bytes, lines, now.text(), Event.Debounced.NONE);
    }

    /** Whether there was no output for so long; output that this process read is timed by its ticker, which no change of the clock affects. */
    private boolean isQuiet(ReadOffset offset, Duration grace, Moment now) {
        Long read = lastOutput;
        if (read != null) {
            return now.nanos() - read >= grace.toNanos();
        }
        String since = offset.lastOutputAt() == null ? offset.updatedAt() : offset.lastOutputAt();
        try {
            Duration quiet = Duration.between(OffsetDateTime.parse(since).toInstant(), now.instant());
            return quiet.compareTo(grace) >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * Reads chunks of an unchanged file.
     *
     * @param chunks the most that are read; a record that is longer than a chunk is read by itself
     * @return what is to be stored; empty if there is nothing
     */
    Optional<LogCommit> read(AttachedLog log, ReadOffset offset, LogFile file, int chunks, Moment now)
            throws UnreadableLogException {
        printed = null;
        return readChunks(log, offset, file, chunks, now);
    }

    private Optional<LogCommit> readChunks(AttachedLog log, ReadOffset offset, LogFile file, int chunks, Moment now)
            throws UnreadableLogException {
        if (file.size() <= offset.bytes() || (offset.bytes() == fruitlessOffset && file.size() == fruitlessSize)) {
            return Optional.empty();
        }
        int before = (int) Math.min(CONTEXT, offset.bytes());
        long most = Math.min((long) chunk * chunks, file.size() - offset.bytes());
        read = buffers.apply((int) Math.min(before + most, Integer.MAX_VALUE));
        boolean isThere = files.read(log.path(), file, offset.bytes() - before, read);
        read.flip();
        if (!isThere || read.limit() <= before) {
            return Optional.empty();
        }
        if (isRewritten(offset, before)) {
            check.rewritten(offset, now.nanos());
            return Optional.empty();
        }
        notePrinted(offset, before);
        LogRecords records = new LogRecords(read.array(), before, read.limit());
        if (records.next() && records.length() <= chunk) {
            return Optional.of(ofRecords(log, offset, file, before, records, now));
        }
        if (read.limit() > before + chunk) {
            return readChunks(log, offset, file, 1, now);
        }
        if (read.limit() < before + chunk) {
            fruitlessOffset = offset.bytes();
            fruitlessSize = file.size();
            return Optional.empty();
        }
        return Optional.of(ofChunk(log, offset, file, before, now));
    }

    /** An unfinished record is read again with each of its parts. */
    private void notePrinted(ReadOffset offset, int before) {
        long begin = offset.bytes() - before;
        int from = (int) (Math.max(printedTo, offset.bytes()) - begin);
        if (from < read.limit()) {
            int overlap = Math.min(OVERLAP, from);
            printed = read.duplicate().position(from - overlap).slice().position(overlap);
            printedTo = begin + read.limit();
        }
    }

    /**
     * What the last {@link #read} read for the first time, from the position on, after at most {@link #OVERLAP} bytes before it; null if that is
     * nothing. Valid until the next read of any log.
     */
    @Nullable ByteBuffer printed() {
        return printed;
    }

    /** Whether the bytes before the offset are not those that were read; they are unknown after a start. */
    private boolean isRewritten(ReadOffset offset, int before) {
        return contextEnd == offset.bytes()
                && !Arrays.equals(context, 0, context.length, read.array(), before - context.length, before);
    }

    /** Takes the records from the current one on, until one is longer than a chunk. */
    private LogCommit ofRecords(
            AttachedLog log, ReadOffset offset, LogFile file, int before, LogRecords records, Moment now) {
        List<Event> events = new ArrayList<>();
        ActivityWindow open = window;
        long opened = windowOpened;
        long number = offset.lines();
        int end;
        do {
            end = records.end();
            Classification found =
                    records.start() == before ? judge(before, records.text()) : classifier.classify(records.text());
            Span bytes = new Span(offset.bytes() + records.start() - before, offset.bytes() + end - before);
            Span place = new Span(number, ++number);
            if (found.type() != EventType.ACTIVITY) {
                events.add(Event.of(log, found, bytes, place, now.text(), Event.Debounced.NONE));
                continue;
            }
            if (open != null && now.nanos() - opened >= windowNanos) {
                events.add(open.close(log, now.text()));
                open = null;
            }
            opened = open == null ? now.nanos() : opened;
            String id = open == null ? windowIds.get() : open.id();
            open = ActivityWindow.with(open, id, found, bytes, place, now.text());
        } while (records.next() && records.length() <= chunk);
        nextContext = contextBefore(end);
        return commit(log, offset, file, offset.bytes() + end - before, number, events, open, now);
    }

    /** A chunk without the end of a record becomes one event at once. */
    private LogCommit ofChunk(AttachedLog log, ReadOffset offset, LogFile file, int before, Moment now) {
        Classification found = judge(before, LogRecords.text(read.array(), before, read.limit()));
        Span bytes = new Span(offset.bytes(), offset.bytes() + chunk);
        Span place = new Span(offset.lines(), offset.lines());
        List<Event> events = List.of(Event.of(log, found, bytes, place, now.text(), Event.Debounced.NONE));
        nextContext = contextBefore(read.limit());
        return commit(log, offset, file, offset.bytes() + chunk, offset.lines(), events, window, now);
    }

    private byte[] contextBefore(int end) {
        return Arrays.copyOfRange(read.array(), Math.max(0, end - CONTEXT), end);
    }

    /** Judges the first text of what was read, which may be the rest of a record. */
    private Classification judge(int before, String text) {
        int begin = before;
        while (begin > 0 && read.get(begin - 1) != '\n') {
            begin--;
        }
        return begin == before
                ? classifier.classify(text)
                : classifier.classifyRest(LogRecords.text(read.array(), begin, before), text);
    }

    private LogCommit commit(
            AttachedLog log,
            ReadOffset offset,
            LogFile file,
            long bytes,
            long lines,
            List<Event> events,
            @Nullable ActivityWindow open,
            Moment now) {
        long lastEvent = offset.lastEvent();
        for (Event event : events) {
            Span of = event.bytes();
            lastEvent = of == null ? lastEvent : Math.max(lastEvent, of.end());
        }
        long size = Math.max(file.size(), bytes);
        ReadOffset to = new ReadOffset(bytes, lines, lastEvent, now.text(), file.inode(), size, now.text());
        return new LogCommit(log, events, offset, to, window, open);
    }

    /** Notes that what {@link #read} found is stored. */
    void stored(LogCommit visit, Moment now) {
        ActivityWindow after = visit.windowAfter();
        ActivityWindow before = window;
        if (after != null && (before == null || !before.id().equals(after.id()))) {
            windowOpened = now.nanos();
        }
        window = after;
        lastOutput = now.nanos();
        ReadOffset to = visit.to();
        context = nextContext;
        contextEnd = to == null ? -1 : to.bytes();
    }

    /** Notes that the log begins anew. */
    void restarted(LogFile file) {
        check.restarted(file);
        contextEnd = -1;
        fruitlessOffset = -1;
        printedTo = -1;
        lastOutput = null;
    }
}
