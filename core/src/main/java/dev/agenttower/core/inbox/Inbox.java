package dev.agenttower.core.inbox;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.failure.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a person, and what has changed of it since a position. Every change has a number; a cursor is the number of the last one that
 * a reader knows, and is good until the daemon ends. Thread-safe.
 */
public final class Inbox {
    /** For how long a reader may wait for news in one call. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** The changes on a page where a reader asks for no number. */
    public static final int USUAL_PAGE = 100;

    /** The most changes on a page. */
    public static final int MOST_ON_PAGE = 200;

    private static final int REMOVALS_KEPT = 1000;
    private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();
    private static final int EPOCH_BYTES = 6;

    private final List<InboxSource> sources;
    private final Executor executor;
    private final LongSupplier ticker;
    private final String epoch;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong looked;

    /** Each change under its number: an item, or the key of one that waits no more. */
    private final NavigableMap<Long, Object> changes = new TreeMap<>();

    /** The number of the last change of each key, removals included. */
    private final Map<String, Long> numbers = new HashMap<>();

    /** The keys of the items. */
    private final Set<String> present = new HashSet<>();

    private long last;
    /** The greatest number of a removal that is not kept any more. */
    private long forgotten;

    private long applied;

    /**
     * The inbox of some sources; nothing is read yet.
     *
     * @param ticker real time, in nanoseconds from any origin
     * @param random makes the cursors of this inbox differ from those of another one
     * @param executor reads the sources in the background, four times a second while somebody waits
     */
    public Inbox(List<InboxSource> sources, LongSupplier ticker, RandomGenerator random, Executor executor) {
        this.sources = List.copyOf(sources);
        this.ticker = requireNonNull(ticker, "ticker");
        this.executor = requireNonNull(executor, "executor");
        this.looked = new AtomicLong(ticker.getAsLong() - LOOK_NANOS);
        byte[] bytes = new byte[EPOCH_BYTES];
        random.nextBytes(bytes);
        this.epoch = HexFormat.of().formatHex(bytes);
    }

    /** An inbox in which nothing ever waits. */
    public static Inbox none() {
        return new Inbox(List.of(), () -> 0, new Random(0), Runnable::run);
    }

    /**
     * Reads the sources, and tells what has changed since a cursor.
     *
     * @param cursor from an earlier page; null, one of another run of the daemon, one from too long ago, and any other text begin a new listing
     * @param limit the most changes on the page, 1 to {@value #MOST_ON_PAGE}
     * @throws StorageException if a source cannot be read
     */
    public InboxPage page(@Nullable String cursor, int limit) {
        long since = number(cursor);
        look();
        synchronized (this) {
            boolean isReset = since == 0 || since < forgotten || since > last;
            NavigableMap<Long, Object> news = changes.tailMap(isReset ? 0 : since, false);
            List<InboxItem> items = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            long position = last;
            int count = 0;
            for (Map.Entry<Long, Object> change : news.entrySet()) {
                if (count == limit) {
                    break;
                }
                if (change.getValue() instanceof InboxItem item) {
                    items.add(item);
                } else if (!isReset) {
                    removed.add((String) change.getValue());
                } else {
                    continue;
                }
                position = change.getKey();
                count++;
            }
            boolean hasMore = count == limit && position < last;
            return new InboxPage(
                    epoch + "-" + (hasMore ? position : last), isReset, items, removed, hasMore, present.size());
        }
    }

    /** Whether {@link #page} may tell something new. Never waits; reads the sources in the background. */
    public boolean hasNews(String cursor) {
        long now = ticker.getAsLong();
        long before = looked.get();
        if (now - before >= LOOK_NANOS && looked.compareAndSet(before, now)) {
            try {
                executor.execute(this::lookQuietly);
            } catch (RejectedExecutionException stopped) {
                // the daemon ends
            }
        }
        long since = number(cursor);
        synchronized (this) {
            return last != since;
        }
    }

    private void lookQuietly() {
        try {
            look();
        } catch (StorageException e) {
            // the next page reports it
        }
    }

    private void look() {
        long turn = turns.incrementAndGet();
        List<InboxItem> items = new ArrayList<>();
        sources.forEach(source -> items.addAll(source.waiting()));
        looked.set(ticker.getAsLong());
        synchronized (this) {
            // One that was begun earlier and ended later knows less.
            if (turn > applied) {
                applied = turn;
                apply(items);
            }
        }
    }

    private void apply(List<InboxItem> items) {
        Set<String> gone = new HashSet<>(present);
        for (InboxItem item : items) {
            String key = item.key();
            gone.remove(key);
            Long number = numbers.get(key);
            if (number == null || !item.equals(changes.get(number))) {
                put(key, item);
            }
            present.add(key);
        }
        for (String key : gone) {
            put(key, key);
            present.remove(key);
        }
        forget();
    }

    private void put(String key, Object change) {
        Long before = numbers.put(key, ++last);
        if (before != null) {
            changes.remove(before);
        }
        changes.put(last, change);
    }

    private void forget() {
        Iterator<Map.Entry<Long, Object>> oldest = changes.entrySet().iterator();
        while (changes.size() - present.size() > REMOVALS_KEPT) {
            Map.Entry<Long, Object> change = oldest.next();
            if (change.getValue() instanceof String key) {
                forgotten = change.getKey();
                numbers.remove(key);
                oldest.remove();
            }
        }
    }

    private long number(@Nullable String cursor) {
        String prefix = epoch + "-";
        if (cursor == null || !cursor.startsWith(prefix)) {
            return 0;
        }
        String digits = cursor.substring(prefix.length());
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    }
}
