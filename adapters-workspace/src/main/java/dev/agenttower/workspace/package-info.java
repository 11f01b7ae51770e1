/**
 * The files of a governed project: its ledger, policy, change queue, requests, sessions, and the change of its sovereign files.
 *
 * <p>Everything that several processes write is written under flock(2), and replaced as a whole or appended durably.
 */
@NullMarked
package dev.agenttower.workspace;

import org.jspecify.annotations.NullMarked;
