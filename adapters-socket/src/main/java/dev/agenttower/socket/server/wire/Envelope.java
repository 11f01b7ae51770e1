package dev.agenttower.socket.server.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.failure.ErrorCode;
import java.util.Map;

/** The two forms of answers. */
public enum Envelope {
    /** The older methods: a code and a message. */
    LEGACY {
        @Override
        ObjectNode open(boolean ok) {
            return JsonNodeFactory.instance.objectNode().put("ok", ok);
        }

        @Override
        void addDetails(ObjectNode error, Map<String, Object> details) {}

        @Override
        public boolean speaks(ErrorCode code) {
            return code.isLegacy();
        }
    },
    /** The contract for control panels: also its version and details. */
    APP {
        @Override
        ObjectNode open(boolean ok) {
            return JsonNodeFactory.instance.objectNode().put("ok", ok).put("app_contract_version", Contract.VERSION);
        }

        @Override
        void addDetails(ObjectNode error, Map<String, Object> details) {
            ObjectNode object = error.putObject("details");
            details.forEach(object::putPOJO);
        }

        @Override
        public boolean speaks(ErrorCode code) {
            return code.isApp();
        }
    };

    /** A successful answer. */
    public ObjectNode success(ObjectNode result) {
        return open(true).set("result", result);
    }

    /**
     * An unsuccessful answer.
     *
     * @throws IllegalArgumentException if the code is outside the closed set of this envelope
     */
    public ObjectNode failure(Failure failure) {
        if (!speaks(failure.code())) {
            throw new IllegalArgumentException(failure.code() + " does not belong to " + this);
        }
        ObjectNode answer = open(false);
        ObjectNode error = answer.putObject("error");
        error.put("code", failure.code().wire());
        error.put("message", failure.message());
        addDetails(error, failure.details());
        return answer;
    }

    /** Whether the code is valid in this form. */
    public abstract boolean speaks(ErrorCode code);

    abstract ObjectNode open(boolean ok);

    abstract void addDetails(ObjectNode error, Map<String, Object> details);
}
