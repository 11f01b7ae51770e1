package dev.agenttower.http.api;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.human.Claimant;
import dev.agenttower.core.governance.human.HumanGate;
import dev.agenttower.core.governance.human.NotHuman;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Handler;
import dev.agenttower.http.wire.PercentCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Restricts routes to humans. Thread-safe. */
public final class HumansOnly {
    private static final String AGENT = "X-Agent";
    private static final String PASSPHRASE = "X-Operator-Passphrase";
    private static final String UNUSABLE = "no passphrase can be the right one: ";
    private static final int RETRY_SECONDS = 60;

    private final HumanGate gate;

    /** Uses the given gate. */
    public HumansOnly(HumanGate gate) {
        this.gate = gate;
    }

    /** A handler for humans only: for other callers nothing is read and no project is opened. */
    Handler before(String sentence, Handler handler) {
        return call -> {
            require(call, sentence);
            return handler.handle(call);
        };
    }

    /**
     * Requires a human.
     *
     * @param sentence the message for other callers
     * @throws RefusedException FORBIDDEN, or FULL after too many wrong passphrases
     */
    void require(Call call, String sentence) {
        Claimant claimant = claimant(call);
        Optional<NotHuman> refusal = gate.refusal(claimant);
        if (refusal.isEmpty()) {
            return;
        }
        NotHuman why = refusal.get();
        if (why == NotHuman.AGENT_HEADER) {
            throw new RefusedException(ErrorCode.FORBIDDEN, sentence);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("reason", why.wire());
        Optional<String> problem = why == NotHuman.PASSPHRASE_REQUIRED ? gate.passphraseProblem() : Optional.empty();
        details.put("message", problem.map(what -> UNUSABLE + what).orElseGet(() -> sentence(why, claimant)));
        problem.ifPresent(what -> details.put("problem", what));
        if (why == NotHuman.TOO_MANY_ATTEMPTS) {
            details.put("retry_after_seconds", RETRY_SECONDS);
            throw new RefusedException(ErrorCode.FULL, sentence, details);
        }
        throw new RefusedException(ErrorCode.FORBIDDEN, sentence, details);
    }

    /** Why a caller is not human, for a person. */
    String sentence(NotHuman why, Call call) {
        return sentence(why, claimant(call));
    }

    private String sentence(NotHuman why, Claimant claimant) {
        return why == NotHuman.AGENT_PROCESS
                ? why.sentence()
                        + gate.agentSign(claimant).map(sign -> "; " + sign).orElse("")
                : why.sentence();
    }

    /** Why a caller is not human, regardless of the passphrase. */
    Optional<NotHuman> refusalByOrigin(Call call) {
        return gate.refusalByOrigin(claimant(call));
    }

    /** Why a process is not human, regardless of the passphrase, if it called now. */
    Optional<NotHuman> refusalByOrigin(long pid) {
        return gate.refusalByOrigin(pid);
    }

    /** Whether a passphrase is required. */
    boolean asksForPassphrase() {
        return gate.asksForPassphrase();
    }

    private static Claimant claimant(Call call) {
        String passphrase = call.header(PASSPHRASE);
        return new Claimant(
                call.caller().peer(),
                call.caller().lineage(),
                call.header(AGENT),
                passphrase == null ? null : PercentCode.decoded(passphrase).orElse(passphrase));
    }
}
