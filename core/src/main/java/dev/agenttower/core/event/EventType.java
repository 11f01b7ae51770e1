package dev.agenttower.core.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types of events of a log. The table of events also holds records of the queue, which have other types. */
public enum EventType {
    /** Output that means nothing else. */
    ACTIVITY(true, true),
    /** The agent waits for an answer. */
    WAITING_FOR_INPUT(true, false),
    /** A task ended well. */
    COMPLETED(true, false),
    /** Something failed. */
    ERROR(true, true),
    /** A test failed. */
    TEST_FAILED(true, true),
    /** Tests passed. */
    TEST_PASSED(true, false),
    /** A human is asked to look. */
    MANUAL_REVIEW_NEEDED(true, true),
    /** There was output, and none for a while. */
    LONG_RUNNING(false, false),
    /** The pane of the log is gone. */
    PANE_EXITED(false, false),
    /** A member of a swarm introduced itself. */
    SWARM_MEMBER_REPORTED(true, true);

    /** The names of all types, in alphabetical order. */
    public static final List<String> NAMES =
            Arrays.stream(values()).map(EventType::wire).sorted().toList();

    private final boolean isOfText;
    private final boolean isUnfinished;
    private final String wire = name().toLowerCase(Locale.ROOT);

    EventType(boolean isOfText, boolean isUnfinished) {
        this.isOfText = isOfText;
        this.isUnfinished = isUnfinished;
    }

    /** The type of this name. */
    public static Optional<EventType> parse(String name) {
        return Arrays.stream(values()).filter(type -> type.wire.equals(name)).findFirst();
    }

    /** The name in tables and protocols. */
    public String wire() {
        return wire;
    }

    /** Whether a rule may find it in text. */
    public boolean isOfText() {
        return isOfText;
    }

    /** Whether silence after it means that work goes on. */
    boolean isUnfinished() {
        return isUnfinished;
    }
}
