package dev.agenttower.core.governance.human;

import java.util.Locale;

/** The reasons not to admit a caller as human, in the order of the checks. */
public enum NotHuman {
    /** The request names an agent as its sender. */
    AGENT_HEADER("the request says that an agent sends it"),
    /** The caller's user id differs from the daemon's, or is unknown. */
    OTHER_USER("the caller is another user than the one the daemon runs as"),
    /** The caller runs in a container, or its location cannot be determined. */
    NOT_ON_HOST("the caller does not run on the host itself"),
    /** The caller's process or an ancestor has ended or cannot be read. */
    UNKNOWN_PROCESS("which process calls, and from where, cannot be told"),
    /** The caller is an agent, or was started by one. */
    AGENT_PROCESS("the caller was started by an agent"),
    /** The origin of the caller is unknown and may be an agent; where a passphrase is set, it decides instead. */
    DETACHED_PROCESS("what started the caller cannot be told, so it may have been an agent; call from a terminal"),
    /** A passphrase is set and the request has none. */
    PASSPHRASE_REQUIRED("the operator's passphrase is needed"),
    /** Too many wrong passphrases were sent; for a while even the correct one is refused. */
    TOO_MANY_ATTEMPTS("too many wrong passphrases; wait a minute"),
    /** The passphrase is wrong. */
    PASSPHRASE_WRONG("the passphrase is wrong");

    private final String sentence;

    NotHuman(String sentence) {
        this.sentence = sentence;
    }

    /** The name for programs, such as {@code agent_process}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A sentence for the user. */
    public String sentence() {
        return sentence;
    }
}
