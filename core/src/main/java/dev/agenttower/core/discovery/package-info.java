/** Scans: how containers and panes are found, compared with what was known, and watched in between. */
@NullMarked
package dev.agenttower.core.discovery;

import org.jspecify.annotations.NullMarked;
