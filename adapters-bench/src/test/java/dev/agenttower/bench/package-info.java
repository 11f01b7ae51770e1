/** Tests of what the bench adapters do by themselves; what they owe to their ports is tested with the contracts. */
@NullMarked
package dev.agenttower.bench;

import org.jspecify.annotations.NullMarked;
