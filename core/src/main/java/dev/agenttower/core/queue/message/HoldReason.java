package dev.agenttower.core.queue.message;

import java.util.Locale;

/** Why a queued message is not typed yet, although its delivery was tried. The delivery is tried again until the reason is gone. */
public enum HoldReason {
    /** The pane is in copy mode or another mode of tmux, which would take the keys. */
    PANE_IN_MODE,
    /** The foreground program of the pane is not the one of the adoption, such as a shell in place of the agent. */
    OTHER_PROGRAM_IN_FOREGROUND,
    /** The client of the agent asks for a permission or an answer, which what is typed would give. */
    DIALOG_OPEN,
    /** A person has typed into the input box of the client and not sent it; the message would be sent with it. */
    HUMAN_TYPING,
    /** The agent is in a turn, which the message must not join. */
    AGENT_WORKING,
    /** The program in the pane does not accept pasted lines as one input, and the message has several. */
    NO_BRACKETED_PASTE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in the store and on the wire. */
    public String wire() {
        return wire;
    }
}
