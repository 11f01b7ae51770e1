/** The stored events, and how far the attached logs are read. */
@NullMarked
package dev.agenttower.sqlite.event;

import org.jspecify.annotations.NullMarked;
