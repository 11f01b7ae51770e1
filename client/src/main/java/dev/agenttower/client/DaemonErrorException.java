package dev.agenttower.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/** The daemon answered with an error envelope. */
public final class DaemonErrorException extends DaemonException {
    private final String code;
    private final transient JsonNode details;

    DaemonErrorException(String code, String message, JsonNode details) {
        super(message, null);
        this.code = requireNonNull(code, "code");
        this.details = requireNonNull(details, "details");
    }

    /** The error code, such as {@code agent_not_found}; possibly one unknown to this version. */
    public String code() {
        return code;
    }

    /** The details of a control panel method; an empty object for the older methods. */
    public JsonNode details() {
        return details;
    }
}
