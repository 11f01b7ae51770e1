package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/** The daemon answered a governance request with a refusal. What was asked for was not done. */
public final class GovernanceRefusedException extends DaemonException {
    /** What a caller can make of a refusal. */
    public enum Kind {
        /** The request is malformed: 400, 413, 415, or any other status below 500 that has no kind of its own. */
        INVALID("invalid"),
        /** The caller may not do this: 401, 403. */
        FORBIDDEN("forbidden"),
        /** What is named does not exist: 404. */
        NOT_FOUND("not_found"),
        /** Something is not as the request expects it to be: 409. Look again, then repeat. */
        CONFLICT("conflict"),
        /** Too much is waiting, or there were too many attempts: 429, 503. Later it may work. */
        BUSY("busy"),
        /** The request was right, but the daemon could not carry it out: other statuses from 500. */
        FAILED("failed");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        /** The name in reports, such as {@code not_found}. */
        public String wire() {
            return wire;
        }

        static Kind ofStatus(int status) {
            return switch (status) {
                case 401, 403 -> FORBIDDEN;
                case 404 -> NOT_FOUND;
                case 409 -> CONFLICT;
                case 429, 503 -> BUSY;
                default -> status >= 500 ? FAILED : INVALID;
            };
        }
    }

    private final int status;
    private final Kind kind;
    private final transient JsonNode details;

    GovernanceRefusedException(int status, JsonNode body) {
        super(sentence(status, body), null);
        this.status = status;
        kind = Kind.ofStatus(status);
        details = requireNonNull(body, "body");
    }

    private static String sentence(int status, JsonNode body) {
        String error = body.path("error").asText("");
        String message = body.path("message").asText("");
        if (error.isEmpty() && message.isEmpty()) {
            return "the daemon answers with status " + status;
        }
        return error.isEmpty() || message.isEmpty() ? error + message : error + ": " + message;
    }

    /** What a caller can make of it. */
    public Kind kind() {
        return kind;
    }

    /** The status of HTTP, 300 to 599. */
    public int status() {
        return status;
    }

    /** The daemon's own code, such as {@code passphrase_required}, or the name of the kind where there is none. */
    public String code() {
        String reason = details.path("reason").asText("");
        return reason.matches("[a-z][a-z0-9_]{0,63}") ? reason : kind.wire();
    }

    /** All that the daemon said; an empty object if that was no object. */
    public JsonNode details() {
        return details;
    }
}
