package dev.agenttower.cli.doctor;

import dev.agenttower.core.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check.
 *
 * @param check the name of the check
 * @param details the finding, one line
 * @param source the source of the fact, or null
 * @param subCode a token for the finding, or null if there is no problem
 * @param advice the recommended action, one line, or null
 * @param candidates the ids to choose from; empty if there is no choice
 * @param noContainers whether the daemon lists no container
 */
record Finding(
        String check,
        Status status,
        String details,
        @Nullable String source,
        @Nullable String subCode,
        @Nullable String advice,
        List<String> candidates,
        boolean noContainers) {
    enum Status {
        PASS("pass"),
        WARN("warn"),
        FAIL("fail"),
        INFO("info");

        private final String token;

        Status(String token) {
            this.token = token;
        }

        String token() {
            return token;
        }
    }

    Finding {
        details = Text.abbreviated(details, Text.MESSAGE_LIMIT);
        advice = advice == null ? null : Text.abbreviated(advice, Text.MESSAGE_LIMIT);
        candidates = List.copyOf(candidates);
    }

    static Finding pass(String check, String source, String details) {
        return new Finding(check, Status.PASS, details, source, null, null, List.of(), false);
    }

    static Finding pass(String check, String source, String subCode, String details) {
        return new Finding(check, Status.PASS, details, source, subCode, null, List.of(), false);
    }

    static Finding warn(String check, String source, String subCode, String details, String advice) {
        return new Finding(check, Status.WARN, details, source, subCode, advice, List.of(), false);
    }

    static Finding fail(String check, @Nullable String source, String subCode, String details, String advice) {
        return new Finding(check, Status.FAIL, details, source, subCode, advice, List.of(), false);
    }

    static Finding info(String check, String subCode, String details, @Nullable String advice) {
        return new Finding(check, Status.INFO, details, null, subCode, advice, List.of(), false);
    }

    /** A check that needs the daemon and was skipped. */
    static Finding skipped(String check, String advice) {
        return info(check, "daemon_unavailable", "daemon_unavailable", advice);
    }

    Finding withCandidates(List<String> ids) {
        return new Finding(check, status, details, source, subCode, advice, ids, noContainers);
    }

    Finding withNoContainers(boolean isEmpty) {
        return new Finding(check, status, details, source, subCode, advice, candidates, isEmpty);
    }

    boolean isFailure() {
        return status == Status.FAIL;
    }
}
