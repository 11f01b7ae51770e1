/** The commands {@code agenttower scr ...}: proposals to change sovereign files, their review and authorization. */
@NullMarked
package dev.agenttower.cli.governance.change;

import org.jspecify.annotations.NullMarked;
