package dev.agenttower.cli.console;

import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.core.inbox.InboxItem;
import org.jspecify.annotations.Nullable;

/** What a key does outside of the console. */
sealed interface Effect {
    /** Nothing. */
    record None() implements Effect {}

    /** The console ends. */
    record Quit() implements Effect {}

    /** The terminal goes to a pane. */
    record Jump(BenchPane pane) implements Effect {}

    /** A prompt is sent. */
    record Send(String agentId, String text) implements Effect {
        @Override
        public String toString() {
            return "Send to " + agentId;
        }
    }

    /** A pane is adopted. */
    record Adopt(BenchPane pane, String label) implements Effect {}

    /** A program is started as an agent, in a new pane. */
    record Run(String command) implements Effect {}

    /** The change is read, with its effect on its file. */
    record Read(InboxItem change) implements Effect {}

    /** A change is decided. The passphrase is null unless the daemon has demanded it. */
    record Decide(Decision decision, @Nullable String passphrase) implements Effect {
        @Override
        public String toString() {
            return "Decide " + decision;
        }
    }

    /** The proposal is edited in the person's editor. */
    record Edit(InboxItem change) implements Effect {}

    /** The kill switch is used: the delivery of prompts stops or goes on. */
    record Route(boolean isDelivering) implements Effect {}
}
