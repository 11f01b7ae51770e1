package dev.agenttower.core.governance.change.application;

import dev.agenttower.core.governance.ledger.LedgerCursor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered about a change outside of its project.
 *
 * @param kind what it says
 * @param id what of: the id of a request or an intent, or the name of a record
 * @param sha256 the SHA-256 of what it speaks of
 * @param unreported a place on the ledger before the event that tells of it, where that may be missing; else null
 */
public record ChangeNote(
        Kind kind, String id, String sha256, @Nullable LedgerCursor unreported) {
    /** What a note says. */
    public enum Kind {
        /** The project was looked at; what was decided in it before is taken for true. */
        LOOKED,
        /** An authorized change is about to be applied. */
        INTENT,
        /** A decision was made here. */
        DECISION,
        /** A record of a change was not made here. */
        FOREIGN_RECORD,
        /** A decision was not made here. */
        FOREIGN_DECISION;

        /** The name in stores. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The one of this name.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Kind parse(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    public static ChangeNote of(Kind kind, String id, String sha256) {
        return new ChangeNote(kind, id, sha256, null);
    }

    /** Whether another note would take the place of this one. */
    public boolean isAbout(ChangeNote other) {
        return kind == other.kind && id.equals(other.id);
    }
}
