package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.policy.Intents;
import org.junit.jupiter.api.Test;

/** What {@link Intents} must do. */
abstract class IntentsContract {
    abstract Intents intents();

    /** Gives an intent, which need not have existed, a status. */
    abstract void put(String intentId, String status);

    @Test
    void an_intent_has_the_status_that_it_was_given_last() {
        put("INT-1", "Active");
        put("INT-2", "Cancelled");
        assertThat(intents().status("INT-1")).contains("Active");
        put("INT-1", "Completed");
        assertThat(intents().status("INT-1")).contains("Completed");
        assertThat(intents().status("INT-2")).contains("Cancelled");
    }

    @Test
    void an_intent_that_does_not_exist_has_none() {
        assertThat(intents().status("INT-1")).isEmpty();
        put("INT-1", "Active");
        assertThat(intents().status("INT-10")).isEmpty();
        assertThat(intents().status("int-1")).isEmpty();
        assertThat(intents().status("")).isEmpty();
    }
}
