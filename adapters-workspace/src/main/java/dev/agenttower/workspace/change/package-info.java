/** The queue of change requests, and the changes of files that were authorized. */
@NullMarked
package dev.agenttower.workspace.change;

import org.jspecify.annotations.NullMarked;
