/**
 * The programs with a scripted world: what containers and tmux answer comes from JSON files that a test writes, named by environment
 * variables. Everything else is as in the production programs, which know nothing of this.
 */
@NullMarked
package dev.agenttower.contract.scripted;

import org.jspecify.annotations.NullMarked;
