/**
 * The programs with a scripted world: the answers of containers and tmux come from JSON files that a test writes and that environment
 * variables name. Everything else is as in the production programs, which do not depend on this package.
 */
@NullMarked
package dev.agenttower.contract.scripted;

import org.jspecify.annotations.NullMarked;
