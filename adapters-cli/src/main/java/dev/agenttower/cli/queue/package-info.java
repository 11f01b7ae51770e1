/** Commands of the prompt queue and its kill switch. */
@NullMarked
package dev.agenttower.cli.queue;

import org.jspecify.annotations.NullMarked;
