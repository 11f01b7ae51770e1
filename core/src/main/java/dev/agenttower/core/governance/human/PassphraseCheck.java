package dev.agenttower.core.governance.human;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Compares passphrases, one at a time, and refuses all after five wrong ones within a minute. Thread-safe. */
final class PassphraseCheck {
    private static final int MOST_WRONG = 5;
    private static final long SPAN_NANOS = 60_000_000_000L;

    private final OperatorPassphrase passphrase;
    private final LongSupplier ticker;
    private final Deque<Long> wrong = new ArrayDeque<>();

    PassphraseCheck(OperatorPassphrase passphrase, LongSupplier ticker) {
        this.passphrase = passphrase;
        this.ticker = ticker;
    }

    /** Whether a passphrase is set. An unreadable hash counts as set. */
    boolean isAsked() {
        try {
            return passphrase.stored().isPresent();
        } catch (BrokenPassphraseException e) {
            return true;
        }
    }

    /** The problem of the stored hash; null when there is none. */
    @Nullable String problem() {
        try {
            Optional<PassphraseHash> unused = passphrase.stored();
            return null;
        } catch (BrokenPassphraseException e) {
            return e.getMessage();
        }
    }

    synchronized Optional<NotHuman> refusal(@Nullable String given) {
        Optional<PassphraseHash> stored;
        try {
            stored = passphrase.stored();
        } catch (BrokenPassphraseException e) {
            return Optional.of(NotHuman.PASSPHRASE_REQUIRED);
        }
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        if (given == null || given.isEmpty()) {
            return Optional.of(NotHuman.PASSPHRASE_REQUIRED);
        }
        long now = ticker.getAsLong();
        while (!wrong.isEmpty() && now - wrong.getFirst() >= SPAN_NANOS) {
            wrong.removeFirst();
        }
        if (wrong.size() >= MOST_WRONG) {
            return Optional.of(NotHuman.TOO_MANY_ATTEMPTS);
        }
        if (stored.get().matches(given.toCharArray())) {
            wrong.clear();
            return Optional.empty();
        }
        wrong.addLast(now);
        return Optional.of(NotHuman.PASSPHRASE_WRONG);
    }
}
