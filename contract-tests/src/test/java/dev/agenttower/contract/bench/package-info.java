/**
 * What every implementation of the ports of benches must do, held against the real adapters, with a real engine and a real tmux, and against
 * their twins in memory.
 */
@NullMarked
package dev.agenttower.contract.bench;

import org.jspecify.annotations.NullMarked;
