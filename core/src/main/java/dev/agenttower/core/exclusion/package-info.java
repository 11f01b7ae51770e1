/** Mutual exclusion: by key, and of the runs of one work. */
@NullMarked
package dev.agenttower.core.exclusion;

import org.jspecify.annotations.NullMarked;
