package dev.agenttower.workspace.ledger;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.EventIds;
import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.LedgerPage;
import dev.agenttower.core.governance.ledger.LedgerQuery;
import dev.agenttower.core.governance.ledger.SegmentOpening;
import dev.agenttower.core.governance.ledger.note.LedgerNotes;
import dev.agenttower.unix.file.LockedFile;
import dev.agenttower.unix.file.RegularFiles;
import dev.agenttower.workspace.file.JacksonJson;
import dev.agenttower.workspace.file.JsonLine;
import dev.agenttower.workspace.file.LineReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a file of JSON lines, which other processes may append to concurrently under flock(2) on the file itself.
 *
 * <p>Appends that arrive during a write are written together, with one flush to disk. At most 256 appends wait; further callers block until
 * there is room. A ledger of any size opens at once, because only its end is read.
 */
public final class FileLedger implements Ledger {
    private static final int MAX_WAITING = 256;

    private final Path file;
    private final InstantSource clock;
    private final JacksonJson json = new JacksonJson();
    private final @Nullable LedgerOrigins origins;
    private final LedgerAppender appender;
    private final GroupCommit<Work> commits = new GroupCommit<>(MAX_WAITING, this::commit);

    /** The ledger in a file, which need not exist. The origin of its events is unknown. */
    public FileLedger(Path file, InstantSource clock) {
        this(file, file.getRoot(), clock, null, "");
    }

    /**
     * The ledger in a file, which need not exist.
     *
     * @param base the directory below which missing directories of the file are created, such as the folder of a project, which must not
     *     come into being again after it was moved
     * @param notes stores the known end of the ledger, so that events of foreign writers are recognized; null for none
     * @param project the key of the notes
     */
    public FileLedger(Path file, Path base, InstantSource clock, @Nullable LedgerNotes notes, String project) {
        this.file = file;
        this.clock = clock;
        this.origins = notes == null ? null : new LedgerOrigins(notes, project, json);
        this.appender =
                new LedgerAppender(file, base, clock, new EventIds(new SecureRandom().nextLong()), json, origins);
    }

    @Override
    public List<LedgerEvent> append(List<EventDraft> drafts) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        Work append = new Work(drafts, null);
        commits.write(append);
        return append.events;
    }

    @Override
    public void scan(Predicate<? super LedgerEvent> visitor) {
        reading(channel -> {
            LineReader lines = new LineReader(channel, 0, channel.size());
            while (lines.advance()) {
                JsonLine line = json.line(lines.bytes(), lines.start(), lines.length());
                if (line != null && !visitor.test(line.event(isExternal(lines.offset())))) {
                    break;
                }
            }
            return Boolean.TRUE;
        });
    }

    @Override
    public LedgerPage page(LedgerQuery query) {
        LedgerPage page = reading(channel -> new LedgerPaging(channel, json, this::isExternal).page(query));
        return page != null ? page : LedgerPaging.ofNothing(query);
    }

    @Override
    public void settle() {
        if (origins != null) {
            commits.write(new Work(List.of(), null));
        }
    }

    private boolean isExternal(long offset) {
        return origins != null && origins.isExternal(offset);
    }

    @Override
    public long extent() {
        return file.toFile().length();
    }

    @Override
    public Integrity verify() {
        Integrity integrity = reading(channel -> LedgerVerification.of(channel, sizeUnderLock(channel), json));
        return integrity != null ? integrity : Integrity.missing();
    }

    @Override
    public LedgerEvent closeSegment(SegmentOpening opening) {
        Work closing = new Work(List.of(), opening);
        commits.write(closing);
        return closing.events.get(0);
    }

    private void commit(List<Work> batch) {
        try {
            List<Work> appends = new ArrayList<>();
            for (Work append : batch) {
                SegmentOpening opening = append.opening;
                if (opening == null) {
                    appends.add(append);
                } else {
                    append.events = List.of(close(opening));
                }
            }
            write(appends);
        } catch (IOException | StorageException e) {
            throw new LedgerException("cannot write the ledger '" + file + "': " + e.getMessage(), e);
        }
    }

    private void write(List<Work> appends) throws IOException {
        if (appends.isEmpty()) {
            return;
        }
        List<EventDraft> drafts = new ArrayList<>();
        appends.forEach(append -> drafts.addAll(append.drafts));
        if (drafts.isEmpty()) {
            appender.settle();
            return;
        }
        List<LedgerEvent> events = appender.append(drafts);
        int from = 0;
        for (Work append : appends) {
            append.events = List.copyOf(events.subList(from, from + append.drafts.size()));
            from += append.drafts.size();
        }
    }

    private LedgerEvent close(SegmentOpening opening) throws IOException {
        try (LockedFile ledger = LockedFile.awaitExisting(file);
                FileChannel channel = ledger.readAndWrite()) {
            Integrity integrity = LedgerVerification.of(channel, channel.size(), json);
            return appender.restart(
                    ledger, opening.after(LedgerSegments.close(file, channel, clock.instant(), integrity)));
        }
    }

    private long sizeUnderLock(FileChannel channel) throws IOException {
        LockedFile ledger = LockedFile.await(file);
        try {
            return channel.size();
        } finally {
            ledger.close();
        }
    }

    /** The reader's result, or null when there is no file. */
    private <T> @Nullable T reading(Reading<T> reading) {
        try (FileChannel channel = RegularFiles.open(file)) {
            return reading.from(channel);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new LedgerException("cannot read the ledger '" + file + "': " + e.getMessage(), e);
        }
    }

    private interface Reading<T> {
        T from(FileChannel channel) throws IOException;
    }

    /** Events to append, or a segment to close. */
    private static final class Work {
        private final List<EventDraft> drafts;
        private final @Nullable SegmentOpening opening;
        private List<LedgerEvent> events = List.of();

        Work(List<EventDraft> drafts, @Nullable SegmentOpening opening) {
            this.drafts = drafts;
            this.opening = opening;
        }
    }
}
