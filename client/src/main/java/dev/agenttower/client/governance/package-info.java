/**
 * What {@link dev.agenttower.client.GovernanceClient} is asked and what it answers: values without behaviour.
 *
 * <p>Answers keep, as {@code json}, everything that the daemon said, so that a newer daemon can be read by an older client; it is shared,
 * and not to be changed.
 */
@NullMarked
package dev.agenttower.client.governance;

import org.jspecify.annotations.NullMarked;
