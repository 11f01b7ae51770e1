package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/** The daemon refused a governance request, which had no effect. */
public final class GovernanceRefusedException extends DaemonException {
    /** The kind of a refusal, for the caller's reaction. */
    public enum Kind {
        /** The request is malformed: 400, 413, 415, or any other status below 500 without its own kind. */
        INVALID("invalid"),
        /** The caller may not do this: 401, 403. */
        FORBIDDEN("forbidden"),
        /** The named thing does not exist: 404. */
        NOT_FOUND("not_found"),
        /** The state differs from the request's assumption: 409. Reload, then repeat. */
        CONFLICT("conflict"),
        /** Too many requests wait, or there were too many attempts: 429, 503. Retry later. */
        BUSY("busy"),
        /** The request was valid, but the daemon failed to execute it: other statuses from 500. */
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

    /** The kind of the refusal. */
    public Kind kind() {
        return kind;
    }

    /** The HTTP status, 300 to 599. */
    public int status() {
        return status;
    }

    /** The daemon's code, such as {@code passphrase_required}, or the name of the kind if there is none. */
    public String code() {
        String reason = details.path("reason").asText("");
        return reason.matches("[a-z][a-z0-9_]{0,63}") ? reason : kind.wire();
    }

    /** The daemon's answer; an empty object if the answer was not an object. */
    public JsonNode details() {
        return details;
    }
}
