package dev.agenttower.core.governance.change.application;

import dev.agenttower.core.governance.ledger.LedgerCursor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A note about a change, kept outside of its project.
 *
 * @param kind the kind of the note
 * @param id the id of a request or an intent, or the name of a record
 * @param sha256 the SHA-256 of that request, intent or record
 * @param unreported a position on the ledger before the event that reports it, while that event may be missing; else null
 */
public record ChangeNote(
        Kind kind, String id, String sha256, @Nullable LedgerCursor unreported) {
    /** The kind of a note. */
    public enum Kind {
        /** The queue was read for the first time; the decisions in it are trusted. */
        LOOKED,
        /** An authorized change is about to be applied. */
        INTENT,
        /** This daemon made a decision. */
        DECISION,
        /** Another program made a record of a change. */
        FOREIGN_RECORD,
        /** Another program made a decision. */
        FOREIGN_DECISION,
        /** The agent has not been told yet what became of its request; the hash is that of its client's session, empty where none is known. */
        UNTOLD;

        /** The name in stores. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The kind of this name.
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

    /** Whether the other note has the same kind and id, and so replaces this one. */
    public boolean isAbout(ChangeNote other) {
        return kind == other.kind && id.equals(other.id);
    }
}
