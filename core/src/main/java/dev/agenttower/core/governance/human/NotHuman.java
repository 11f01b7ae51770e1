package dev.agenttower.core.governance.human;

import java.util.Locale;

/** Why a caller is not taken for a human, in the order in which it is looked at. */
public enum NotHuman {
    /** The request names an agent as its sender. */
    AGENT_HEADER("the request says that an agent sends it"),
    /** The caller has another user id than the daemon, or none that is known. */
    OTHER_USER("the caller is another user than the one the daemon runs as"),
    /** The caller runs in a container, or that it does not cannot be told. */
    NOT_ON_HOST("the caller does not run on the host itself"),
    /** The caller's process or one above it is gone or cannot be looked at. */
    UNKNOWN_PROCESS("which process calls, and from where, cannot be told"),
    /** The caller is an agent, or was started by one. */
    AGENT_PROCESS("the caller was started by an agent"),
    /** What started the caller cannot be told any more, and it may have been an agent; a passphrase settles it where one is set. */
    DETACHED_PROCESS("what started the caller cannot be told, so it may have been an agent; call from a terminal"),
    /** A passphrase is set and the request has none. */
    PASSPHRASE_REQUIRED("the operator's passphrase is needed"),
    /** Wrong passphrases were sent too often; the right one is refused too for a while. */
    TOO_MANY_ATTEMPTS("too many wrong passphrases; wait a minute"),
    /** The passphrase is not the right one. */
    PASSPHRASE_WRONG("the passphrase is wrong");

    private final String sentence;

    NotHuman(String sentence) {
        this.sentence = sentence;
    }

    /** The name for programs, such as {@code agent_process}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same for a person. */
    public String sentence() {
        return sentence;
    }
}
