/** The commands of events: {@code events}, {@code events rules} and {@code events test}. */
@NullMarked
package dev.agenttower.cli.event;

import org.jspecify.annotations.NullMarked;
