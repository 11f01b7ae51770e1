/** The commands on containers. */
@NullMarked
package dev.agenttower.cli.container;

import org.jspecify.annotations.NullMarked;
