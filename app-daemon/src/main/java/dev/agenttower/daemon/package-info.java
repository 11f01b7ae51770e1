/**
 * The programs: the composition root that assembles core and adapters, the life of the daemon from its lock to its last log line, the
 * settings file and the log. The only module that depends on several adapters.
 */
@NullMarked
package dev.agenttower.daemon;

import org.jspecify.annotations.NullMarked;
