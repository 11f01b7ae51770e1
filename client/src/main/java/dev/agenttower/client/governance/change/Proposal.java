package dev.agenttower.client.governance.change;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/** What a change would do to its file. */
public sealed interface Proposal {
    /** The name on the wire, such as {@code patch}. */
    String changeType();

    /**
     * Replaces a text that occurs exactly once.
     *
     * @param oldString what is there
     * @param newString what is to be there
     */
    record Patch(String oldString, String newString) implements Proposal {
        /** Checks that both are there. */
        public Patch {
            requireNonNull(oldString, "oldString");
            requireNonNull(newString, "newString");
        }

        @Override
        public String changeType() {
            return "patch";
        }
    }

    /** Adds a text at the end, as it is. */
    record Append(String content) implements Proposal {
        /** Checks that there is a text. */
        public Append {
            requireNonNull(content, "content");
        }

        @Override
        public String changeType() {
            return "append";
        }
    }

    /** Merges an object into the object that a JSON file holds; arrays are replaced as a whole. */
    record JsonMerge(JsonNode data) implements Proposal {
        /** Checks that it is an object. */
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

    /** Puts a text in place of all there is. */
    record FullReplace(String content) implements Proposal {
        /** Checks that there is a text; it may be empty. */
        public FullReplace {
            requireNonNull(content, "content");
        }

        @Override
        public String changeType() {
            return "full_replace";
        }
    }
}
