/** The commands {@code agenttower project ...}: folders under governance. */
@NullMarked
package dev.agenttower.cli.governance.project;

import org.jspecify.annotations.NullMarked;
