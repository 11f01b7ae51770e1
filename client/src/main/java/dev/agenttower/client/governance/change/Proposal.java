package dev.agenttower.client.governance.change;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/** The content of a change. */
public sealed interface Proposal {
    /** The name in JSON, such as {@code patch}. */
    String changeType();

    /**
     * Replaces a text that occurs exactly once.
     *
     * @param oldString the text to replace
     * @param newString the new text
     */
    record Patch(String oldString, String newString) implements Proposal {
        /** Checks that both are given. */
        public Patch {
            requireNonNull(oldString, "oldString");
            requireNonNull(newString, "newString");
        }

        @Override
        public String changeType() {
            return "patch";
        }
    }

    /** Adds a text at the end, unchanged. */
    record Append(String content) implements Proposal {
        /** Checks that a text is given. */
        public Append {
            requireNonNull(content, "content");
        }

        @Override
        public String changeType() {
            return "append";
        }
    }

    /** Merges an object into the object of a JSON file; arrays are replaced as a whole. */
    record JsonMerge(JsonNode data) implements Proposal {
        /** Checks that the value is an object. */
        public JsonMerge {
            if (!data.isObject()) {
                throw new IllegalArgumentException("only an object can be merged");
            }
        }

        @Override
        public String changeType() {
            return "json_merge";
        }
    }

    /** Replaces the whole content. */
    record FullReplace(String content) implements Proposal {
        /** Checks that a text is given; it may be empty. */
        public FullReplace {
            requireNonNull(content, "content");
        }

        @Override
        public String changeType() {
            return "full_replace";
        }
    }
}
