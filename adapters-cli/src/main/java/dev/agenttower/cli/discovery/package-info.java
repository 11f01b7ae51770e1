/** The commands that scan. */
@NullMarked
package dev.agenttower.cli.discovery;

import org.jspecify.annotations.NullMarked;
