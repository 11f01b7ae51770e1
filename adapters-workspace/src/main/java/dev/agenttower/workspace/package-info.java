/**
 * The files of a governed project: its ledger, policy, change queue, requests, sessions, and the change of its sovereign files.
 *
 * <p>Files with several writing processes are written under flock(2), and either replaced as a whole or appended to durably.
 */
@NullMarked
package dev.agenttower.workspace;

import org.jspecify.annotations.NullMarked;
