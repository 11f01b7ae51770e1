package dev.agenttower.benchmarks;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.EventIds;
import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.json.JsonForm;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes a ledger of any number of events with a valid chain, reproducible for each number. As a program: {@code LedgerOfEvents FILE
 * COUNT}.
 *
 * <p>Most events are decisions of 40 agents in 50 roles. Every 50,000th is of the type {@link #RARE}.
 */
public final class LedgerOfEvents {
    /** The type of the rare events. */
    static final String RARE = "deploy_reviewed";

    private static final int RARE_EACH = 50_000;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.123456Z");
    private static final long APART_MILLIS = 1_900;

    private LedgerOfEvents() {}

    /** Writes a ledger. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    }

    static void write(Path file, long count) throws IOException {
        EventIds ids = new EventIds(1);
        String previous = LedgerChain.GENESIS;
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (long i = 0; i < count; i++) {
                LedgerEvent event = LedgerChain.bind(draft(i), previous, FIRST.plusMillis(i * APART_MILLIS), ids);
                out.write(JsonForm.line(event.fields()));
                out.write('\n');
                previous = event.hash();
            }
        }
    }

    /** The event with a number, without its link to the chain. */
    static EventDraft draft(long number) {
        String role = String.format("Role_%02d", number % 50);
        boolean isDenial = number % 3 == 0;
        String type = number % RARE_EACH == RARE_EACH / 2 ? RARE : isDenial ? "denied_edit" : "dry_run_validated_edit";
        String path = "area" + number % 50 + "/" + number % 500 + "/module/main.py";
        EventDraft draft = EventDraft.of(
                        type,
                        "AGENT-" + number % 40,
                        role,
                        type,
                        3,
                        isDenial
                                ? "DENIED: Path " + path + " is outside the jurisdiction of role " + role
                                        + ". Rationale provided: the module lacks what is asked for"
                                : "Dry-run validated edit on " + path
                                        + ". Rationale: the module lacks what is asked for")
                .withSpec(String.format("SPEC-%03d", number % 500))
                .with("session_id", "ses_" + number / 200);
        return isDenial ? draft.denied() : draft;
    }
}
