/** Scans: finding containers and panes, comparing them with the stored state, and watching them between scans. */
@NullMarked
package dev.agenttower.core.discovery;

import org.jspecify.annotations.NullMarked;
