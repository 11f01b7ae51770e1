/** Containers and their scans. */
@NullMarked
package dev.agenttower.sqlite.container;

import org.jspecify.annotations.NullMarked;
