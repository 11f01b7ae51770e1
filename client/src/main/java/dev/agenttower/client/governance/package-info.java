/**
 * The values that {@link dev.agenttower.client.GovernanceClient} sends and returns.
 *
 * <p>Answers keep the daemon's whole answer as {@code json}, so that an older client can read a newer daemon; it is shared and must not be
 * changed.
 */
@NullMarked
package dev.agenttower.client.governance;

import org.jspecify.annotations.NullMarked;
