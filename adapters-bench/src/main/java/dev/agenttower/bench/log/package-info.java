/** The files of logs on this host. */
@NullMarked
package dev.agenttower.bench.log;

import org.jspecify.annotations.NullMarked;
